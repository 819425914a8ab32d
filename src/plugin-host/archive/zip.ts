/** Writes and reads zip files, the strict part of them: what is unusual is refused, since nobody packs a plugin like that. */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly path: string;
  readonly bytes: Buffer;
}

export interface ZipLimits {
  readonly entries: number;
  /** Of one file, and of all together, in bytes when they are unpacked. */
  readonly entryBytes: number;
  readonly totalBytes: number;
}

/** What a zip file is refused for. */
export class ZipRefused extends Error {
  override readonly name = 'ZipRefused';
}

const local = 0x04034b50;
const central = 0x02014b50;
const end = 0x06054b50;
const endLength = 22;
const utf8Names = 0x0800;
const encrypted = 0x0001;
const stored = 0;
const deflated = 8;
/** 1980-01-01, in the words of MS-DOS: the same files give the same archive. */
const noDate = 0x0021;

export function writeZip(entries: readonly ZipEntry[]): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, bytes } of entries) {
    const packed = deflateRawSync(bytes, { level: 9 });
    const name = Buffer.from(path, 'utf8');
    const fields = [utf8Names, deflated, 0, noDate];
    const sizes = [crc32(bytes), packed.length, bytes.length];
    const head = numbers([local, ...[20, ...fields].map(short), ...sizes, short(name.length), short(0)]);
    directory.push(
      numbers([
        central,
        ...[20, 20, ...fields].map(short),
        ...sizes,
        ...[name.length, 0, 0, 0, 0].map(short),
        0,
        offset,
      ]),
      name,
    );
    pieces.push(head, name, packed);
    offset += head.length + name.length + packed.length;
  }
  const index = Buffer.concat(directory);
  const count = short(entries.length);
  const tail = numbers([end, short(0), short(0), count, count, index.length, offset, short(0)]);
  return Buffer.concat([...pieces, index, tail]);
}

/** @throws ZipRefused */
export function readZip(bytes: Buffer, limits: ZipLimits): ZipEntry[] {
  try {
    return readEntries(bytes, limits);
  } catch (error) {
    // Numbers in it that lead nowhere.
    if (error instanceof RangeError) throw new ZipRefused('it is cut off or damaged');
    throw error;
  }
}

function readEntries(bytes: Buffer, limits: ZipLimits): ZipEntry[] {
  const tail = bytes.length - endLength;
  if (tail < 0 || bytes.readUInt32LE(tail) !== end) throw new ZipRefused('it is no zip file, or is cut off');
  const count = bytes.readUInt16LE(tail + 10);
  if (count > limits.entries) throw new ZipRefused(`it holds ${count} files, more than ${limits.entries}`);
  const entries: ZipEntry[] = [];
  const seen = new Set<string>();
  let total = 0;
  let at = bytes.readUInt32LE(tail + 16);
  for (let n = 0; n < count; n += 1) {
    const { path, size, next, ...place } = centralEntry(bytes, at);
    at = next;
    if (path.endsWith('/') && size === 0) continue;
    requireOrdinaryPath(path);
    // Systems that know no case would write one over the other.
    const name = path.toLowerCase();
    if (seen.has(name)) throw new ZipRefused(`${path} is in it twice`);
    seen.add(name);
    total += size;
    if (size > limits.entryBytes)
      throw new ZipRefused(`${path} is larger than ${limits.entryBytes} bytes when unpacked`);
    if (total > limits.totalBytes)
      throw new ZipRefused(`it is larger than ${limits.totalBytes} bytes when unpacked`);
    entries.push({ path, bytes: unpack(bytes, path, { size, ...place }) });
  }
  return entries;
}

interface Place {
  readonly size: number;
  readonly packed: number;
  readonly sum: number;
  readonly method: number;
  readonly offset: number;
}

function centralEntry(bytes: Buffer, at: number): Place & { readonly path: string; readonly next: number } {
  if (bytes.readUInt32LE(at) !== central) throw new ZipRefused('its list of files is damaged');
  const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
  const path = bytes.subarray(at + 46, nameEnd).toString('utf8');
  if ((bytes.readUInt16LE(at + 8) & encrypted) !== 0) throw new ZipRefused(`${path} is encrypted`);
  const mode = bytes.readUInt32LE(at + 38) >>> 16;
  // The kind of file as Unix has it: ordinary, or not said.
  if (
    bytes.readUInt8(at + 5) === 3 &&
    (mode & 0o170000) !== 0 &&
    (mode & 0o170000) !== 0o100000 &&
    !path.endsWith('/')
  ) {
    throw new ZipRefused(`${path} is a link or a device, not a file`);
  }
  return {
    path,
    method: bytes.readUInt16LE(at + 10),
    sum: bytes.readUInt32LE(at + 16),
    packed: bytes.readUInt32LE(at + 20),
    size: bytes.readUInt32LE(at + 24),
    offset: bytes.readUInt32LE(at + 42),
    next: nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32),
  };
}

/** What it says of its size is not believed: it is unpacked no further than that. */
function unpack(bytes: Buffer, path: string, { size, packed, sum, method, offset }: Place): Buffer {
  if (bytes.readUInt32LE(offset) !== local)
    throw new ZipRefused(`${path} is not where the list of files says`);
  const from = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  const raw = bytes.subarray(from, from + packed);
  const unpacked = method === deflated ? inflated(raw, path, size) : raw;
  if (method !== stored && method !== deflated)
    throw new ZipRefused(`${path} is packed in a way that we do not know`);
  if (unpacked.length !== size || crc32(unpacked) !== sum) throw new ZipRefused(`${path} is damaged`);
  return Buffer.from(unpacked);
}

function inflated(raw: Buffer, path: string, size: number): Buffer {
  try {
    return inflateRawSync(raw, { maxOutputLength: Math.max(1, size) });
  } catch {
    throw new ZipRefused(`${path} is damaged, or larger than it says`);
  }
}

/** Below the folder that it is unpacked to, on whatever system. */
function requireOrdinaryPath(path: string): void {
  const parts = path.split('/');
  const isOrdinary =
    path.length <= 300 &&
    !/[\\:*?"<>|]/.test(path) &&
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no file of anybody has them in its name
    !/[\u0000-\u001F\u007F]/.test(path) &&
    parts.every(
      (part) => part !== '' && part !== '.' && part !== '..' && !/[. ]$/.test(part) && !isDevice(part),
    );
  if (!isOrdinary) throw new ZipRefused(`${JSON.stringify(path)} is no path below the folder of the plugin`);
}

const isDevice = (part: string): boolean => /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part);

interface Short {
  readonly short: number;
}
const short = (value: number): Short => ({ short: value });

function numbers(values: readonly (number | Short)[]): Buffer {
  return Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.alloc(typeof value === 'number' ? 4 : 2);
      if (typeof value === 'number') bytes.writeUInt32LE(value >>> 0);
      else bytes.writeUInt16LE(value.short);
      return bytes;
    }),
  );
}
