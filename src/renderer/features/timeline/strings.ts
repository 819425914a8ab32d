/** The words of the timeline of an epic. */

import { plural } from '../../lib/plural.ts';
import type { LineState } from './epic-graph.ts';
import type { SegmentKind } from './epic-timeline.ts';

export const strings = {
  title: 'Timeline',
  back: 'Work board',
  notFound: 'There is no such epic',
  notFoundMore:
    'The address names an epic that this company doesn’t have. What ended long ago is in the history.',
  show: 'Show',
  views: { timeline: 'Time', graph: 'Graph', map: 'Steps' },
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
  gate: 'Gate',
  graph: (title: string) => `Steps and gates of “${title}”`,
  graphKeys: 'Arrow keys walk over it, Enter opens what is chosen, Escape lets go of it.',
  chosen: 'What is chosen',
  attempts: 'Attempts',
  signOffs: 'Sign-offs',
  openTask: 'Open the task',
  openGate: 'Open the gate',
  timesOut: 'times out',
  because: (reason: string) => `It waits because: ${reason}`,
  attemptsMade: (count: number) => `attempt ${count}`,
  signAs: (role: string) => `sign as ${role}`,
  sentBack: (rounds: number) => plural(rounds, { one: 'sent back once', other: 'sent back # times' }),
  stepWords: (title: string, state: string, holder: string | null, attempts: number) =>
    [title, holder === null ? state : `${state}, ${holder}`, attempts > 1 ? `attempt ${attempts}` : '']
      .filter(Boolean)
      .join(': '),
  gateWords: (name: string, state: string, filled: number, all: number, needsYou: boolean) =>
    `Gate ${name}: ${state}, ${filled} of ${all} signed${needsYou ? ', needs you' : ''}`,
  severalChanged: (count: number) =>
    plural(count, { one: 'One step or gate has changed', other: '# steps and gates have changed' }),
  legend: 'What the lines mean',
  lines: {
    ahead: 'still to come',
    passed: 'has passed',
    live: 'goes on now',
    rework: 'sent back',
  } satisfies Record<LineState | 'rework', string>,
  zoom: { zoomIn: 'Zoom in', zoomOut: 'Zoom out', fit: 'show all' },
  rows: (title: string) => `Where the time of “${title}” went`,
  segment: (kind: string, from: string, duration: string) => `${kind}: ${duration}, from ${from}`,
  elapsed: 'since its start',
  total: 'in all',
} as const;
