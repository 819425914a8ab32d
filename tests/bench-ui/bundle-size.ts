/** How much the page loads before it shows anything, and how much there is in all. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** In bytes, as they are and as they would be sent compressed. */
export interface Size {
  readonly plain: number;
  readonly gzipped: number;
}

export interface BundleSizes {
  /** What the page names in its HTML: scripts and styles. */
  readonly atStart: Size;
  /** With all that comes when a screen is opened. */
  readonly all: Size;
}

/** @param folder of the built page */
export async function bundleSizes(folder: string): Promise<BundleSizes> {
  const html = await readFile(path.join(folder, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+\.(?:js|css))"/g)].map(
    ([, file]) => file ?? '',
  );
  const assets = await readdir(path.join(folder, 'assets'));
  const every = assets.filter((file) => /\.(?:js|css)$/.test(file)).map((file) => `assets/${file}`);
  return { atStart: await sizeOf(folder, named), all: await sizeOf(folder, every) };
}

async function sizeOf(folder: string, files: readonly string[]): Promise<Size> {
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file))));
  const sum = (values: readonly number[]) => values.reduce((whole, one) => whole + one, 0);
  return {
    plain: sum(texts.map(({ length }) => length)),
    gzipped: sum(texts.map((text) => gzipSync(text).length)),
  };
}
