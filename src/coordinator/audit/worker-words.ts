/** What was asked of the number of workers, in words. */
import type { CompanyEvent } from '../../core/event.ts';
import type { CompanyState } from '../../core/state.ts';

/** Null: it is about something else. */
export function workerWords(event: CompanyEvent, { members }: CompanyState): string | null {
  switch (event.type) {
    case 'scaling.set': {
      const { id, min, max, tasksPerWorker } = event.rule;
      return `scaling ${id} set: ${min} to ${max} workers, one for ${tasksPerWorker} tasks`;
    }
    case 'scaling.removed':
      return `scaling ${event.id} removed`;
    case 'scaling.changed':
      return `scaled ${event.id} to ${event.to}: ${event.because}`;
    case 'worker.requested': {
      const { memberId, count, launcher, runner } = event;
      const name = members.get(memberId)?.name ?? memberId;
      const how = [launcher && `by ${launcher}`, runner && `with ${runner}`].filter(Boolean).join(' ');
      return `${count} ${count === 1 ? 'worker' : 'workers'} asked for ${name}${how === '' ? '' : ` ${how}`}`;
    }
    default:
      return null;
  }
}
