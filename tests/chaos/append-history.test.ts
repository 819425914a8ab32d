/** The check of append histories finds what it is there to find. */
import { describe, expect, it } from 'vitest';
import type { EventGroup } from '../../src/contract/event-log.ts';
import type { StoredEvent } from '../../src/core/event.ts';
import type { Seq } from '../../src/core/ids.ts';
import { group, released, seq } from '../log/log-events.ts';
import { AppendHistory } from './append-history.ts';

const word = (task: string, text: string, decidedAt = 0): EventGroup =>
  group(decidedAt, released(task, text));

function stored(...groups: readonly EventGroup[]): StoredEvent[] {
  return groups
    .flatMap(({ events }) => events)
    .map((event, n) => ({ ...event, seq: seq(n + 1), version: 2 }));
}

/** One call after the other, each answered as it is said; null: not at all. */
async function told(
  calls: readonly (readonly [EventGroup, Seq | 'conflict' | null])[],
): Promise<AppendHistory> {
  const history = new AppendHistory();
  for (const [asked, answer] of calls) {
    await history.append(0, [asked], async () => {
      if (answer === null) throw new Error('no answer');
      return [answer];
    });
  }
  return history;
}

describe('an append history', () => {
  const [one, two] = [word('a', 'one'), word('b', 'two')];

  it.each([
    [
      'is as it was told',
      [
        [one, seq(1)],
        [two, seq(2)],
      ],
      [one, two],
    ],
    [
      'holds what got no answer',
      [
        [one, null],
        [two, seq(2)],
      ],
      [one, two],
    ],
    [
      'holds nothing of what got no answer',
      [
        [one, null],
        [two, seq(1)],
      ],
      [two],
    ],
    [
      'refuses what was changed meanwhile',
      [
        [one, seq(1)],
        [word('a', 'late'), 'conflict'],
      ],
      [one],
    ],
  ] as const)('is in order when the log %s', async (_what, calls, log) => {
    expect((await told(calls)).faults(stored(...log))).toEqual([]);
  });

  it.each([
    [
      'lost an event',
      [
        [one, seq(1)],
        [two, seq(2)],
      ],
      [one],
      /event 2 is not what host 0 was told/,
    ],
    ['holds another one', [[one, seq(1)]], [two], /event 1 is not what/],
    ['did an unanswered call twice', [[one, null]], [one, one], /done twice/],
    ['holds what nobody appended', [[one, seq(1)]], [one, two], /nobody appended event 2/],
    [
      'has them in another order',
      [
        [one, seq(2)],
        [two, seq(1)],
      ],
      [two, one],
      /event 2 stands|event 1 stands/,
    ],
    [
      'took what was decided too early',
      [
        [one, seq(1)],
        [word('a', 'late'), seq(2)],
      ],
      [one, word('a', 'late')],
      /had changed/,
    ],
    [
      'refused for nothing',
      [
        [one, seq(1)],
        [two, 'conflict'],
      ],
      [one],
      /refused for nothing/,
    ],
  ] as const)('is at fault when the log %s', async (_what, calls, log, words) => {
    expect((await told(calls)).faults(stored(...log)).join('\n')).toMatch(words);
  });
});
