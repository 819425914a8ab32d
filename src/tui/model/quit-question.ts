/** Whether a dashboard that is the host may end without a question. Pure. */
import type { CompanyState } from '../../core/state.ts';

/** @returns to be answered by `y` or `n`; null: nothing would stop with it */
export function quitQuestion(state: CompanyState): string | null {
  const atWork = state.index.tasksByState.get('leased').size;
  const ready = state.index.tasksByState.get('ready').size;
  const epics = [...state.epics.values()].filter(({ endedAt }) => endedAt === null).length;
  if (atWork + ready + epics === 0) return null;
  const parts = [
    ...(atWork > 0 ? [`${counted(atWork, 'task')} at work`] : []),
    ...(ready > 0 ? [`${counted(ready, 'task')} ready`] : []),
    ...(epics > 0 ? [`${counted(epics, 'epic')} under way`] : []),
  ];
  return `This terminal runs the host: ${parts.join(', ')}. Workers finish or give back what they hold, and nothing goes on until a host runs again. Quit?`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
