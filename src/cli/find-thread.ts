/** Finds the thread and the member that a person means. */
import type { ThreadView } from '../contract/queries.ts';
import type { Coordination } from '../contract/rpc.ts';
import type { MemberId } from '../core/ids.ts';
import type { Named } from './find-named.ts';
import { findNamed, mostListed, refuseUnknown, theOne } from './find-named.ts';

/** By its id, the beginning of it, or its title. @throws CoordError `NOT_FOUND`, `BAD_INPUT` when several fit */
export async function findThread(coordination: Coordination, key: string): Promise<ThreadView> {
  const found = theOne('thread', key, await threadsCalled(coordination, key));
  return (found ?? refuseUnknown('thread', key, await threadsCalled(coordination))).view;
}

async function threadsCalled(coordination: Coordination, key?: string) {
  const views = await coordination.query('threads', {
    limit: mostListed + 1,
    ...(key !== undefined && { called: key }),
  });
  const rows = views.slice(0, mostListed).map(asNamed);
  return { rows, total: views.length > mostListed ? null : views.length };
}

const asNamed = (view: ThreadView): Named & { readonly view: ThreadView } => ({
  id: view.thread.id,
  name: view.title,
  hint: `${view.thread.state}, ${view.thread.messages} ${view.thread.messages === 1 ? 'message' : 'messages'}`,
  view,
});

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
