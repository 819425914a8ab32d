/** What two hosts may not do at the same time without one of them deciding again. */
import { expect, it } from 'vitest';
import { accountIdOf } from '../../src/core/budget/budget.ts';
import type { CompanyEvent } from '../../src/core/event.ts';
import { reads, readsAround, touches } from '../../src/core/touches.ts';
import { company, oneGate } from './companies.ts';
import { host, only } from './kit.ts';

const flow = oneGate({ name: 'check', position: 'after', requires: { em: 1 }, timeout: '1h' });

it('the first direct message between two is one thing, whoever writes it', () => {
  const world = company();
  const touchedBy = (from: string, to: string) =>
    touches(
      only(
        world.restored().do(from, { type: 'message.send', to: world.member(to).id, text: 'hi' }),
        'thread.started',
      ),
    );
  const [[, one], [, other]] = [touchedBy('ann', 'bob'), touchedBy('bob', 'ann')];
  expect(one).toMatch(/^direct:member_\w+\+member_\w+$/);
  expect(one).toBe(other);
  const open = world.do('ann', { type: 'thread.start', title: 'Lunch', text: 'Who comes?' });
  expect(touches(only(open, 'thread.started'))).toHaveLength(1);
});

it('the last worker that an agent may have is started once', () => {
  const world = company();
  const memberId = world.member('ann').id;
  const worker = { workerId: 'worker_1', memberId, launcher: 'test', runner: 'script' };
  const [started] = world.do(host, { type: 'worker.start', ...worker });
  expect(started && touches(started)).toEqual(['worker:worker_1', `member:${memberId}`]);
});

it('whom a gate asks, and the reviews that are made for them, rest on who holds which role', () => {
  const world = company({ workflows: [flow] });
  world.route(flow.name);
  const events = world.finish('ann', 'Work');
  const resting = (event: CompanyEvent) => reads(event).includes('org');
  expect(resting(only(events, 'gate.asked'))).toBe(true);
  expect(resting(only(events, 'task.created'))).toBe(true);
});

it('a task that waits for its budget rests on that of its epic, too', () => {
  const world = company({ workflows: [flow] });
  const epicId = world.route(flow.name);
  world.do('owner', { type: 'budget.set', scope: { kind: 'epic', epicId }, tokens: 10 });
  const { id: taskId = '', lease } = world.claim('ann', 'Work') ?? {};
  const call = { taskId, token: lease?.token ?? 0, tokens: 90, money: 5 };
  const awaited = only(world.do('ann', { type: 'task.await_budget', ...call }), 'task.budget_awaited');
  expect(readsAround(world.state, awaited)).toEqual([`budget:${accountIdOf({ kind: 'epic', epicId })}`]);
});
