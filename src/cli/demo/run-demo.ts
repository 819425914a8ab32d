/** The demo from its folder to its report: a host of its own, one company, one epic, watched to its end. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Coordination } from '../../contract/rpc.ts';
import { rpcVersion } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import type { EpicId } from '../../core/ids.ts';
import type { RunnerChoice } from '../../core/org/org.ts';
import type { CompanyState } from '../../core/state.ts';
import { restoreState } from '../../core/state.ts';
import type { Artifact } from '../../core/task/task.ts';
import type { DurationMs } from '../../core/units.ts';
import type { Host } from '../../serve/open-host.ts';
import { openHost } from '../../serve/open-host.ts';
import { stopSignal } from '../../serve/stop-signal.ts';
import { createdEpicId } from '../created.ts';
import type { DemoReport } from './demo-report.ts';
import { demoReport } from './demo-report.ts';
import { askingSigner, automaticSigner, nobodyToSign } from './demo-signer.ts';
import { EpicProgress } from './epic-progress.ts';
import { openLineView } from './line-view.ts';
import { openLiveView } from './live-view.ts';
import { nameArtifacts } from './name-artifacts.ts';
import { watchEpic } from './watch-epic.ts';

export interface DemoWish {
  readonly workflow: string;
  /** Of the company. */
  readonly template: string;
  readonly title: string;
  /** Signs in the owner's name where a person must; else asks at the terminal. */
  readonly signsItself: boolean;
}

export interface DemoOutcome {
  readonly report: DemoReport;
  /** Where the artifacts lie under readable names. */
  readonly namedFolder: string;
}

/**
 * Everything stays in a temporary folder, which is kept once the work has begun. No process is left.
 * @throws CoordError what was refused, or why the epic did not get to its end
 */
export async function runDemo(wish: DemoWish): Promise<DemoOutcome> {
  const startedAt = performance.now();
  const elapsed = () => Math.round(performance.now() - startedAt) as DurationMs;
  const dataDir = await mkdtemp(join(tmpdir(), 'agentcoord-demo-'));
  const stop = stopSignal();
  let begun = false;
  try {
    const host = await openHost({
      ...{ dataDir, name: 'agentcoord demo', runner: runner() },
      // It draws there itself.
      channelParts: { terminal: null },
    });
    try {
      const coordination = await founded(host, wish);
      const state = restoreState(await coordination.query('snapshot', {}));
      refuseWithoutSigner(state, wish);
      const epicId = await routed(coordination, wish);
      begun = true;

      const progress = new EpicProgress(state, epicId);
      const view = process.stderr.isTTY
        ? openLiveView(process.stderr, progress, elapsed)
        : openLineView(process.stderr, state, elapsed);
      const signer = wish.signsItself
        ? automaticSigner(coordination)
        : askingSigner(coordination, view, stop);
      await watchEpic({ coordination, state, progress, view, signer, stop });

      await host.drain();
      return await reported(host, coordination, progress, elapsed);
    } finally {
      await host.close();
    }
  } catch (error) {
    if (begun) process.stderr.write(`What there is so far is kept in ${dataDir}\n`);
    else await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}

/** Where somebody watches, each task takes as long as it takes to see it. */
const runner = (): RunnerChoice => ({
  name: 'script',
  options: process.stderr.isTTY ? { slow: '0.7s' } : {},
});

async function founded(host: Host, { template }: DemoWish): Promise<Coordination> {
  const coordination = host.connect();
  await coordination.hello({ version: rpcVersion, token: host.token, company: null, client: 'demo' });
  await coordination.createCompany({ from: { template } });
  return coordination;
}

/** Says so before the work instead of after it. */
function refuseWithoutSigner(state: CompanyState, { workflow, signsItself }: DemoWish): void {
  if (signsItself || process.stdin.isTTY) return;
  const steps = [...state.workflows.values()].find(({ id }) => id === workflow)?.steps ?? [];
  const gate = steps.flatMap((step) => step.gates).find((rule) => rule.humanRequired);
  if (gate) throw nobodyToSign(gate.name);
}

async function routed(coordination: Coordination, { workflow, title }: DemoWish): Promise<EpicId> {
  const receipt = await coordination.command({
    type: 'epic.create',
    workflow,
    title,
    description: 'A demonstration: every task is done offline, by a real worker process.',
  });
  return createdEpicId(receipt);
}

async function reported(
  host: Host,
  coordination: Coordination,
  progress: EpicProgress,
  elapsed: () => DurationMs,
): Promise<DemoOutcome> {
  const { company, seq } = await coordination.query('status', {});
  const artifacts = host.companies.get(company.id)?.artifacts;
  if (!artifacts)
    throw new CoordError('INTERNAL', `The company ${company.name} is closed before its report.`);
  const fileOf = ({ hash }: Artifact) => artifacts.fileOf(hash);
  const namedFolder = await nameArtifacts(host.dataDir, progress.steps(), fileOf);
  const facts = { company, elapsed: elapsed(), head: seq, dataDir: host.dataDir, fileOf };
  return { report: demoReport(progress, facts), namedFolder };
}
