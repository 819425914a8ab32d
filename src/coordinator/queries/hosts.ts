/** The hosts of a company, with what each has of its work, and whether it is seen now. */
import type { Moment } from '../../contract/moment.ts';
import type { HostView } from '../../contract/queries.ts';
import type { Host } from '../../core/host/host.ts';
import type { CompanyState } from '../../core/state.ts';
import { isOver } from '../../core/task/task-state.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import type { Answer } from './query-scope.ts';

export const answerHosts: Answer<'hosts'> = async ({ company: { coordinator } }, { at }) => {
  const views = await coordinator.readAt(at as Moment | null, hostViews);
  return views.map((view) => ({
    ...view,
    isThis: view.host.id === coordinator.host,
    sight: at === null ? sightOf(view.host, coordinator) : null,
  }));
};

/** Those that are there first, by name. */
export function hostViews({ hosts, index }: CompanyState): HostView[] {
  const gone = ({ state }: Host) => Number(state !== 'there');
  const compare = (a: string, b: string) => (a < b ? -1 : 1);
  return hosts
    .dump()
    .sort((a, b) => gone(a) - gone(b) || compare(a.name, b.name))
    .map((host) => ({
      host,
      workers: [...index.workersByHost.get(host.id)].sort((a, b) => compare(a.id, b.id)),
      tasks: [...index.tasksByHome.get(host.id)].filter((task) => !isOver(task)).length,
      isThis: false,
      sight: null,
    }));
}

/** A host that is cut off sees no other, and itself neither. */
function sightOf({ id }: Host, { host, presence, outage }: CompanyCoordinator): HostView['sight'] {
  const sight = presence?.hosts().find((other) => other.id === id);
  if (!sight) return null;
  return { seenAt: sight.seenAt, isSeen: id === host ? outage === null : sight.isThere };
}
