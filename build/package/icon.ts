/** Draws the app's icon as a PNG file: the mark on a dark tile. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { drawMark } from '../../src/main/mark.ts';

const size = 512;
/** Of the tile that the mark leaves free on each side, and of its corners, in px. */
const margin = 72;
const corner = 96;
const tile = [0x10, 0x13, 0x1d] as const;

/** @returns the path of the file */
export async function writeIcon(folder: string): Promise<string> {
  const file = path.join(folder, 'icon.png');
  await writeFile(file, png(size, drawIcon()));
  return file;
}

/** Four bytes a pixel: red, green, blue, opacity. */
function drawIcon(): Buffer {
  const inner = size - 2 * margin;
  const mark = drawMark(inner, true);
  const pixels = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const at = ((y - margin) * inner + (x - margin)) * 4;
      const isInside = x >= margin && y >= margin && x < size - margin && y < size - margin;
      const [blue = 0, green = 0, red = 0, opacity = 0] = isInside ? mark.subarray(at, at + 4) : [];
      const share = opacity / 255;
      const colour = [red, green, blue].map((value, n) => value * share + (tile[n] ?? 0) * (1 - share));
      pixels.set([...colour.map(Math.round), Math.round(255 * tileCoverage(x, y))], (y * size + x) * 4);
    }
  }
  return pixels;
}

/** How much of a pixel the tile with its round corners covers, from 0 to 1. */
function tileCoverage(x: number, y: number): number {
  const beyond = (at: number) => Math.max(corner - at - 0.5, at + 0.5 - (size - corner), 0);
  return Math.min(1, Math.max(0, corner - Math.hypot(beyond(x), beyond(y)) + 0.5));
}

/** A square picture in the format of https://www.w3.org/TR/png-3/, each line unfiltered. */
function png(side: number, pixels: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // Eight bits a channel, with opacity.
  header.set([8, 6, 0, 0, 0], 8);
  const lines = Array.from({ length: side }, (_, y) =>
    Buffer.concat([Buffer.from([0]), pixels.subarray(y * side * 4, (y + 1) * side * 4)]),
  );
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.concat(lines), { level: 9 });
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
