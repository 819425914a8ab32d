/** The desktop app: from its window to where somebody can act, and what it takes while nothing happens. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ElectronApplication } from 'playwright-core';
import { prepareElectron } from '../../build/prepare-electron.ts';
import { median } from '../bench/statistics.ts';
import { processUse } from '../chaos/process-use.ts';
import { startElectron } from '../e2e/electron/start-electron.ts';

export interface AppFigures {
  /** From the beginning of the page in its window to the first screen with its data; the median of several starts. */
  readonly interactiveMs: number;
  /** From the start of the program to there. */
  readonly startMs: number;
  /** Of one core, by all processes of the app, in percent. */
  readonly idleCpu: number;
}

const starts = 5;
const settleMs = 15_000;
const idleMs = 20_000;

/** @param dataDir with a company in it */
export async function measureApp(dataDir: string): Promise<AppFigures> {
  const electron = await prepareElectron();
  const interactive: number[] = [];
  const whole: number[] = [];
  let idleCpu = Number.NaN;
  for (let n = 0; n < starts; n += 1) {
    const began = performance.now();
    await using launched = await startElectron(electron, { env: { AGENTCOORD_DATA_DIR: dataDir } });
    const page = await launched.app.firstWindow();
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    interactive.push(await page.evaluate(() => performance.now()));
    whole.push(performance.now() - began);
    if (n === starts - 1) idleCpu = await idle(launched.app);
  }
  return { interactiveMs: median(interactive), startMs: median(whole), idleCpu };
}

async function idle(app: ElectronApplication): Promise<number> {
  await pause(settleMs);
  const pids = await app.evaluate(({ app: own }) => own.getAppMetrics().map(({ pid }) => pid));
  const used = async () => {
    const uses = await Promise.all(pids.map((pid) => processUse(pid)));
    return uses.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  };
  const before = await used();
  await pause(idleMs);
  return (((await used()) - before) * 100) / idleMs;
}
