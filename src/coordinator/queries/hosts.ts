/** The hosts of a company, with what each has of its work. */
import type { HostView } from '../../contract/queries.ts';
import type { Host } from '../../core/host/host.ts';
import type { CompanyState } from '../../core/state.ts';
import { isOver } from '../../core/task/task-state.ts';

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
    }));
}
