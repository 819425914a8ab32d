/** What people remember of the life of a company: where its epics began and ended, where it stood still, what was refused. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { AuditPage } from '../../../contract/audit.ts';
import type { EventType } from '../../../core/event.ts';
import type { Seq } from '../../../core/ids.ts';
import type { EpochMs } from '../../../core/units.ts';
import type { Status } from '../../design/status-dot.tsx';
import { useCoordination, useLive } from '../../lib/company-context.tsx';

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

/** A page of them: more can't be told apart on a screen. The host ends it sooner where it lies far back. */
const pageMarks = 300;

export interface Landmarks {
  /** The oldest first. */
  readonly known: readonly Landmark[];
  /** Asks for those before the oldest one. @returns them, also the oldest first */
  readonly askEarlier: () => Promise<readonly Landmark[]>;
}

export function useLandmarks(): Landmarks {
  const coordination = useCoordination();
  // Asked again when an epic came or ended, not with each event.
  const { companyId, epics } = useLive((state) => ({
    companyId: state.company?.id ?? null,
    epics: [...state.epics.values()].reduce((sum, { endedAt }) => sum + (endedAt === null ? 1 : 2), 0),
  }));
  const { data, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: [companyId, 'landmarks', epics],
    queryFn: ({ pageParam }) =>
      coordination().query('audit', { types: Object.keys(statuses), cursor: pageParam, limit: pageMarks }),
    initialPageParam: null as Seq | null,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return {
    known: (data?.pages ?? []).toReversed().flatMap(landmarksOf),
    askEarlier: async () => {
      if (!hasNextPage) return [];
      const asked = await fetchNextPage();
      const page = asked.data?.pages.at(-1);
      return page ? landmarksOf(page) : [];
    },
  };
}

function landmarksOf({ entries }: AuditPage): Landmark[] {
  return entries
    .map(({ seq, at, type, actor, what }) => ({
      seq,
      at,
      status: statuses[type as LandmarkType],
      what: `${actor.name} ${what}`,
    }))
    .toReversed();
}
