/** All of a command or nothing, also when the log can not take it. */
import { describe, expect, it } from 'vitest';
import { commandSchema } from '../../src/core/command.ts';
import { eventVersion } from '../../src/core/event.ts';
import { dumpState, emptyState, restoreState } from '../../src/core/state.ts';
import { transact } from '../../src/core/transact.ts';
import { company, oneGate } from './companies.ts';
import { host, World } from './kit.ts';

const text = (world: World): string => JSON.stringify(dumpState(world.state));
const workflows = [oneGate({ name: 'review', position: 'after', requires: { em: 1 } })];

describe('a transaction', () => {
  it('numbers its events from the last one on and says who caused them', () => {
    const world = company({ workflows });
    const { seq } = world.state;
    world.route('one_gate');
    const events = world.events.slice(seq);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, n) => seq + n + 1));
    expect(new Set(events.map(({ actor }) => actor))).toEqual(new Set([world.member('owner').id]));
    expect(world.events[0]).toMatchObject({ seq: 1, version: eventVersion, at: world.now, actor: null });
  });

  it('that is refused leaves no trace', () => {
    const world = company({ workflows });
    const before = text(world);
    world.refusal('owner', { type: 'epic.create', title: 'x', workflow: 'nothing' });
    expect(text(world)).toBe(before);
  });

  it('can be taken back whole: rows, indexes, company and seq', () => {
    const world = company({ workflows });
    const before = text(world);
    const { journal } = world.state;
    journal.begin();
    const mark = journal.mark();
    world.do('owner', { type: 'company.configure', name: 'Renamed' });
    world.route('one_gate');
    world.finish('ann', 'Work');
    journal.rollbackTo(mark);
    journal.commit();
    expect(text(world)).toBe(before);
    expect(world.state.index.tasksByState.get('awaiting_gate').size).toBe(0);
    expect(world.state.index.available.has(world.member('ann').id)).toBe(false);
  });

  it('can be taken back to the mark between two commands', () => {
    const world = company({ workflows });
    const { journal } = world.state;
    journal.begin();
    world.route('one_gate');
    const between = text(world);
    const mark = journal.mark();
    world.finish('ann', 'Work');
    journal.rollbackTo(mark);
    expect(text(world)).toBe(between);
    journal.commit();
    journal.rollbackTo(0);
    expect(text(world)).toBe(between);
  });

  it('that creates the company can be taken back, too', () => {
    const world = new World();
    const { journal } = world.state;
    journal.begin();
    const file = { name: 'x' };
    world.do(host, { type: 'company.create', file, workflows: [] } as never);
    expect(world.state.company?.name).toBe('x');
    journal.rollbackTo(0);
    expect(text(world)).toBe(JSON.stringify(dumpState(emptyState())));
  });
});

describe('without a company', () => {
  it.each([
    { type: 'tick' },
    { type: 'worker.end', workerId: 'w', outcome: 'stopped', reason: 'x' },
    { type: 'worker.start', workerId: 'w', memberId: 'm', launcher: 'x', runner: 'x' },
    { type: 'worker.drain', workerId: 'w' },
  ] as const)('$type is refused clearly', (command) => {
    const refusal = new World().refusal(host, command);
    expect([refusal.code, refusal.message]).toEqual(['NOT_FOUND', expect.stringMatching(/no company yet/)]);
  });

  it('members are refused as well', () => {
    const actor = { kind: 'member', memberId: 'member_1' as never } as const;
    expect(new World().refusal(actor, { type: 'task.claim' }).code).toBe('NOT_FOUND');
  });
});

describe('a snapshot', () => {
  it('gives the same state, whatever the order in which its rows came', () => {
    const world = company({ workflows });
    world.route('one_gate');
    world.finish('ann', 'Work');
    const snapshot = dumpState(world.state);
    const shuffled = {
      ...snapshot,
      tasks: snapshot.tasks.toReversed(),
      members: snapshot.members.toReversed(),
    };
    const restored = restoreState(JSON.parse(JSON.stringify(shuffled)));
    expect(JSON.stringify(dumpState(restored))).toBe(text(world));
    const command = commandSchema.parse({ type: 'task.claim' });
    const context = world.context(world.actor('emma'));
    expect(transact(restored, command, context)).toEqual(transact(world.state, command, context));
  });
});
