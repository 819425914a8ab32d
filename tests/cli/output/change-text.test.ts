/** What became of rows, as the audit and the difference of two moments tell it to people. */
import { describe, expect, it } from 'vitest';
import { changeText, fieldTexts } from '../../../src/cli/output/change-text.ts';
import type { EpochMs } from '../../../src/core/units.ts';

const now = Date.UTC(2026, 10, 22, 12) as EpochMs;
const minute = 60_000;
const telling = { now, nameOf: (id: string) => (id === 'member_7k2m9q4xw0' ? 'ada' : id) };

describe('a change in words', () => {
  it.each([
    ['a state', { state: 'ready' }, { state: 'leased' }, ['state: ready → leased']],
    ['an instant', { until: now - minute }, { until: now + minute }, ['until: 1 min ago → in 1 min']],
    ['an instant that was not there', { endedAt: null }, { endedAt: now }, ['endedAt: none → just now']],
    [
      'two instants of which the words would be the same',
      { lastSeenAt: now - 120 * minute },
      { lastSeenAt: now - 120 * minute - 15_250 },
      ['lastSeenAt: 2026-11-22T10:00:00.000Z → 2026-11-22T09:59:44.750Z'],
    ],
    ['a member', { assigneeId: null }, { assigneeId: 'member_7k2m9q4xw0' }, ['assigneeId: none → ada']],
    [
      'a member who has left',
      { assigneeId: 'member_0000000000' },
      { assigneeId: null },
      ['assigneeId: member_0000000000 → none'],
    ],
    ['a count', { attempts: 1 }, { attempts: 1795362063047 }, ['attempts: 1 → 1795362063047']],
    ['a field that holds more', { lease: { token: 1 } }, { lease: { token: 2 } }, ['lease changed']],
    ['a field that holds more now', { lease: null }, { lease: { token: 2 } }, ['lease changed']],
    ['what is as it was', { state: 'ready', until: now }, { state: 'ready', until: now }, []],
  ])('tells of %s', (_of, before, after, texts) => {
    expect(fieldTexts(before, after, telling)).toEqual(texts);
  });

  it('names the table of each row', () => {
    const changes = [
      { table: 'tasks', id: 'task_1', before: null, after: { state: 'ready' } },
      { table: 'locks', id: 'lock_1', before: { until: now }, after: { until: now + 5_000 } },
    ] as const;
    expect(changeText(changes, telling)).toBe('tasks: new; locks: until: just now → in 5 s');
  });
});
