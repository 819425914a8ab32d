/** Opens the dashboard at the host that runs, or else at one of its own, which runs the company until the person quits. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { findHost } from '../../client/find-host.ts';
import { CoordError } from '../../core/error.ts';
import { defaultDataDir } from '../../serve/data-directory.ts';
import { openHost } from '../../serve/open-host.ts';
import { stopSignal } from '../../serve/stop-signal.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

export interface DashboardOptions {
  readonly plain: boolean;
  readonly workers?: number;
}

export async function runDashboard({ plain, workers }: DashboardOptions, command: Command): Promise<void> {
  const { dataDir: given, company, json } = globalOptions(command);
  if (json || !process.stdin.isTTY || !process.stdout.isTTY) {
    command.error('error: the dashboard needs a terminal; “agentcoord status --json” is there for programs');
  }
  const dataDir = resolve(given ?? defaultDataDir());
  const signal = stopSignal();
  const { runTui } = await import('../../tui/run-tui.tsx');
  if (await hostRuns(dataDir)) return await runTui({ dataDir, company, plain, runsHost: false, signal });
  const output = openOutput(false);
  // What a host has to say while the screen is ours is kept for the end.
  const said: string[] = [];
  const host = await openHost({
    // It draws there itself.
    channelParts: { terminal: null },
    name: 'agentcoord dashboard',
    dataDir,
    log: (line) => said.push(line),
    ...(workers !== undefined && { workers }),
  });
  try {
    await runTui({ dataDir, company, plain, runsHost: true, signal });
    output.note('Stopping: the workers finish or give back what they hold …');
  } finally {
    await host.close();
    for (const line of said.slice(-20)) output.note(line);
  }
}

async function hostRuns(dataDir: string): Promise<boolean> {
  try {
    const channel = await (await findHost({ dataDir })).open();
    channel.close();
    return true;
  } catch (error) {
    if (error instanceof CoordError && error.code === 'NOT_CONNECTED') return false;
    throw error;
  }
}
