/** Files that the person saves and opens: where they are says the system's own dialog, never the page. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { BrowserWindow, FileFilter } from 'electron';
import { app, dialog } from 'electron';
import type { DesktopAnswers, DesktopCall } from '../contract/desktop-calls.ts';
import { CoordError } from '../core/error.ts';

/** No company file that people write comes near it. */
const largestTextBytes = 4_000_000;

const kinds: Readonly<Record<string, string>> = {
  '.svg': 'Picture',
  '.png': 'Picture',
  '.yaml': 'YAML',
  '.json': 'JSON',
  '.jsonl': 'JSON lines',
  '.md': 'Markdown',
};

/** @throws CoordError `WRONG_STATE` - it can't be written there, in the system's words */
export async function saveFileAs(
  window: BrowserWindow,
  { name, bytes }: DesktopCall<'saveFile'>,
): Promise<DesktopAnswers['saveFile']> {
  const proposed = proposedName(name);
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: join(app.getPath('downloads'), proposed),
    filters: filtersFor(proposed),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  if (canceled || filePath === '') return { path: null };
  await writeFile(filePath, bytes).catch((error: Error) => {
    throw new CoordError('WRONG_STATE', `${filePath} can’t be written: ${error.message}`);
  });
  return { path: filePath };
}

/** @throws CoordError `BAD_INPUT` - no text, or far too large to be one */
export async function openYaml(window: BrowserWindow): Promise<DesktopAnswers['openYaml']> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    filters: [{ name: 'YAML', extensions: ['yaml', 'yml'] }, everything],
  });
  const [file] = filePaths;
  if (canceled || file === undefined) return null;
  const { size } = await stat(file);
  if (size > largestTextBytes)
    throw new CoordError('BAD_INPUT', `${file} has ${size} bytes: no company has so many`);
  return { name: basename(file), text: textIn(await readFile(file), file) };
}

function textIn(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CoordError('BAD_INPUT', `${file} is no text in UTF-8`);
  }
}

/** The page proposes a name and no more: nothing of it leads to another folder. */
export function proposedName(name: string): string {
  const bare = basename(name.replaceAll('\\', '/'))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be in a name
    .replaceAll(/[\u0000-\u001f<>:"|?*]/g, '_')
    .replace(/^\.+/, '');
  return bare === '' ? 'file' : bare;
}

const everything: FileFilter = { name: 'All files', extensions: ['*'] };

function filtersFor(name: string): FileFilter[] {
  const extension = extname(name);
  const kind = kinds[extension];
  return kind === undefined ? [everything] : [{ name: kind, extensions: [extension.slice(1)] }, everything];
}
