/** One epic as it stands: its tasks, gates and people, read out of a live state for the views of the demo. */
import type { Epic } from '../../core/epic/epic.ts';
import type { Gate, SignOff } from '../../core/gate/gate.ts';
import type { EpicId, MemberId, RoleId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Attempt, Task } from '../../core/task/task.ts';

const over = new Set<Task['state']>(['done', 'failed', 'cancelled']);

export class EpicProgress {
  readonly #state: CompanyState;
  readonly #epicId: EpicId;

  constructor(state: CompanyState, epicId: EpicId) {
    this.#state = state;
    this.#epicId = epicId;
  }

  get epic(): Epic | null {
    return this.#state.epics.get(this.#epicId) ?? null;
  }

  /** The tasks of the steps, in the order of the workflow. */
  steps(): Task[] {
    return this.#tasks().filter((task) => task.kind === 'step');
  }

  /** The gates in the order in which the work meets them. */
  gates(): Gate[] {
    const gates = [...this.#state.index.gatesByEpic.get(this.#epicId)];
    const place = new Map(this.steps().map((task, i) => [task.id, i]));
    const rank = ({ taskId, rule }: Gate) =>
      ((taskId && place.get(taskId)) ?? 0) * 2 + (rule.position === 'after' ? 1 : 0);
    return gates.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
  }

  /** Gates that wait and that no agent is asked to sign now: a person must. */
  gatesForPerson(): Gate[] {
    return this.gates().filter((gate) => gate.state === 'waiting' && this.reviews(gate).length === 0);
  }

  /** The reviews of a gate that are not over. */
  reviews(gate: Gate): Task[] {
    return [...this.#state.index.reviewsByGate.get(gate.id)].filter((task) => !over.has(task.state));
  }

  nameOf(id: MemberId): string {
    return this.#state.members.get(id)?.name ?? id;
  }

  /** The process that an attempt ran in; null when a human made it. */
  pidOf(attempt: Attempt): number | null {
    return attempt.workerId && (this.#state.workers.get(attempt.workerId)?.pid ?? null);
  }

  /** From 0 to 1, by weight. */
  share(): number {
    const steps = this.steps();
    const weight = (tasks: readonly Task[]) => tasks.reduce((sum, task) => sum + task.complexity, 0);
    return steps.length === 0 ? 0 : weight(steps.filter((task) => task.state === 'done')) / weight(steps);
  }

  #tasks(): Task[] {
    return [...this.#state.index.tasksByEpic.get(this.#epicId)].sort((a, b) => a.order - b.order);
  }
}

/** Each slot that a gate needs, with the sign-off that fills it. */
export function slotsOf(gate: Gate): { readonly roleId: RoleId; readonly signOff: SignOff | null }[] {
  return gate.rule.requires.flatMap(({ roleId, count }) => {
    const signed = gate.signOffs.filter((signOff) => signOff.roleId === roleId);
    return Array.from({ length: count }, (_, i) => ({ roleId, signOff: signed[i] ?? null }));
  });
}
