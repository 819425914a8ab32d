/** Tries a workflow many times without doing it: how long it takes, what it costs, what holds it up. */
import { requireCompany } from '../org/require-company.ts';
import type { CompanyState, StateSnapshot } from '../state.ts';
import { dumpState } from '../state.ts';
import type { DurationMs, MicroUsd } from '../units.ts';
import { ms } from '../units.ts';
import type { Workflow } from '../workflow/workflow.ts';
import { drawFrom } from './draw.ts';
import type { Forecast } from './forecast.ts';
import type { RunOutcome } from './one-run.ts';
import { runOnce } from './one-run.ts';

export interface Spread<Amount extends number> {
  readonly p50: Amount;
  readonly p90: Amount;
}

export interface DryRun {
  readonly workflow: string;
  readonly runs: number;
  readonly seed: number;
  /** How many runs ended; the figures are of those. */
  readonly finished: number;
  /** Where the others came to rest; null: there is none. */
  readonly stuckAt: string | null;
  readonly time: Spread<DurationMs>;
  readonly cost: Spread<MicroUsd>;
  readonly steps: readonly DryStep[];
  /** The steps that the end waited for most often, in order; how often, as a share of the runs. */
  readonly criticalPath: { readonly stepIds: readonly string[]; readonly share: number };
  /** The longest waited for first. */
  readonly roles: readonly DryRole[];
}

export interface DryStep {
  readonly id: string;
  readonly title: string;
  readonly roleId: string;
  /** Of all attempts together. */
  readonly time: Spread<DurationMs>;
  /** How often the past has seen it; 0: estimated. */
  readonly seen: number;
  /** How often it is on the critical path, as a share of the runs. */
  readonly critical: number;
}

export interface DryRole {
  readonly id: string;
  /** How long work waited for somebody of the role to be free or to sign, in one run. */
  readonly waited: Spread<DurationMs>;
  /** Of the run; 1: one member worked all the time. */
  readonly busy: number;
}

const long = ms(100 * 365 * 86_400_000);

/** The company without its work: nothing runs out meanwhile, and nobody is paused or out of budget. */
function emptyDesk(state: CompanyState): StateSnapshot {
  const company = requireCompany(state);
  const { roles, departments, teams, members, workflows, ...rest } = dumpState(state);
  const nothing = Object.fromEntries(
    Object.entries(rest).map(([name, rows]) => [name, Array.isArray(rows) ? [] : rows]),
  );
  const policy = { ...company.policy, lease: long, heartbeat: long, hungAfter: long, callWait: ms(0) };
  return {
    ...(nothing as unknown as StateSnapshot),
    company: { ...company, policy, pause: null, budget: null },
    roles,
    departments,
    teams,
    members: members.map((member) => ({ ...member, pause: null, budget: null })),
    // Nobody is there to run a check, so none is asked for.
    workflows: workflows.map((workflow) => ({
      ...workflow,
      steps: workflow.steps.map((step) => ({ ...step, checks: [] })),
    })),
  };
}

export function dryRun(
  state: CompanyState,
  workflow: Workflow,
  forecast: Forecast,
  { runs, seed }: { readonly runs: number; readonly seed: number },
  /** Is told how many runs are over. */
  told: (done: number) => void = () => undefined,
): DryRun {
  const desk = emptyDesk(state);
  const outcomes = Array.from({ length: runs }, (_, run) => {
    told(run);
    return runOnce(desk, workflow.id, forecast, drawFrom(seed, run));
  });
  const finished = outcomes.filter(({ duration }) => duration !== null);
  const paths = finished.map((outcome) => criticalPath(workflow, outcome));
  return {
    workflow: workflow.id,
    runs,
    seed,
    finished: finished.length,
    stuckAt: outcomes.find(({ stuck }) => stuck !== null)?.stuck ?? null,
    time: spreadOf(finished.map(({ duration }) => duration ?? ms(0))),
    cost: spreadOf(finished.map(({ cost }) => cost)),
    steps: workflow.steps.map(({ id, title, roleId }) => ({
      id,
      title,
      roleId,
      time: spreadOf(finished.map(({ done }) => worked(done.filter((work) => work.stepId === id)))),
      seen: forecast.seen(workflow.id, id),
      critical: shareOf(paths, (path) => path.includes(id)),
    })),
    criticalPath: mostFrequent(paths),
    roles: rolesOf(finished),
  };
}

const worked = (done: RunOutcome['done']): DurationMs =>
  ms(
    done
      .filter(({ kind }) => kind !== 'review')
      .reduce((sum, { startedAt, endedAt }) => sum + endedAt - startedAt, 0),
  );

/** From the step that ended last back to the first: each waited for the one before it that ended last. */
function criticalPath({ steps }: Workflow, { done }: RunOutcome): string[] {
  const endOf = (stepId: string) =>
    Math.max(-1, ...done.filter((work) => work.stepId === stepId).map(({ endedAt }) => endedAt));
  const last = (ids: readonly string[]) => ids.toSorted((a, b) => endOf(b) - endOf(a))[0];
  const path: string[] = [];
  for (let at = last(steps.map(({ id }) => id)); at !== undefined; ) {
    path.unshift(at);
    const before: readonly string[] = steps.find(({ id }) => id === at)?.dependsOn ?? [];
    at = last(before);
  }
  return path;
}

function mostFrequent(paths: readonly (readonly string[])[]): DryRun['criticalPath'] {
  const counts = new Map<string, { path: readonly string[]; count: number }>();
  for (const path of paths) {
    const key = path.join(' ');
    counts.set(key, { path, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  return { stepIds: most?.path ?? [], share: most ? most.count / paths.length : 0 };
}

function rolesOf(outcomes: readonly RunOutcome[]): DryRole[] {
  const ids = new Set<string>();
  for (const { done, signing } of outcomes) {
    for (const { roleId } of done) if (roleId !== null) ids.add(roleId);
    for (const { roleId } of signing) ids.add(roleId);
  }
  return [...ids]
    .map((id) => ({
      id,
      waited: spreadOf(outcomes.map((outcome) => waitedFor(id, outcome))),
      busy: mean(outcomes.map((outcome) => busyShare(id, outcome))),
    }))
    .sort((a, b) => b.waited.p50 - a.waited.p50 || b.busy - a.busy || (a.id < b.id ? -1 : 1));
}

function waitedFor(id: string, { done, signing }: RunOutcome): DurationMs {
  const forWorkers = done
    .filter(({ roleId }) => roleId === id)
    .reduce((sum, { readyAt, startedAt }) => sum + startedAt - readyAt, 0);
  return ms(
    signing.filter(({ roleId }) => roleId === id).reduce((sum, { waited }) => sum + waited, forWorkers),
  );
}

function busyShare(id: string, { done, duration }: RunOutcome): number {
  const busy = done
    .filter(({ roleId }) => roleId === id)
    .reduce((sum, { startedAt, endedAt }) => sum + endedAt - startedAt, 0);
  return duration ? busy / duration : 0;
}

function spreadOf<Amount extends number>(amounts: readonly Amount[]): Spread<Amount> {
  const sorted = amounts.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { p50: at(0.5) ?? (0 as Amount), p90: at(0.9) ?? (0 as Amount) };
}

const shareOf = <Item>(items: readonly Item[], is: (item: Item) => boolean): number =>
  items.length === 0 ? 0 : items.filter(is).length / items.length;

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
