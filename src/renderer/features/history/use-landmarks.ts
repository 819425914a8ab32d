/** What people remember of the life of a company: where its epics began and ended, where it stood still, what was refused. */
import type { EventType } from '../../../core/event.ts';
import type { Seq } from '../../../core/ids.ts';
import type { EpochMs } from '../../../core/units.ts';
import type { Status } from '../../design/status-dot.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { useAsked } from '../../lib/use-asked.ts';

export interface Landmark {
  readonly seq: Seq;
  readonly at: EpochMs;
  readonly status: Status;
  /** In words, with who did it. */
  readonly what: string;
}

const statuses = {
  'epic.created': 'alive',
  'epic.completed': 'done',
  'epic.cancelled': 'idle',
  'epic.blocked': 'failure',
  'gate.vetoed': 'failure',
  'gate.rejected': 'failure',
  'task.failed': 'failure',
  'company.paused': 'waiting',
  'company.stopped': 'waiting',
  'company.resumed': 'alive',
  'budget.warned': 'waiting',
} as const satisfies Partial<Record<EventType, Status>>;

type LandmarkType = keyof typeof statuses;

/** More can't be told apart on a screen. */
const most = 300;

/** The oldest first. */
export function useLandmarks(): readonly Landmark[] {
  // Asked again when an epic came or ended, not with each event.
  const epics = useLive((state) =>
    [...state.epics.values()].reduce((sum, { endedAt }) => sum + (endedAt === null ? 1 : 2), 0),
  );
  const { answer } = useAsked('audit', { types: Object.keys(statuses), limit: most }, [epics]);
  return (answer?.entries ?? [])
    .map(({ seq, at, type, actor, what }) => ({
      seq,
      at,
      status: statuses[type as LandmarkType],
      what: `${actor.name} ${what}`,
    }))
    .toReversed();
}
