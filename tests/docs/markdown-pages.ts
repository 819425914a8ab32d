/** The Markdown files of the project, and what the tests look for in them. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { projectFolder } from '../../build/project-folder.ts';

export interface Page {
  /** In the project, such as `docs/cli.md`. */
  readonly file: string;
  readonly text: string;
}

/** A fenced block of code. */
export interface Block {
  readonly file: string;
  /** Of the line after the fence, counted from 1. */
  readonly line: number;
  readonly language: string;
  /** Why nobody can run it here: what stands behind `not-run:` in its fence; null when it is run. */
  readonly notRun: string | null;
  /** Whether it is what the block before it prints: `answer` stands in its fence. */
  readonly isAnswer: boolean;
  /** What is run before it and not shown: the comments `<!-- first: … -->` since the block before. */
  readonly first: string;
  /** The file that it is, when the paragraph above it is only the name. */
  readonly name: string | null;
  readonly text: string;
}

const folders = ['.', 'docs', 'examples', 'schema', 'build/redis'];

export async function markdownPages(): Promise<Page[]> {
  const files = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(path.join(projectFolder, folder));
      return names.filter((name) => name.endsWith('.md')).map((name) => path.posix.join(folder, name));
    }),
  );
  const sorted = files.flat().sort();
  return Promise.all(
    sorted.map(async (file) => ({ file, text: await readFile(path.join(projectFolder, file), 'utf8') })),
  );
}

const fence = /^( *)(`{3,})(.*)\n([\s\S]*?)^\1\2 *$/gm;

export function blocksOf({ file, text }: Page): Block[] {
  let from = 0;
  return [...text.matchAll(fence)].map((match) => {
    const [whole, , , info = '', body = ''] = match;
    const between = text.slice(from, match.index);
    from = match.index + whole.length;
    const [, language = '', marks = ''] = /^\s*(\S*)\s*(.*)$/.exec(info) ?? [];
    const notRun = /not-run:\s*(.*)$/.exec(marks)?.[1] ?? null;
    const comments = [...between.matchAll(/<!-- first: ([\s\S]*?) -->/g)].map(([, command = '']) => command);
    return {
      file,
      line: text.slice(0, match.index).split('\n').length + 1,
      language,
      notRun,
      isAnswer: /\banswer\b/.test(notRun === null ? marks : ''),
      first: comments.join('\n'),
      name: /^`([\w./-]+)`:\s*$/m.exec(between.trim().split('\n').at(-1) ?? '')?.[1] ?? null,
      text: body,
    };
  });
}

/** The text without what is between fences and in comments. */
export const withoutBlocks = (text: string): string =>
  text.replace(fence, '').replace(/<!--[\s\S]*?-->/g, '');
