/** A line to a host on which every byte is chosen: whole texts as a good peer frames them, and whatever else. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { maxFrameBytes } from '../../src/contract/rpc.ts';
import type { WatchedHost } from './watched-host.ts';

/** How a transport frames texts, and how that can be done wrong; each of the latter ends the line. */
interface Framing {
  readonly text: (payload: Buffer) => Buffer;
  readonly wrong: readonly ((payload: Buffer) => Buffer)[];
  /** How a close shows that is not yet the end of the stream; no JSON has these bytes. */
  readonly closings: readonly string[];
}

const lengthOf = (bytes: number): Buffer => {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(bytes);
  return header;
};

const onSocket: Framing = {
  text: (payload) => Buffer.concat([lengthOf(payload.length), payload]),
  wrong: [
    (payload) => Buffer.concat([lengthOf(0), payload]),
    (payload) => Buffer.concat([lengthOf(maxFrameBytes + 1), payload]),
    (payload) => Buffer.concat([lengthOf(0xffffffff), payload]),
    (payload) => Buffer.concat([lengthOf(payload.length + 9), payload]),
    (payload) => Buffer.concat([lengthOf(Math.max(1, payload.length - 9)), payload]),
    (payload) => Buffer.concat([lengthOf(payload.length), payload.subarray(0, payload.length >> 1)]),
    () => Buffer.from([0, 0]),
    (payload) => payload,
  ],
  closings: [],
};

/** @param first the first byte of the frame: FIN, reserved bits and what it is */
function webSocketFrame(first: number, payload: Buffer, claimed = payload.length): Buffer {
  const header = Buffer.alloc(10);
  header[0] = first;
  header[1] = 0x80 | 127;
  header.writeBigUInt64BE(BigInt(claimed), 2);
  const mask = randomBytes(4);
  return Buffer.concat([header, mask, payload.map((byte, place) => byte ^ (mask[place % 4] ?? 0))]);
}

const [text, binary, close, ping] = [0x81, 0x82, 0x88, 0x89];

const onWebSocket: Framing = {
  text: (payload) => webSocketFrame(text, payload),
  wrong: [
    (payload) => webSocketFrame(binary, payload),
    // Reserved bits, reserved kinds, a continuation of nothing, a ping that is too long, a bad close.
    (payload) => webSocketFrame(text | 0x70, payload),
    (payload) => webSocketFrame(0x8b, payload),
    (payload) => webSocketFrame(0x80, payload),
    (payload) => webSocketFrame(ping, Buffer.concat([payload, Buffer.alloc(130)])),
    () => webSocketFrame(close, Buffer.from([0, 1])),
    // More than is taken, more than there is, not masked.
    (payload) => webSocketFrame(text, payload, maxFrameBytes + 1),
    (payload) => webSocketFrame(text, payload, 2 ** 53),
    (payload) => webSocketFrame(text, payload.subarray(0, payload.length >> 1), payload.length),
    () => Buffer.from([text, 3, 0x61, 0x62, 0x63]),
    (payload) => payload,
  ],
  closings: ['\u0088\u0000', '\u0088\u0002'],
};

export class HostileLine {
  readonly #socket: Socket;
  readonly #framing: Framing;
  readonly #closed: Promise<unknown>;
  /** The end of it. */
  #heard = '';
  /** What the answer to the last question is found by; null: it was heard. */
  #awaited: string | null = null;
  /** The host has ended its side. */
  #isOver = false;
  /** Resolves when something was heard, or the line is over. */
  #change: Promise<void>;
  #notice: () => void = () => undefined;

  private constructor(socket: Socket, framing: Framing) {
    this.#socket = socket;
    this.#framing = framing;
    this.#closed = once(socket, 'close');
    this.#change = this.#nextChange();
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const heard = this.#heard + chunk.toString('latin1');
      // Looked for before it is cut: what is followed may come right behind the answer, and more of it than is kept.
      if (this.#awaited !== null && heard.includes(this.#awaited)) this.#awaited = null;
      this.#heard = heard.slice(-20_000);
      if (framing.closings.some((closing) => this.#heard.includes(closing))) this.#isOver = true;
      this.#notice();
    });
    for (const end of ['end', 'close']) {
      socket.on(end, () => {
        this.#isOver = true;
        this.#notice();
      });
    }
  }

  static async open({ socket: path, url }: WatchedHost, by: 'socket' | 'WebSocket'): Promise<HostileLine> {
    if (by === 'socket' || url === null) return new HostileLine(await connected(connect(path)), onSocket);
    const { hostname, port, host } = new URL(url);
    const socket = await connected(connect(Number(port), hostname));
    const key = randomBytes(16).toString('base64');
    socket.write(
      `GET /rpc HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    await once(socket, 'data');
    return new HostileLine(socket, onWebSocket);
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#notice = () => {
        this.#change = this.#nextChange();
        resolve();
      };
    });
  }

  /** How many ways of framing wrongly there are. */
  get waysToFrameWrongly(): number {
    return this.#framing.wrong.length;
  }

  say(payload: Buffer): void {
    this.#socket.write(this.#framing.text(payload));
  }

  sayWrongly(payload: Buffer, way: number): void {
    this.#socket.write(this.#framing.wrong[way]?.(payload) ?? payload);
  }

  /** Asks, and waits. @returns whether the host answered; false: it has closed the line @throws when it does neither */
  async isAnswered(id: string, within: number): Promise<boolean> {
    const timeout = new AbortController();
    let isLate = false;
    const late = delay(within, null, { signal: timeout.signal })
      .then(() => {
        isLate = true;
      })
      .catch(() => undefined);
    this.#awaited = `"i":"${id}"`;
    this.say(Buffer.from(JSON.stringify({ t: 'q', i: id, m: 'companies', a: [{}] })));
    try {
      while (this.#awaited !== null) {
        if (this.#isOver) return false;
        if (isLate) throw new Error('the host neither answers nor closes the line');
        await Promise.race([this.#change, late]);
      }
      return true;
    } finally {
      timeout.abort();
    }
  }

  /** Ends this side, and waits until the host has ended its own. @throws when it does not */
  async hangUp(within: number): Promise<void> {
    this.#socket.end();
    const timeout = new AbortController();
    const late = delay(within, 'late' as const, { signal: timeout.signal }).catch(() => null);
    const how = await Promise.race([this.#closed, late]);
    timeout.abort();
    this.#socket.destroy();
    if (how === 'late') throw new Error('the host left the line open after its client had hung up');
  }
}

async function connected(socket: Socket): Promise<Socket> {
  await once(socket, 'connect');
  return socket;
}
