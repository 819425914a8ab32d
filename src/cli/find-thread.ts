/** Finds the thread and the member that a person means. */
import type { ThreadView } from '../contract/queries.ts';
import type { Coordination } from '../contract/rpc.ts';
import type { MemberId } from '../core/ids.ts';
import { findNamed } from './find-named.ts';

/** As many as one query gives. */
const most = 1_000;

/** By its id, the beginning of it, or its title. @throws CoordError `NOT_FOUND`, `BAD_INPUT` when several fit */
export async function findThread(coordination: Coordination, key: string): Promise<ThreadView> {
  const threads = await coordination.query('threads', { limit: most });
  const named = threads.map((view) => ({
    id: view.thread.id,
    name: view.title,
    hint: `${view.thread.state}, ${view.thread.messages} messages`,
    view,
  }));
  return findNamed('thread', key, named).view;
}

/** @throws CoordError `NOT_FOUND`, `BAD_INPUT` when several fit */
export async function findMember(
  coordination: Coordination,
  key: string,
): Promise<{ readonly id: MemberId }> {
  const members = await coordination.query('members', {});
  return findNamed(
    'member',
    key,
    members.map(({ member }) => ({ id: member.id, name: member.name, hint: member.roleIds.join(', ') })),
  );
}
