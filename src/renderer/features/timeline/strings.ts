/** The words of the timeline of an epic. */
import type { SegmentKind } from './epic-timeline.ts';

export const strings = {
  title: 'Timeline',
  back: 'Work board',
  notFound: 'There is no such epic',
  notFoundMore:
    'The address names an epic that this company doesn’t have. What ended long ago is in the history.',
  show: 'Show',
  views: { timeline: 'Time', map: 'Steps' },
  kinds: {
    queue: 'waits to be taken',
    work: 'work',
    failed: 'attempts without a result',
    retry: 'waits for another try',
    gate: 'at gates',
  } satisfies Record<SegmentKind, string>,
  sum: (kind: string, time: string) => `${kind}: ${time}`,
  attempt: (number: number, who: string) => `Attempt ${number}, ${who}`,
  goesOn: 'goes on',
  critical: 'sets the pace',
  criticalMore: 'Had this step been quicker, the epic would have been, too.',
  notYet: 'not yet',
  step: 'Step',
  rows: (title: string) => `Where the time of “${title}” went`,
  segment: (kind: string, from: string, duration: string) => `${kind}: ${duration}, from ${from}`,
  elapsed: 'since its start',
  total: 'in all',
} as const;
