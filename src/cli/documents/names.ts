/** Documents name members and epics as people do; the state knows them by id. */
import type { Coordination } from '../../contract/rpc.ts';
import type { EpicId, MemberId } from '../../core/ids.ts';

export interface Names {
  /** The id itself for a member who has left the company. */
  member(id: MemberId): string;
  epic(id: EpicId): { readonly id: EpicId; readonly title: string };
}

export async function readNames(coordination: Coordination): Promise<Names> {
  const [members, epics] = await Promise.all([
    coordination.query('members', {}),
    coordination.query('epics', {}),
  ]);
  const memberNames = new Map(members.map(({ member }) => [member.id, member.name]));
  const epicTitles = new Map(epics.map(({ epic }) => [epic.id, epic.title]));
  return {
    member: (id) => memberNames.get(id) ?? id,
    epic: (id) => ({ id, title: epicTitles.get(id) ?? id }),
  };
}
