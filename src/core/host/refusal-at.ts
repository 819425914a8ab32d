/** Why a host may not claim a task, in words. */
import type { HostChoice } from '../context.ts';
import { durationWords } from '../duration-words.ts';
import { requireCompany } from '../org/require-company.ts';
import type { Refusal } from '../refusal.ts';
import { refusal } from '../refusal.ts';
import type { CompanyState } from '../state.ts';
import type { Task } from '../task/task.ts';
import { hostName } from './among-hosts.ts';
import { isClaimableAt } from './claimable.ts';

/** Null: the host may claim it. */
export function refusalAt(state: CompanyState, choice: HostChoice, task: Task): Refusal | null {
  const { id, title, home } = task;
  if (isClaimableAt(choice, home)) return null;
  const about = { taskId: id, home };
  const refused = `"${title}" can't be claimed here`;
  const belongs = home === null ? 'belongs to no host' : `belongs to the host ${hostName(state, home)}`;
  if (choice.isAway) {
    const where = home === null ? '' : 'claim it there, or ';
    const words = `${refused}: this host is cut off from the others, and the task ${belongs}; ${where}wait until the connection is back`;
    return refusal('WRONG_STATE', words, about);
  }
  const patience = durationWords(requireCompany(state).policy.hostLostAfter);
  return refusal(
    'WRONG_STATE',
    `${refused}: it ${belongs}, which is not there now and may be working on it; claim it there, or wait: ` +
      `after ${patience} without it another host takes its tasks over`,
    about,
  );
}
