/** Cuts a byte stream into frames: 4 bytes of length, big-endian, then so many bytes of UTF-8. */
import { maxFrameBytes } from '../contract/rpc.ts';
import { badFrame } from './channel.ts';

const headerBytes = 4;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export class FrameReader {
  #chunks: Buffer[] = [];
  #bytes = 0;

  /** Whether the stream stopped in the middle of a frame. */
  get isInsideFrame(): boolean {
    return this.#bytes > 0;
  }

  /**
   * Gives the texts of the frames that the chunk completes.
   * @throws CoordError `BAD_FRAME` - a length of 0 or above `maxFrameBytes`, or bytes that are not UTF-8
   */
  *read(chunk: Buffer): Generator<string, void, undefined> {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    for (;;) {
      if (this.#bytes < headerBytes) return;
      const length = this.#peekLength();
      if (this.#bytes < headerBytes + length) return;
      yield textOf(this.#take(headerBytes + length).subarray(headerBytes));
    }
  }

  #peekLength(): number {
    let first = this.#chunks[0] ?? Buffer.alloc(0);
    if (first.length < headerBytes) {
      first = Buffer.concat(this.#chunks);
      this.#chunks = [first];
    }
    const length = first.readUInt32BE(0);
    if (length > 0 && length <= maxFrameBytes) return length;
    throw badFrame(`Refused a frame of ${length} bytes: it must have 1 to ${maxFrameBytes}`);
  }

  #take(bytes: number): Buffer {
    const first = this.#chunks[0];
    const all = first && first.length >= bytes ? first : Buffer.concat(this.#chunks.splice(0));
    const rest = all.subarray(bytes);
    if (first === all) this.#chunks.shift();
    if (rest.length > 0) this.#chunks.unshift(rest);
    this.#bytes -= bytes;
    return all.subarray(0, bytes);
  }
}

export function frameBytes(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(headerBytes + length);
  frame.writeUInt32BE(length, 0);
  frame.write(text, headerBytes);
  return frame;
}

function textOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw badFrame('Refused a frame: its bytes are not UTF-8');
  }
}
