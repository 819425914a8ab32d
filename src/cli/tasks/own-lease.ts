/** The lease by which whoever sits at the command line has a task. */
import { CoordError } from '../../core/error.ts';
import type { Seq, TaskId } from '../../core/ids.ts';
import { calledAs } from '../called-as.ts';
import type { CompanySession } from '../company-session.ts';
import { readNames } from '../documents/names.ts';
import { plainLine } from '../output/plain-text.ts';

/** @throws CoordError `WRONG_STATE` - nobody has taken the task; `LEASE_LOST` - somebody else has it */
export async function ownLease({ coordination, hello }: CompanySession, taskId: TaskId): Promise<Seq> {
  const { task } = await coordination.query('task', { taskId });
  const { lease, state } = task;
  const title = plainLine(task.title);
  if (!lease) {
    const remedy = state === 'ready' ? `. Take it first: ${calledAs()} task take ${taskId}` : '';
    throw new CoordError('WRONG_STATE', `“${title}” is not yours: it is ${state}${remedy}`, {
      taskId,
      state,
    });
  }
  if (lease.memberId === hello.memberId) return lease.token;
  const holder = plainLine((await readNames(coordination)).member(lease.memberId));
  throw new CoordError(
    'LEASE_LOST',
    `“${title}” is not yours: ${holder} works on it. To take it from them: ${calledAs()} task release ${taskId} --reason "…"`,
    { taskId, holder: lease.memberId },
  );
}
