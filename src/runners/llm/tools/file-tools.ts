/** The tools that look around in the company's files and change them. */
import { z } from 'zod';
import { CoordError } from '../../../core/error.ts';
import type { Fence } from '../fence.ts';
import type { WorkspaceFiles } from '../workspace-files.ts';
import type { LlmTool } from './tool.ts';
import { defineTool } from './tool.ts';

const pathSchema = z.string().min(1).max(1_000).describe('relative, with /, such as src/app.ts');
const mostListed = 500;
const mostHits = 100;
const mostRead = 60_000;
/** Larger files are no text that somebody wrote. */
const mostSearched = 1_000_000;

export function readingTools(files: WorkspaceFiles, fence: Fence): LlmTool[] {
  return [
    defineTool(
      'list_files',
      'Lists the files of the workspace, those of git and of installed packages left out.',
      z.object({ folder: z.string().max(1_000).optional().describe('only what is below it') }),
      async ({ folder }) => {
        const all = (await files.list()).filter(({ path }) => isBelow(path, folder));
        const shown = all.slice(0, mostListed).map(({ path, bytes }) => `${path} (${bytes} bytes)`);
        if (all.length > mostListed) shown.push(`and ${all.length - mostListed} more: list a folder`);
        return fence('list of files', shown.join('\n') || 'There are none.');
      },
    ),
    defineTool(
      'search_files',
      'Finds lines that contain a text, whatever the case of its letters.',
      z.object({ text: z.string().min(1).max(500), folder: z.string().max(1_000).optional() }),
      async ({ text, folder }) => {
        const hits: string[] = [];
        for (const { path, bytes } of await files.list()) {
          if (hits.length >= mostHits) break;
          if (!isBelow(path, folder) || bytes > mostSearched) continue;
          hits.push(...(await hitsIn(files, path, text)));
        }
        const shown = hits.slice(0, mostHits);
        if (hits.length >= mostHits) shown.push('There may be more: search in a folder.');
        return fence(`lines with “${text}”`, shown.join('\n') || 'There are none.');
      },
    ),
    defineTool(
      'read_file',
      'Reads a text file, with the number of each line; a part of it, if you say which lines.',
      z.object({
        path: pathSchema,
        from: z.number().int().min(1).optional(),
        to: z.number().int().min(1).optional(),
      }),
      async ({ path, from = 1, to }) => {
        const lines = (await files.read(path)).split('\n');
        const shown = lines.slice(from - 1, to).map((line, at) => `${from + at}\t${line}`);
        const text = shown.join('\n');
        const rest = text.length > mostRead ? '\n… the rest is left out: read it by its lines' : '';
        return fence(`${path}, ${lines.length} lines`, text.slice(0, mostRead) + rest);
      },
    ),
  ];
}

export function writingTools(files: WorkspaceFiles): LlmTool[] {
  return [
    defineTool(
      'write_file',
      'Writes a whole file under a lock. Read a file that is there before you write it.',
      z.object({ path: pathSchema, content: z.string().max(2_000_000) }),
      async ({ path, content }) => {
        await files.write(path, content);
        return `${path} is written.`;
      },
    ),
    defineTool(
      'patch_file',
      'Replaces pieces of a file under a lock. Each `old` must stand in the file exactly once, with its spaces.',
      z.object({
        path: pathSchema,
        edits: z
          .array(z.object({ old: z.string().min(1), new: z.string() }))
          .min(1)
          .max(100),
      }),
      async ({ path, edits }) => {
        let text = await files.read(path);
        for (const [at, edit] of edits.entries()) text = replaced(text, edit, path, at + 1);
        await files.write(path, text);
        return `${path} is changed in ${edits.length === 1 ? 'one place' : `${edits.length} places`}.`;
      },
    ),
    defineTool(
      'remove_file',
      'Removes a file under a lock. Read it before.',
      z.object({ path: pathSchema }),
      async ({ path }) => {
        await files.write(path, null);
        return `${path} is removed.`;
      },
    ),
  ];
}

function replaced(text: string, edit: { old: string; new: string }, path: string, number: number): string {
  const at = text.indexOf(edit.old);
  const again = at < 0 ? -1 : text.indexOf(edit.old, at + 1);
  if (at >= 0 && again < 0) return text.slice(0, at) + edit.new + text.slice(at + edit.old.length);
  const why = at < 0 ? 'does not stand in it' : 'stands in it more than once: give more of what is around it';
  throw new CoordError('BAD_INPUT', `${path} was not changed: the old text of edit ${number} ${why}`, {
    path,
  });
}

function isBelow(path: string, folder: string | undefined): boolean {
  const name = folder?.replace(/^\.?\/+|\/+$/g, '') ?? '';
  return name === '' || name === '.' || path === name || path.startsWith(`${name}/`);
}

async function hitsIn(files: WorkspaceFiles, path: string, text: string): Promise<string[]> {
  const bytes = await files.bytes(path).catch(() => null);
  if (bytes === null || bytes.includes(0)) return [];
  const wanted = text.toLowerCase();
  return new TextDecoder()
    .decode(bytes)
    .split('\n')
    .flatMap((line, at) =>
      line.toLowerCase().includes(wanted) ? [`${path}:${at + 1}: ${line.trim().slice(0, 300)}`] : [],
    );
}
