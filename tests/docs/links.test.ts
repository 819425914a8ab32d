/** Every link of the documentation leads somewhere: files and headings are there; addresses elsewhere are well formed. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectFolder } from '../../build/project-folder.ts';
import { markdownPages, withoutBlocks } from './markdown-pages.ts';

const pages = await markdownPages();
const anchors = new Map(pages.map(({ file, text }) => [file, anchorsOf(text)]));

/** As GitHub makes them of headings. */
function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>();
  const slugs = [...withoutBlocks(text).matchAll(/^#{1,6} +(.*?) *#*$/gm)].map(([, heading = '']) => {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
    const slug = words
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  });
  return new Set(slugs);
}

const linksOf = (text: string): string[] => {
  const prose = withoutBlocks(text).replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)].map(([, target = '']) => target);
};

function fault(file: string, target: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) {
    return /^https?:$/.test(URL.parse(target)?.protocol ?? '') ? null : 'no address of the web';
  }
  const [relative = '', anchor] = target.split('#');
  const page = relative === '' ? file : path.posix.join(path.posix.dirname(file), decodeURI(relative));
  if (page.startsWith('..') || !existsSync(path.join(projectFolder, page))) return 'there is no such file';
  if (anchor === undefined) return null;
  const known = anchors.get(page);
  if (!known) return 'an anchor in a file that is no page';
  return known.has(anchor) ? null : 'there is no such heading';
}

it.each(pages)('$file leads nowhere wrong', ({ file, text }) => {
  const faults = linksOf(text).flatMap((target) => {
    const why = fault(file, target);
    return why === null ? [] : [`${target}: ${why}`];
  });
  expect(faults).toEqual([]);
});

it('links every page of docs, and shows every picture', async () => {
  const targets = pages.flatMap(({ file, text }) =>
    linksOf(text).map((target) => path.posix.join(path.posix.dirname(file), target.split('#')[0] ?? '')),
  );
  const linked = new Set(targets);
  const files = await readdir(path.join(projectFolder, 'docs'), { recursive: true, withFileTypes: true });
  const all = files
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  const unlinked = all.map((file) => path.relative(projectFolder, file)).filter((file) => !linked.has(file));
  expect(unlinked).toEqual([]);
});

it.each([
  ['README.md', 'docs/none.md', 'there is no such file'],
  ['README.md', 'docs/cli.md#none', 'there is no such heading'],
  ['docs/cli.md', '../../secret', 'there is no such file'],
  ['README.md', 'htp://example.org', 'no address of the web'],
  ['README.md', 'docs/cli.md#commands', null],
])('judges %s → %s', (file, target, why) => {
  expect(fault(file, target)).toBe(why);
});
