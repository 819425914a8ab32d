/** The UI is ready for other languages: with words that are 40 % longer nothing is cut off, sticks out, or stays in English. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { connectOwner } from '../../cli/owner-connection.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { buildLongerWords } from '../ui/longer-words.ts';
import { photograph } from '../ui/screenshots.ts';
import { commandsIn } from './commands-in.ts';
import { openServedPage } from './served-page.ts';

const small = { width: 1024, height: 700 };
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/** The document stays the one of the host, so that it may talk to it; its first script gives way to another one. */
async function serveInstead(page: Page, folder: string): Promise<void> {
  const files = new Set(await readdir(path.join(folder, 'assets')));
  const html = await readFile(path.join(folder, 'index.html'), 'utf8');
  const entry = /src="\.\/assets\/([^"]+\.js)"/.exec(html)?.[1];
  if (!entry) throw new Error('the built page names no script');
  await page.route('**/assets/*', async (route) => {
    const name = path.basename(new URL(route.request().url()).pathname);
    const isEntry = /^index-.*\.js$/.test(name) && name !== entry;
    const contentType = types[path.extname(name)];
    if (isEntry) await route.fulfill({ body: `import './${entry}';`, contentType: 'text/javascript' });
    else if (contentType && files.has(name))
      await route.fulfill({ body: await readFile(path.join(folder, 'assets', name)), contentType });
    else await route.continue();
  });
}

/** Texts that are cut off without a mark, or reach out of their button or the window. */
function badlyPlaced(): string[] {
  const bad: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const own = node.parentElement;
    if (!node.nodeValue?.trim() || !own?.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    for (let box: Element | null = own; box; box = box.parentElement) {
      const { overflowX, textOverflow, display, clipPath } = getComputedStyle(box);
      const { left, right, top, bottom } = box.getBoundingClientRect();
      // What only screen readers have; what scrolls; what ends with an ellipsis.
      if (
        clipPath !== 'none' ||
        overflowX === 'auto' ||
        overflowX === 'scroll' ||
        textOverflow === 'ellipsis'
      )
        break;
      if (box.matches('.canvas, svg, pre, .xterm')) break;
      const isFrame =
        display !== 'inline' && (overflowX !== 'visible' || box.matches('button, a, label, h1'));
      const isOut = text.right > right + 1 || text.left < left - 1;
      const isTaller = box.matches('button, label') && (text.bottom > bottom + 1 || text.top < top - 1);
      if (isFrame && (isOut || isTaller)) {
        bad.push(`${node.nodeValue} sticks out of ${box.tagName} ${box.className}`);
        break;
      }
    }
  }
  return bad;
}

it('has room for longer words on every screen of a small window', async () => {
  const folder = await temporaryFolder();
  let dataDir = '';
  const [served] = await Promise.all([
    openServedPage({
      prepare: async (place) => {
        dataDir = place;
        const run = commandsIn(place);
        await run('init', '--template', 'scaleup', '--name', 'Lang');
        await run('epic', 'create', '--workflow', 'launch', '--title', 'Open the doors');
      },
      args: ['--workers', '0'],
    }),
    buildLongerWords(folder),
  ]);
  const { page, complaints } = served;
  const owner = await connectOwner(dataDir, 'Lang');
  const [task] = await owner.query('tasks', {});
  owner.close();
  if (!task) throw new Error('the epic has no task');
  await page.setViewportSize(small);
  await serveInstead(page, folder);
  await page.reload();
  await page.reload();

  const screens = {
    home: '/',
    board: '/board',
    task: `/board/${task.task.id}`,
    timeline: `/timeline/${task.task.epicId}`,
    gates: '/gates',
    org: '/org',
    workflow: '/workflows/launch',
    workers: '/workers',
    threads: '/threads',
    costs: '/costs',
    reviews: '/reviews',
    history: '/history',
    channels: '/channels',
    'first-steps': '/first-steps',
    appearance: '/settings/appearance',
    notifications: '/settings/notifications',
    company: '/settings/company',
    keys: '/settings/keys',
  };
  const found: Record<string, string[]> = {};
  for (const [name, place] of Object.entries(screens)) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, place);
    await page.locator('main :is(h1, h2)').first().waitFor();
    await page.locator('main [role=status][aria-busy=true]').waitFor({ state: 'detached' });
    // In one window only: the layout is the same in both themes.
    await photograph(page, 'longer', name, [small]);
    const bad = await page.evaluate(badlyPlaced);
    if (bad.length > 0) found[name] = bad;
  }
  expect(found).toEqual({});
  const names = await page.getByRole('navigation').first().getByRole('link').allInnerTexts();
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !/[åéîöûšţŕñ]/.test(name))).toEqual([]);
  expect(complaints).toEqual([]);
});
