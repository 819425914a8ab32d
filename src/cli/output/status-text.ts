/** The company at a glance, for people. */
import { calledAs } from '../called-as.ts';
import type { EpicDocument } from '../documents/epic-document.ts';
import type { StatusDocument } from '../documents/status-document.ts';
import type { Output } from './output.ts';
import { plainLine } from './plain-text.ts';
import { meaningOf } from './style.ts';
import type { Cell } from './table.ts';

export function statusText(status: StatusDocument, output: Output): string {
  const { style } = output;
  const { company, host } = status;
  const running = host
    ? style('alive', `host ${host.pid} runs${host.url ? ` at ${host.url}` : ''}`)
    : style('waiting', `no host runs, so nobody works: \`${calledAs()} serve\` starts one`);
  const head = [
    `${style('strong', plainLine(company.name))} ${style('over', `(${company.template}, ${company.id})`)}`,
    `${running}, data in ${status.dataDir}`,
    ...pauseLine(status, output),
    `tasks: ${taskCounts(status, output)}`,
    gatesLine(status, output),
  ].join('\n');
  const epics =
    status.epics.length === 0
      ? `No epic yet: ${calledAs()} epic create --workflow feature --title "…"`
      : epicTable(status.epics, output);
  return [head, epics, memberTable(status, output)].join('\n\n');
}

function pauseLine({ pause }: StatusDocument, { style }: Output): string[] {
  if (!pause) return [];
  const by = pause.by === null ? '' : ` by ${plainLine(pause.by)}`;
  return [style('failed', `${pause.kind}${by}: ${plainLine(pause.reason)} (${calledAs()} resume)`)];
}

function taskCounts({ tasks }: StatusDocument, { style }: Output): string {
  const counts = (Object.entries(tasks) as [keyof typeof tasks, number][])
    .filter(([, count]) => count > 0)
    .map(([state, count]) => style(meaningOf(state), `${count} ${state}`));
  return counts.length === 0 ? 'none' : counts.join(', ');
}

function gatesLine({ gatesWaiting }: StatusDocument, { style }: Output): string {
  if (gatesWaiting === 0) return 'gates: none waits';
  return style('yours', `gates: ${gatesWaiting} waiting (${calledAs()} gates)`);
}

/** Why an epic is as it is: what went wrong, or else what it waits for. */
export const becauseCell = (reason: string | null, waitingBecause: string | null): Cell =>
  reason ? { text: reason, meaning: 'failed' } : { text: waitingBecause ?? '', meaning: 'waiting' };

export const epicTable = (epics: readonly EpicDocument[], output: Output): string =>
  output.table(
    [
      { title: 'EPIC', cell: (epic) => ({ text: epic.id, meaning: 'over' }) },
      { title: 'STATE', cell: (epic) => ({ text: epic.state, meaning: meaningOf(epic.state) }) },
      { title: 'DONE', cell: (epic) => `${Math.round(epic.progress * 100)} %`, align: 'right' },
      { title: 'TASKS', cell: ({ tasks }) => `${tasks.done}/${tasks.total}`, align: 'right' },
      { title: 'WORKFLOW', cell: (epic) => epic.workflow },
      { title: 'TITLE', cell: (epic) => epic.title, shrinks: true },
      {
        title: 'BECAUSE',
        cell: ({ reason, waitingBecause }) => becauseCell(reason, waitingBecause),
        goesBelow: true,
      },
    ],
    epics,
  );

export const memberTable = ({ members }: Pick<StatusDocument, 'members'>, output: Output): string =>
  output.table(
    [
      { title: 'MEMBER', cell: (member) => member.name },
      { title: 'ROLE', cell: (member) => member.roles.join(', ') },
      { title: 'TEAM', cell: ({ department, team }) => [department, team].filter(Boolean).join('/') },
      {
        title: 'STATE',
        cell: ({ state, hung, paused }) => {
          if (hung) return { text: 'hung', meaning: 'failed' };
          if (paused !== null) return { text: 'paused', meaning: 'waiting' };
          return state ? { text: state, meaning: meaningOf(state) } : { text: 'human', meaning: 'plain' };
        },
      },
      { title: 'WORKS ON', cell: (member) => member.tasks.join(', '), shrinks: true },
    ],
    members,
  );
