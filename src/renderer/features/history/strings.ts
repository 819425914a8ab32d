/** The words of the history. */

import { formatList } from '../../lib/format.ts';
import { plural } from '../../lib/plural.ts';
import type { BoardGroup } from './past-counts.ts';

export const strings = {
  title: 'History',
  moment: 'Moment',
  momentOf: (seq: number, head: number) => `event ${seq} of ${head}`,
  now: 'Now',
  back: 'One event back',
  step: 'One event on',
  play: 'Play',
  pause: 'Pause',
  speed: 'Speed',
  speeds: { '5': '5 events/s', '50': '50 events/s', '500': '500 events/s' },
  loading: 'Fetching that moment',
  company: 'The company then',
  counts: {
    waiting: 'tasks waited',
    ready: 'were ready',
    working: 'were in work',
    gate: 'stood at a gate',
    done: 'were done',
    workers: 'workers ran',
    members: 'members',
    locks: 'files were locked',
  } satisfies Record<BoardGroup, string>,
  epics: 'Epics then',
  noEpics: 'There was no epic yet.',
  show: 'Show',
  tabs: { diff: 'What differs from now', audit: 'Audit', film: 'What happens' },
  filmEmpty: 'Press Play, or go on event by event: what happens is told here.',
  sameAsNow: 'Nothing differs from now.',
  diffCounts: (added: number, removed: number, changed: number) =>
    [added && `${added} new`, removed && `${removed} gone`, changed && `${changed} changed`]
      .filter(Boolean)
      .join(', '),
  added: 'new since then',
  removed: 'gone since then',
  fields: (fields: readonly string[]) => `changed: ${formatList(fields)}`,
  auditWords: 'Words',
  auditType: 'Kind of event',
  auditTypeHelp: 'gate, or gate.signed',
  auditActor: 'By',
  anybody: 'Anybody',
  theHost: 'The host and the clock',
  auditObject: 'About the id',
  auditMore: 'Older ones',
  auditNone: 'No event fits.',
  goThere: (seq: number) => `Go to event ${seq}`,
  changes: (count: number) => plural(count, { one: '# row changed', other: '# rows changed' }),
  rowBefore: 'Before',
  rowAfter: 'After',
  nothing: 'nothing',
} as const;
