/** `npm run bench:ui`: how quick the screens are, in a real Chromium on a real host; printed, and kept in `docs/benchmarks.md`. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { prepareChromium } from '../../build/prepare-chromium.ts';
import { projectFolder } from '../../build/project-folder.ts';
import { withOwnSection } from '../bench/own-sections.ts';
import { connectOwner } from '../cli/owner-connection.ts';
import { runAgentcoord } from '../cli/run-agentcoord.ts';
import { serve } from '../cli/serving-host.ts';
import type { Size } from './bundle-size.ts';
import { bundleSizes } from './bundle-size.ts';
import { measureApp } from './desktop-app.ts';
import type { Frames } from './frames.ts';
import { largeCompany } from './large-company.ts';
import { measureChart } from './org-chart.ts';
import { measureBoard } from './work-board.ts';

const members = 1_000;
const folder = await mkdtemp(path.join(tmpdir(), 'agentcoord-bench-ui-'));
const file = path.join(folder, 'large.yaml');
const dataDir = path.join(folder, 'data');
await writeFile(file, largeCompany(members));
await found(dataDir, file);
const host = await serve(dataDir, '--port', '0', '--workers', '0');
const browser = await chromium.launch({ executablePath: await prepareChromium(), args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(String(host.ready['url']));
  const { openMs, near, far } = await measureChart(page);
  const owner = await connectOwner(dataDir, 'Large');
  const board = await measureBoard(page, owner).finally(() => owner.close());
  await page.close();
  const ofTheApp = path.join(folder, 'of-the-app');
  await found(ofTheApp, 'startup');
  const app = await measureApp(ofTheApp);
  const sizes = await bundleSizes(path.join(projectFolder, 'out', 'renderer'));
  const row = (what: string, wanted: string, measured: string, met: boolean) =>
    `| ${what} | ${wanted} | **${measured}** | ${met ? 'met' : '**missed**'} |`;
  const fps = ({ fps: perSecond, longestMs, cpuMs }: Frames) =>
    `${perSecond.toFixed(0)} fps, longest frame ${longestMs.toFixed(0)} ms, ${cpuMs.toFixed(1)} ms of processor for each`;
  const kib = (bytes: number) => `${Math.round(bytes / 1_024).toLocaleString('en')} KiB`;
  const size = ({ plain, gzipped }: Size) => `${kib(plain)} (${kib(gzipped)} with gzip)`;
  const section = `## The screens

\`npm run bench:ui\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores, Chromium ${browser.version()} without a GPU, 1440 × 900, load average ${loadavg()[0]?.toFixed(1)} (above ${cpus().length}, others were at work).
From the click to the first frame with cards in it; frames by \`requestAnimationFrame\` while the pointer drags a card for three seconds, and while
${board.eventsPerSecond.toFixed(0)} events a second change cards of the board. The app is a real Electron on a screen without a GPU; idle is all its processes together,
twenty seconds long.

| | wanted | measured | |
| --- | --- | --- | --- |
${[
  row(
    `Open the org chart with ${members.toLocaleString('en')} members`,
    '< 1 s',
    `${openMs.toFixed(0)} ms`,
    openMs < 1_000,
  ),
  row('Drag a card of it, cards readable', '≥ 55 fps', fps(near), near.fps >= 55),
  row('Drag a card, the whole chart in sight', '≥ 55 fps', fps(far), far.fps >= 55),
  row(
    'Filter the board with 5,000 cards',
    '< 100 ms',
    `${board.filterMs.toFixed(0)} ms`,
    board.filterMs < 100,
  ),
  row(
    '200 events a second on that board',
    'no frame over 50 ms',
    fps(board.live),
    board.live.longestMs <= 50 && board.eventsPerSecond >= 190,
  ),
  row(
    'The app’s window to interactive',
    '< 1.5 s',
    `${app.interactiveMs.toFixed(0)} ms; ${app.startMs.toFixed(0)} ms from the start of the program`,
    app.interactiveMs < 1_500,
  ),
  row('The app while nothing happens', '< 1 % of a core', `${app.idleCpu.toFixed(2)} %`, app.idleCpu < 1),
].join('\n')}

Scripts and styles of the page: ${size(sizes.atStart)} before the first screen, ${size(sizes.all)} with every screen.
`;
  console.log(section);
  const document = path.join(projectFolder, 'docs', 'benchmarks.md');
  await writeFile(document, withOwnSection(await readFile(document, 'utf8'), 'bench:ui', section));
} finally {
  await browser.close();
  await host.end();
  await rm(folder, { recursive: true, force: true });
}

async function found(where: string, template: string): Promise<void> {
  const { code, stderr } = await runAgentcoord(['init', '--data-dir', where, '--template', template]);
  if (code !== 0) throw new Error(`the company could not be founded: ${stderr}`);
}
