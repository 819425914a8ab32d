/** What `--json` says of a task. Times are ISO 8601 in UTC; what is not there is null. */
import type { TaskView } from '../../contract/queries.ts';
import type { AttemptOutcome, TaskState } from '../../core/task/task.ts';
import type { Priority } from '../../core/workflow/workflow.ts';
import { isoTime } from '../output/time-text.ts';
import type { ArtifactDocument } from './artifact-document.ts';
import { artifactDocument } from './artifact-document.ts';
import type { CheckDocument } from './check-document.ts';
import { checkDocuments } from './check-document.ts';
import type { Names } from './names.ts';

export interface TaskDocument {
  readonly id: string;
  readonly kind: 'step' | 'review' | 'single';
  readonly title: string;
  readonly state: TaskState;
  readonly priority: Priority;
  readonly role: string | null;
  readonly tags: readonly string[];
  /** Who has it, or had it last. */
  readonly assignee: string | null;
  readonly epic: { readonly id: string; readonly title: string } | null;
  readonly step: string | null;
  /** In words. */
  readonly waitingBecause: string | null;
  readonly attempts: number;
  /** Notes of rejections, oldest first. */
  readonly notes: readonly {
    readonly gate: string;
    /** Null: the gate's time ran out. */
    readonly by: string | null;
    readonly note: string;
    readonly at: string;
  }[];
  /** What was handed in last. */
  readonly artifacts: readonly ArtifactDocument[];
  /** The checks that passed on them, as the worker says. */
  readonly checks: readonly CheckDocument[];
  /** Its change in git, and the branch of its epic after the merge; null: it has none. */
  readonly change: {
    readonly commit: string;
    readonly base: string;
    readonly mergedInto: string | null;
  } | null;
  readonly createdAt: string;
}

export function taskDocument({ task, waitingBecause }: TaskView, names: Names): TaskDocument {
  return {
    id: task.id,
    kind: task.kind,
    title: task.title,
    state: task.state,
    priority: task.priority,
    role: task.roleId,
    tags: task.tags,
    assignee: task.assigneeId && names.member(task.assigneeId),
    epic: task.epicId && names.epic(task.epicId),
    step: task.stepId,
    waitingBecause,
    attempts: task.attempts.length,
    notes: task.notes.map(({ gateName, by, note, at }) => ({
      gate: gateName,
      by: by && names.member(by),
      note,
      at: isoTime(at),
    })),
    artifacts: (task.submission?.artifacts ?? []).map(artifactDocument),
    checks: checkDocuments(task.submission?.proof),
    change: changeDocument(task),
    createdAt: isoTime(task.createdAt),
  };
}

function changeDocument({ submission, merge }: TaskView['task']): TaskDocument['change'] {
  const change = submission?.change;
  if (!change) return null;
  const { commit, base } = change;
  return { commit, base, mergedInto: merge?.commit === commit ? merge.head : null };
}

/** The task with every attempt at it: what `task show` says. */
export interface TaskDetails extends TaskDocument {
  /** The first attempt first. */
  readonly history: readonly {
    readonly number: number;
    readonly by: string;
    readonly worker: string | null;
    readonly startedAt: string;
    /** Null: it runs. */
    readonly endedAt: string | null;
    readonly outcome: AttemptOutcome | null;
    readonly reason: string | null;
  }[];
  /** What was asked about it, oldest first. */
  readonly questions: readonly {
    readonly number: number;
    readonly by: string;
    readonly to: string;
    readonly text: string;
    /** Null: it waits. An agent's answer is what it handed in. */
    readonly answer: {
      readonly by: string;
      readonly text: string;
      readonly artifacts: readonly ArtifactDocument[];
    } | null;
  }[];
  /** The task that it is a part of, and its own parts. */
  readonly partOf: string | null;
  readonly parts: readonly string[];
}

export function taskDetails(view: TaskView, names: Names): TaskDetails {
  const history = view.task.attempts.map(
    ({ number, memberId, workerId, startedAt, endedAt, outcome, reason }) => ({
      number,
      by: names.member(memberId),
      worker: workerId,
      startedAt: isoTime(startedAt),
      endedAt: endedAt === null ? null : isoTime(endedAt),
      outcome,
      reason,
    }),
  );
  const { questions, partOf, parts } = view.task;
  return {
    ...taskDocument(view, names),
    history,
    questions: questions.map(({ number, by, to, text, answer }) => ({
      number,
      by: names.member(by),
      to: names.member(to),
      text,
      answer: answer && {
        by: names.member(answer.by),
        text: answer.text,
        artifacts: answer.artifacts.map(artifactDocument),
      },
    })),
    partOf,
    parts,
  };
}
