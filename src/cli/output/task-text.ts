/** A task for people: where it stands, and how each attempt at it went. */
import type { TaskDetails } from '../documents/task-document.ts';
import { checkText } from './check-text.ts';
import type { Output } from './output.ts';
import { plainLine } from './plain-text.ts';
import { meaningOf } from './style.ts';

/** What the assignee has to do with it: it is theirs, it was, or it is kept for them. */
function partOf(assignee: string, { state, history }: TaskDetails): string {
  if (state === 'leased') return 'has it';
  return history.some(({ by }) => by === assignee) ? 'had it last' : 'is to do it';
}

const changeText = ({ commit, mergedInto }: NonNullable<TaskDetails['change']>): string =>
  `commit ${commit.slice(0, 12)}, ${mergedInto ? `merged: the branch of its epic is at ${mergedInto.slice(0, 12)}` : 'not merged yet'}`;

export function taskText(task: TaskDetails, output: Output): string {
  const { style } = output;
  const place = task.epic ? `step ${task.step ?? ''} of “${plainLine(task.epic.title)}”` : 'outside any epic';
  const head = [
    `${style('strong', plainLine(task.title))} ${style(meaningOf(task.state), task.state)} ${style('over', task.id)}`,
    `  ${place}, for ${task.role ?? 'anybody'}, priority ${task.priority}`,
    ...(task.assignee === null ? [] : [`  ${plainLine(task.assignee)} ${partOf(task.assignee, task)}`]),
    ...(task.waitingBecause ? [`  ${style('waiting', plainLine(task.waitingBecause))}`] : []),
    ...task.notes.map(
      ({ gate, by, note }) =>
        `  sent back at ${plainLine(gate)} by ${plainLine(by ?? (gate === 'merge' ? 'the host' : 'the clock'))}: ${plainLine(note)}`,
    ),
    ...task.questions.map(
      ({ by, to, text, answer }) =>
        `  ${plainLine(by)} asked ${plainLine(to)}: ${plainLine(text)}${answer === null ? '' : ` - ${plainLine(answer.text || answer.artifacts.map(({ path }) => path).join(', '))}`}`,
    ),
    ...(task.partOf === null ? [] : [`  a part of ${task.partOf}`]),
    ...(task.parts.length === 0 ? [] : [`  its parts: ${task.parts.join(', ')}`]),
    ...task.artifacts.map(
      ({ path, bytes, sha256 }) => `  ${plainLine(path)} (${bytes} bytes), SHA-256 ${sha256}`,
    ),
    ...task.checks.map((check) => `  ${checkText(check, style)}`),
    ...(task.change ? [`  ${changeText(task.change)}`] : []),
  ].join('\n');
  if (task.history.length === 0) return `${head}\n  nobody has tried it yet`;
  const attempts = output.table(
    [
      { title: 'ATTEMPT', cell: ({ number }) => String(number), align: 'right' },
      { title: 'BY', cell: ({ by }) => by },
      { title: 'STARTED', cell: ({ startedAt }) => startedAt },
      { title: 'ENDED', cell: ({ endedAt }) => endedAt ?? '' },
      { title: 'OUTCOME', cell: ({ outcome }) => outcome ?? 'runs' },
      { title: 'BECAUSE', cell: ({ reason }) => reason ?? '', shrinks: true },
    ],
    task.history,
  );
  return `${head}\n\n${attempts}`;
}
