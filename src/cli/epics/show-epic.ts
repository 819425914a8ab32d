/** Shows an epic with its tasks and gates; before that, gives it up if that is asked. */
import type { GateView } from '../../contract/queries.ts';
import { withCompany } from '../company-session.ts';
import type { EpicDocument } from '../documents/epic-document.ts';
import { epicDocument } from '../documents/epic-document.ts';
import type { GateDocument } from '../documents/gate-document.ts';
import { gateDocument } from '../documents/gate-document.ts';
import { readNames } from '../documents/names.ts';
import type { TaskDocument } from '../documents/task-document.ts';
import { taskDocument } from '../documents/task-document.ts';
import { findEpic } from '../find-epic.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { Output } from '../output/output.ts';
import { openOutput } from '../output/output.ts';
import { plainLine, plainLines } from '../output/plain-text.ts';
import { meaningOf } from '../output/style.ts';

/** As many as one query gives. */
const mostTasks = 1_000;

/** What `--json` says of it. */
interface WholeEpic {
  readonly epic: EpicDocument & { readonly description: string };
  readonly tasks: readonly TaskDocument[];
  readonly gates: readonly GateDocument[];
}

/** @param change the reason for which it is given up; null: it is only shown */
export async function showEpic(
  key: string,
  change: { readonly cancel: string } | null,
  options: GlobalOptions,
): Promise<void> {
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const { id: epicId } = await findEpic(coordination, key);
    if (change) await coordination.command({ type: 'epic.cancel', epicId, reason: change.cancel });
    const [view, tasks, gates, names] = await Promise.all([
      coordination.query('epic', { epicId }),
      coordination.query('tasks', { epicId, limit: mostTasks }),
      coordination.query('gates', { all: true }),
      readNames(coordination),
    ]);
    const steps = tasks.toSorted((a, b) => a.task.order - b.task.order);
    const placeOf = ({ gate }: GateView) => steps.findIndex(({ task }) => task.stepId === gate.stepId);
    const whole: WholeEpic = {
      epic: { ...epicDocument(view), description: view.epic.description },
      tasks: steps.map((each) => taskDocument(each, names)),
      gates: gates
        .filter(({ epic }) => epic?.id === epicId)
        .toSorted((a, b) => placeOf(a) - placeOf(b))
        .map((each) => gateDocument(each, names)),
    };
    output.answer(whole, () => wholeText(whole, output));
  });
}

function wholeText({ epic, tasks, gates }: WholeEpic, output: Output): string {
  const { style } = output;
  const because = epic.reason ?? epic.waitingBecause;
  const head = [
    `${style('strong', plainLine(epic.title))} ${style(meaningOf(epic.state), epic.state)} ${style('over', epic.id)}`,
    `  through ${epic.workflow}, priority ${epic.priority}, ${epic.tasks.done} of ${epic.tasks.total} tasks done`,
    ...(because === null
      ? []
      : [`  ${style(epic.reason === null ? 'waiting' : 'failed', plainLine(because))}`]),
    ...(epic.description === '' ? [] : plainLines(epic.description).map((line) => `  ${line}`)),
  ].join('\n');
  const taskTable = output.table(
    [
      { title: 'STEP', cell: ({ step }) => step ?? '' },
      { title: 'TASK', cell: ({ id }) => ({ text: id, meaning: 'over' }) },
      { title: 'STATE', cell: ({ state }) => ({ text: state, meaning: meaningOf(state) }) },
      { title: 'ROLE', cell: ({ role }) => role ?? 'any' },
      { title: 'BY', cell: ({ assignee }) => assignee ?? '' },
      { title: 'TITLE', cell: ({ title }) => title, shrinks: true },
    ],
    tasks,
  );
  const gateTable = output.table(
    [
      { title: 'GATE', cell: ({ id }) => ({ text: id, meaning: 'over' }) },
      { title: 'STATE', cell: ({ state }) => ({ text: state, meaning: meaningOf(state) }) },
      { title: 'NAME', cell: ({ name }) => name },
      { title: 'STEP', cell: ({ position, step }) => `${position} ${step ?? ''}` },
      { title: 'SIGNED BY', cell: signedBy, shrinks: true },
    ],
    gates,
  );
  return [head, ...(tasks.length > 0 ? [taskTable] : []), ...(gates.length > 0 ? [gateTable] : [])].join(
    '\n\n',
  );
}

const signedBy = ({ slots }: GateDocument): string =>
  slots.map(({ role, signOff }) => `${role}: ${signOff?.member ?? 'open'}`).join(', ');
