/** Tries a workflow of a company without doing it: by what the past took, or by assumptions. */
import type { DryRun } from '../core/dry-run/dry-run.ts';
import { dryRun } from '../core/dry-run/dry-run.ts';
import type { Assumptions } from '../core/dry-run/forecast.ts';
import { forecastFrom } from '../core/dry-run/forecast.ts';
import { pastRuns } from '../core/dry-run/past-runs.ts';
import { CoordError } from '../core/error.ts';
import { suggestion } from '../core/nearest-name.ts';
import type { CompanyState } from '../core/state.ts';
import { restoreState } from '../core/state.ts';
import type { DurationMs, MicroUsd } from '../core/units.ts';
import { AnsweredRefusal } from './answered-refusal.ts';
import { calledAs } from './called-as.ts';
import { withCompany } from './company-session.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Output } from './output/output.ts';
import { openOutput } from './output/output.ts';
import { openProgress } from './output/progress.ts';
import { durationText } from './output/time-text.ts';

export interface WorkflowSimulation {
  readonly workflow: string;
  /** A template or a file to found a company from in memory; null: the company that there is. */
  readonly from: string | null;
  readonly runs: number;
  readonly seed: number;
  readonly assumed: Assumptions;
}

export async function simulateWorkflow(wish: WorkflowSimulation, options: GlobalOptions): Promise<void> {
  const output = openOutput(options.json);
  const state = wish.from === null ? await stateOfCompany(options) : await stateOfTrial(wish.from);
  const workflow = [...state.workflows.values()].find(({ id }) => id === wish.workflow);
  if (!workflow) {
    const known = [...state.workflows.values()].map(({ id }) => id);
    throw new CoordError(
      'NOT_FOUND',
      `The company has no workflow ${wish.workflow}: ${suggestion(wish.workflow, known)}`,
      { workflow: wish.workflow },
    );
  }
  const forecast = forecastFrom(pastRuns(state), wish.assumed);
  const progress = openProgress(`simulate ${workflow.id}`, 'runs');
  const result = dryRun(state, workflow, forecast, wish, (done) => progress.show(done, wish.runs));
  progress.end();
  output.answer(documentOf(result), () => textOf(result, output));
  if (result.finished === 0) throw new AnsweredRefusal();
}

async function stateOfCompany(options: GlobalOptions): Promise<CompanyState> {
  let state: CompanyState | null = null;
  await withCompany(options, async ({ coordination }) => {
    state = restoreState(await coordination.query('snapshot', {}));
  });
  if (state === null) throw new CoordError('NOT_FOUND', 'There is no company; create one with `init`');
  return state;
}

async function stateOfTrial(from: string): Promise<CompanyState> {
  const [
    { companyDraftReader },
    { loadTemplates },
    { trialCompany },
    { companySource },
    { templatesFolder },
  ] = await Promise.all([
    import('../template/company-draft.ts'),
    import('../template/builtin-templates.ts'),
    import('../template/trial-company.ts'),
    import('./files/company-source.ts'),
    import('../serve/installation.ts'),
  ]);
  const readDraft = companyDraftReader(await loadTemplates(templatesFolder));
  return trialCompany(await readDraft(await companySource(from)));
}

const seconds = (duration: DurationMs): number => duration / 1_000;
const dollars = (money: MicroUsd): number => money / 1_000_000;

function documentOf(run: DryRun) {
  const { workflow, runs, seed, finished, stuckAt, time, cost, steps, criticalPath, roles } = run;
  return {
    workflow,
    runs,
    seed,
    finished,
    stuckAt,
    seconds: { p50: seconds(time.p50), p90: seconds(time.p90) },
    cost: { p50: dollars(cost.p50), p90: dollars(cost.p90) },
    criticalPath: { steps: criticalPath.stepIds, share: criticalPath.share },
    steps: steps.map((step) => ({
      id: step.id,
      title: step.title,
      role: step.roleId,
      seconds: { p50: seconds(step.time.p50), p90: seconds(step.time.p90) },
      from: step.seen > 0 ? 'past' : 'estimate',
      seen: step.seen,
      critical: step.critical,
    })),
    roles: roles.map(({ id, waited, busy }) => ({
      role: id,
      waitedSeconds: { p50: seconds(waited.p50), p90: seconds(waited.p90) },
      busy,
    })),
  };
}

function textOf(run: DryRun, output: Output): string {
  const { workflow, runs, seed, finished, stuckAt, time, cost, steps, criticalPath, roles } = run;
  const stuck =
    finished === runs
      ? []
      : [
          `${runs - finished} of ${runs} runs never ended: they came to rest at “${stuckAt}”. See ${calledAs()} lint.`,
        ];
  if (finished === 0) return stuck.join('\n');
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const money = (amount: MicroUsd) => `$${dollars(amount).toFixed(2)}`;
  const titles = criticalPath.stepIds.map((id) => steps.find((step) => step.id === id)?.title ?? id);
  return [
    `${workflow}: half of the runs are done after ${durationText(time.p50)} for ${money(cost.p50)}, ` +
      `nine of ten after ${durationText(time.p90)} for ${money(cost.p90)}`,
    `(${runs} runs, seed ${seed})`,
    ...stuck,
    '',
    output.table(
      [
        { title: 'STEP', cell: ({ title }) => title, shrinks: true },
        { title: 'ROLE', cell: ({ roleId }) => roleId },
        { title: 'TAKES', cell: (step) => durationText(step.time.p50), align: 'right' },
        { title: 'P90', cell: (step) => durationText(step.time.p90), align: 'right' },
        { title: 'FROM', cell: ({ seen }) => (seen > 0 ? `${seen} past runs` : 'estimate') },
        { title: 'CRITICAL', cell: ({ critical }) => percent(critical), align: 'right' },
      ],
      steps,
    ),
    '',
    `Critical path (${percent(criticalPath.share)} of the runs): ${titles.join(' → ')}`,
    '',
    'Bottleneck roles, the longest waited for first:',
    output.table(
      [
        { title: 'ROLE', cell: ({ id }) => id },
        { title: 'WAITED FOR', cell: ({ waited }) => durationText(waited.p50), align: 'right' },
        { title: 'P90', cell: ({ waited }) => durationText(waited.p90), align: 'right' },
        { title: 'BUSY', cell: ({ busy }) => percent(busy), align: 'right' },
      ],
      roles,
    ),
  ].join('\n');
}
