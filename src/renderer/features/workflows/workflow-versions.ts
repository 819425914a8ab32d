/** The versions of a workflow: who defined it when, and what it was then. */
import type { Coordination } from '../../../contract/rpc.ts';
import type { Seq, WorkflowName } from '../../../core/ids.ts';
import { restoreState } from '../../../core/state.ts';
import type { EpochMs } from '../../../core/units.ts';
import type { Workflow } from '../../../core/workflow/workflow.ts';

export interface WorkflowVersion {
  readonly seq: Seq;
  readonly at: EpochMs;
  readonly by: string;
  readonly what: string;
}

const mostVersions = 100;

/** The newest first, at most a hundred. */
export async function versionsOf(
  host: Pick<Coordination, 'query'>,
  name: WorkflowName,
): Promise<WorkflowVersion[]> {
  const types = ['workflow.defined', 'workflow.removed'];
  const { entries } = await host.query('audit', { types, object: name, limit: mostVersions });
  return entries.map(({ seq, at, actor, what }) => ({ seq, at, by: actor.name, what }));
}

/** Null: it was removed then. */
export async function workflowAt(
  host: Pick<Coordination, 'query'>,
  name: WorkflowName,
  seq: Seq,
): Promise<Workflow | null> {
  const snapshot = await host.query('snapshot', { at: { seq } });
  const state = restoreState({ ...snapshot, tasks: [], gates: [], workers: [], threads: [] });
  return state.workflows.get(name) ?? null;
}
