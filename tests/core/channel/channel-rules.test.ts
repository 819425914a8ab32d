/** Which notices go to a channel, and when. */
import { describe, expect, it } from 'vitest';
import { afterQuiet, channelRulesSchema, dueIn } from '../../../src/core/channel/channel-rules.ts';
import type { Notice } from '../../../src/core/channel/notice.ts';
import type { EpochMs } from '../../../src/core/units.ts';

const at = (time: string) => Date.parse(`2026-11-30T${time}:00.000Z`) as EpochMs;
const clock = (time: EpochMs | undefined) =>
  time === undefined ? null : new Date(time).toISOString().slice(11, 16);
const notice = (more: Partial<Notice> = {}): Notice => ({
  ...{ category: 'task', priority: 'NORMAL', kind: 'STATUS', title: 'x', text: '', author: null },
  ...{ authorName: null, thread: 'x', to: null, fields: [], asks: null, path: '/' },
  ...more,
});
const rules = (more: object) => channelRulesSchema.parse(more);

describe('a notice', () => {
  it.each([
    ['from its priority on', { task: 'NORMAL' }, 'NORMAL', false, true],
    ['not below it', { task: 'HIGH' }, 'NORMAL', false, false],
    ['not without a route', { gate: 'LOW' }, 'URGENT', false, false],
    ['without a route when it is addressed', {}, 'LOW', true, true],
  ] as const)('goes to a channel %s', (_rule, routes, priority, addressed, goes) => {
    expect(dueIn(rules({ routes }), notice({ priority }), at('12:00'), addressed) !== null).toBe(goes);
  });

  it('is gathered up to a priority, unless it asks for an answer or is addressed', () => {
    const digest = rules({ routes: { task: 'LOW' }, digest: { upTo: 'NORMAL', everyMinutes: 30 } });
    const due = (more: Partial<Notice>, addressed = false) =>
      dueIn(digest, notice(more), at('12:10'), addressed);
    expect(due({})).toEqual({ at: at('12:30'), inDigest: true });
    expect(due({ priority: 'HIGH' })).toEqual({ at: at('12:10'), inDigest: false });
    expect(due({}, true)).toEqual({ at: at('12:10'), inDigest: false });
    expect(due({ asks: { gateId: 'gate_1', artifactHash: 'a' } as never })).toMatchObject({
      inDigest: false,
    });
  });
});

describe('quiet hours', () => {
  const night = { from: '22:00', to: '07:00', zone: 'UTC' };
  it.each([
    ['before them', night, '21:59', '21:59'],
    ['in the evening', night, '22:00', '07:00'],
    ['in the morning', night, '06:59', '07:00'],
    ['at their end', night, '07:00', '07:00'],
    ['around noon', { from: '12:00', to: '13:30', zone: 'UTC' }, '12:15', '13:30'],
    ['of another place', { from: '22:00', to: '07:00', zone: 'Asia/Tokyo' }, '15:00', '22:00'],
  ])('let wait until their end: %s', (_when, quiet, now, until) => {
    expect(clock(afterQuiet(quiet, at(now)))).toBe(until);
  });

  it('hold back nothing that is urgent', () => {
    const quiet = rules({ routes: { task: 'LOW' }, quiet: night });
    expect(dueIn(quiet, notice({ priority: 'URGENT' }), at('23:00'), false)?.at).toBe(at('23:00'));
    expect(clock(dueIn(quiet, notice(), at('23:00'), true)?.at)).toBe('07:00');
  });
});
