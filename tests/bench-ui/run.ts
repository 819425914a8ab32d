/** `npm run bench:ui`: how quick the screens are, in a real Chromium on a real host; printed, and kept in `docs/benchmarks.md`. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { prepareChromium } from '../../build/prepare-chromium.ts';
import { projectFolder } from '../../build/project-folder.ts';
import { withOwnSection } from '../bench/own-sections.ts';
import { runAgentcoord } from '../cli/run-agentcoord.ts';
import { serve } from '../cli/serving-host.ts';
import { largeCompany } from './large-company.ts';
import type { Frames } from './org-chart.ts';
import { measureChart } from './org-chart.ts';

const members = 1_000;
const folder = await mkdtemp(path.join(tmpdir(), 'agentcoord-bench-ui-'));
const file = path.join(folder, 'large.yaml');
const dataDir = path.join(folder, 'data');
await writeFile(file, largeCompany(members));
const { code, stderr } = await runAgentcoord(['init', '--data-dir', dataDir, '--template', file]);
if (code !== 0) throw new Error(`the company could not be founded: ${stderr}`);
const host = await serve(dataDir, '--port', '0');
const browser = await chromium.launch({ executablePath: await prepareChromium(), args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(String(host.ready['url']));
  const { openMs, near, far } = await measureChart(page);
  const row = (what: string, wanted: string, measured: string, met: boolean) =>
    `| ${what} | ${wanted} | **${measured}** | ${met ? 'met' : '**missed**'} |`;
  const fps = ({ fps: perSecond, longestMs, cpuMs }: Frames) =>
    `${perSecond.toFixed(0)} fps, longest frame ${longestMs.toFixed(0)} ms, ${cpuMs.toFixed(1)} ms of processor for each`;
  const section = `## The screens

\`npm run bench:ui\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores, Chromium ${browser.version()} without a GPU, 1440 × 900, load average ${loadavg()[0]?.toFixed(1)} (above ${cpus().length}, others were at work).
From the click to the first frame with cards in it; frames by \`requestAnimationFrame\` while the pointer drags a card for three seconds.

| the org chart with ${members.toLocaleString('en')} members | wanted | measured | |
| --- | --- | --- | --- |
${[
  row('Open', '< 1 s', `${openMs.toFixed(0)} ms`, openMs < 1_000),
  row('Drag a card, cards readable', '≥ 55 fps', fps(near), near.fps >= 55),
  row('Drag a card, the whole chart in sight', '≥ 55 fps', fps(far), far.fps >= 55),
].join('\n')}
`;
  console.log(section);
  const document = path.join(projectFolder, 'docs', 'benchmarks.md');
  await writeFile(document, withOwnSection(await readFile(document, 'utf8'), 'bench:ui', section));
} finally {
  await browser.close();
  await host.end();
  await rm(folder, { recursive: true, force: true });
}
