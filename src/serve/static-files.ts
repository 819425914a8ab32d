/** The files of the built UI: which address stands for which file, and what a browser may keep. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

export interface StaticFile {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly etag: string;
  /** Its name holds a hash of its content, so a browser may keep it for ever. */
  readonly immutable: boolean;
}

export interface StaticFiles {
  /**
   * Null: there is no such file. A path without a file extension is a page of the app, which is one document.
   * @param wantsPage whether who asks shows pages: to any other program one would look like an answer
   */
  find(urlPath: string, wantsPage: boolean): Promise<StaticFile | null>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * Lists the folder once: only what was in it then is ever served, so no address can lead out of it.
 * Null when the UI is not there.
 */
export async function openStaticFiles(folder: string): Promise<StaticFiles | null> {
  const paths = await listFiles(folder);
  const document = paths.get('/index.html');
  if (document === undefined) return null;
  return {
    find: async (urlPath, wantsPage) => {
      const isPage = urlPath === '/' || (wantsPage && extname(urlPath) === '');
      const path = paths.get(urlPath) ?? (isPage ? document : null);
      return path === null ? null : await readStaticFile(path, urlPath);
    },
  };
}

/** Address → file. */
async function listFiles(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [`/${relative(folder, path).split(sep).join('/')}`, path];
      }),
  );
}

async function readStaticFile(path: string, urlPath: string): Promise<StaticFile> {
  const bytes = await readFile(path);
  return {
    bytes,
    type: types[extname(path)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(bytes).digest('base64url')}"`,
    immutable: urlPath.startsWith('/assets/'),
  };
}
