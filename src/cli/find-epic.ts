/** Finds the epic that a person means. */
import type { EpicView } from '../contract/queries.ts';
import type { Coordination } from '../contract/rpc.ts';
import type { EpicId } from '../core/ids.ts';
import { findNamed } from './find-named.ts';

/** @throws CoordError `NOT_FOUND`, `BAD_INPUT` when several epics fit */
export async function findEpic(coordination: Coordination, key: string): Promise<{ readonly id: EpicId }> {
  const epics = await coordination.query('epics', {});
  return findNamed('epic', key, epics.map(asNamed));
}

const asNamed = ({ epic }: EpicView) => ({ id: epic.id, name: epic.title, hint: epic.state });
