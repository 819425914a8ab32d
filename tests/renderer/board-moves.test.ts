/** What it means to put a card into another column: the rows are what the state machine and the rights allow. */
import { describe, expect, it } from 'vitest';
import { minutes } from '../../src/core/units.ts';
import { moveToCell } from '../../src/renderer/features/work-board/cell-moves.ts';
import type { Move, Target } from '../../src/renderer/features/work-board/moves.ts';
import { moveTo } from '../../src/renderer/features/work-board/moves.ts';
import { ageTone, standsSince } from '../../src/renderer/features/work-board/since.ts';
import type { World } from '../core/kit.ts';
import { twoSteps } from './two-steps.ts';

function move(made: World, who: string, title: string, target: Target): Move {
  return moveTo(made.state, made.task(title), target, { self: made.member(who).id, now: made.now });
}
const to = (key: string): Target => ({ by: 'state', key });

/** Does what the move says, as the host would: it must not be refused. */
function perform(made: World, who: string, made_: Move): void {
  if (made_.kind === 'give') made.do(who, made_.command);
  else if (made_.kind === 'ask') made.do(who, made_.commandFor('because the test says so'));
  else throw new Error(`nothing to do: ${JSON.stringify(made_)}`);
}

describe('a card that is put into another column', () => {
  it('is taken by a person who may do it', () => {
    const made = twoSteps();
    const take = move(made, 'owner', 'Build', to('leased'));
    expect(take).toMatchObject({ kind: 'give', command: { type: 'task.claim' } });
    perform(made, 'owner', take);
    expect(made.task('Build').lease?.memberId).toBe(made.member('owner').id);
  });

  it('is handed in, or given back, by whoever holds it', () => {
    const made = twoSteps();
    perform(made, 'owner', move(made, 'owner', 'Build', to('leased')));
    expect(move(made, 'owner', 'Build', to('ended')).kind).toBe('hand-in');
    expect(move(made, 'owner', 'Build', to('awaiting_gate')).kind).toBe('hand-in');
    const back = move(made, 'owner', 'Build', to('ready'));
    expect(back).toMatchObject({ kind: 'ask', label: 'Give it back…' });
    perform(made, 'owner', back);
    expect(made.task('Build').state).toBe('ready');
  });

  it('is taken back from somebody else with a reason', () => {
    const made = twoSteps();
    made.claim('ann', 'Build');
    const back = move(made, 'owner', 'Build', to('ready'));
    expect(back).toMatchObject({ kind: 'ask', label: 'Take it back…' });
    perform(made, 'owner', back);
    expect(made.task('Build').attempts.at(-1)?.outcome).toBe('released');
  });

  it.each([
    ['a step that waits for another', 'Test', 'leased', 'Not yet: waits for “Build”'],
    ['what nobody has done yet', 'Build', 'ended', 'Nobody has done it yet'],
    ['a wait by hand', 'Build', 'blocked', 'A task waits by itself'],
  ])('refuses %s', (_what, title, key, reason) => {
    const refused = move(twoSteps(), 'owner', title, to(key));
    expect(refused.kind === 'refused' && refused.because).toContain(reason);
  });

  it('refuses to hand in what another holds, and names them', () => {
    const made = twoSteps();
    made.claim('ann', 'Build');
    expect(move(made, 'owner', 'Build', to('ended'))).toEqual({
      kind: 'refused',
      because: 'ann has it, and only they hand it in.',
    });
  });

  it('names the gate that a card waits at', () => {
    const made = twoSteps();
    made.finish('ann', 'Build');
    const refused = move(made, 'owner', 'Build', to('ended'));
    expect(refused).toMatchObject({ kind: 'refused', gateId: made.task('Build').gatesAfter[0] });
    expect(refused.kind === 'refused' && refused.because).toContain('waits at gate look for em');
  });

  it('says what the host would say to whoever may not', () => {
    const made = twoSteps();
    made.claim('ann', 'Build');
    const refused = move(made, 'bob', 'Build', to('ready'));
    expect(refused.kind === 'refused' && refused.because).toContain('bob may not take back a task');
  });

  it('is tried again when it has failed', () => {
    const made = twoSteps();
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      made.claim('ann', 'Build');
      const { id, lease } = made.task('Build');
      if (!lease) throw new Error('it was claimed');
      made.do('ann', { type: 'task.fail', taskId: id, token: lease.token, reason: `fault ${attempt}` });
      made.pass(minutes(60));
    }
    expect(made.task('Build').state).toBe('failed');
    const again = move(made, 'owner', 'Build', to('ready'));
    expect(again).toMatchObject({ kind: 'give', command: { type: 'task.retry' } });
    perform(made, 'owner', again);
    expect(made.task('Build').state).toBe('ready');
  });

  it('gets the priority of its new column', () => {
    const made = twoSteps();
    perform(made, 'owner', move(made, 'owner', 'Build', { by: 'priority', key: 'URGENT' }));
    expect(made.task('Build').priority).toBe('URGENT');
    expect(move(made, 'owner', 'Build', { by: 'priority', key: 'URGENT' })).toEqual({ kind: 'stay' });
  });

  it('is kept for a member, or for nobody, and for nobody who may not take it', () => {
    const made = twoSteps();
    const ann = { by: 'member', key: made.member('ann').id } as const;
    perform(made, 'owner', move(made, 'owner', 'Build', ann));
    expect(made.task('Build')).toMatchObject({ reserved: true, assigneeId: ann.key });
    const tara = move(made, 'owner', 'Build', { by: 'member', key: made.member('tara').id });
    expect(tara.kind === 'refused' && tara.because).toContain('needs the role engineer');
    perform(made, 'owner', move(made, 'owner', 'Build', { by: 'member', key: 'none' }));
    expect(made.task('Build').reserved).toBe(false);
  });

  it.each(['role', 'department', 'epic'] as const)('never changes its %s', (by) => {
    expect(move(twoSteps(), 'owner', 'Build', { by, key: 'other' }).kind).toBe('refused');
  });

  it('goes one way at a time', () => {
    const made = twoSteps();
    const mover = { self: made.member('owner').id, now: made.now };
    const both = [to('leased'), { by: 'priority', key: 'HIGH' }] as const;
    expect(moveToCell(made.state, made.task('Build'), both, mover).kind).toBe('refused');
    const across = [to('ready'), { by: 'priority', key: 'HIGH' }] as const;
    expect(moveToCell(made.state, made.task('Build'), across, mover).kind).toBe('give');
    const stay = [to('ready'), { by: 'priority', key: 'NORMAL' }] as const;
    expect(moveToCell(made.state, made.task('Build'), stay, mover).kind).toBe('stay');
  });
});

describe('the age of a card', () => {
  const hour = 3_600_000;
  it.each([
    ['is not told for a day', 23 * hour, null],
    ['asks for a look after one', 25 * hour, 'waiting'],
    ['asks a question after three', 73 * hour, 'failure'],
  ])('%s', (_what, later, tone) => {
    const task = twoSteps().task('Build');
    const since = standsSince(task);
    if (since === null) throw new Error('it is ready');
    expect(ageTone(task, since, since + later)).toBe(tone);
  });
  it('is of no matter to a step that waits for another', () => {
    const task = twoSteps().task('Test');
    expect(ageTone(task, task.createdAt, task.createdAt + 100 * hour)).toBeNull();
  });
});
