/** What a notice that asked for a sign-off says after whatever can happen to its gate: only what may be signed asks. */
import { expect, it } from 'vitest';
import { askedNow, gateTouchedBy } from '../../../src/core/channel/asked-now.ts';
import type { Notice } from '../../../src/core/channel/notice.ts';
import { noticeOf } from '../../../src/core/channel/notice-of.ts';
import type { Staff } from '../companies.ts';
import { company, oneGate, scaleup } from '../companies.ts';
import type { World } from '../kit.ts';

const staff: Staff = {
  ...scaleup,
  engineering: [...(scaleup['engineering'] ?? []), { name: 'hera', role: 'em', kind: 'human' }],
};

/** A gate for em and pm waits for the work of ann; with the notice that told of it. */
function asked(): { world: World; notice: Notice } {
  const gate = { name: 'review', position: 'after' as const, requires: { em: 1, pm: 1 } };
  const world = company({ staff, workflows: [oneGate(gate)] });
  world.route('one_gate');
  world.finish('ann', 'Work', 'first try');
  const event = world.events.findLast(({ event: { type } }) => type === 'gate.asked');
  const notice = event && noticeOf(world.state, event);
  if (!notice) throw new Error('nobody is told');
  return { world, notice };
}

it.each<[string, (world: World) => unknown, { title: string; text: string; asks: boolean; isLast: boolean }]>(
  [
    [
      'a filled slot',
      (world) => world.sign('hera', 'review'),
      {
        title: 'review waits for a sign-off',
        text: 'Signed so far: hera for em.',
        asks: true,
        isLast: false,
      },
    ],
    [
      'the last slot',
      (world) => {
        world.sign('hera', 'review');
        world.sign('owner', 'review', 'approve', { roleId: 'pm' });
      },
      { title: 'review is open', text: 'Signed by hera for em, owner for pm.', asks: false, isLast: true },
    ],
    [
      'a request for changes',
      (world) => world.sign('hera', 'review', 'request_changes', { note: 'no tests' }),
      { title: 'review was sent back, by hera', text: 'no tests', asks: false, isLast: true },
    ],
    [
      'a veto, which may be lifted',
      (world) => world.sign('hera', 'review', 'veto', { note: 'never' }),
      { title: 'review was vetoed, by hera', text: 'never', asks: false, isLast: false },
    ],
    [
      'another artifact',
      (world) => {
        world.sign('hera', 'review', 'request_changes', { note: 'no tests' });
        world.finish('ann', 'Work', 'second try');
      },
      {
        title: 'review: this version is no longer asked',
        text: 'Something else was handed in since. Nobody signs this one.',
        asks: false,
        isLast: true,
      },
    ],
    [
      'the end of its epic',
      (world) => world.do('owner', { type: 'epic.cancel', epicId: world.epic().id, reason: 'enough' }),
      { title: 'review is no longer asked', text: 'It was set aside.', asks: false, isLast: true },
    ],
  ],
)('says so after %s', (_what, act, { asks, isLast, title, text }) => {
  const { world, notice } = asked();
  expect(notice.asks).not.toBeNull();
  const before = world.events.length;
  act(world);
  const touched = world.events.slice(before).map(({ event }) => gateTouchedBy(event));
  expect(touched).toContain(world.gate('review').id);
  const now = askedNow(world.state, notice);
  expect(now).toMatchObject({ isLast, notice: { title, thread: notice.thread } });
  expect(now.notice.text.split('\n').at(-1)).toBe(text);
  expect(now.notice.asks !== null).toBe(asks);
});

it('leads to the newer one when the gate was asked again', () => {
  const { world, notice } = asked();
  expect(askedNow(world.state, notice, true)).toMatchObject({
    isLast: true,
    notice: { title: 'review was asked again', asks: null, kind: 'STATUS' },
  });
});

it('asks for nothing once nobody remembers the gate', () => {
  const { notice } = asked();
  expect(askedNow(company().state, notice)).toMatchObject({ isLast: true, notice: { asks: null } });
});
