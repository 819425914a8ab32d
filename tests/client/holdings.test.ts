/** Events and receipts come on different ways: whichever is first, only the end of the lease that is held counts. */
import { describe, expect, it } from 'vitest';
import { Holdings } from '../../src/client/holdings.ts';
import { concernsHolders } from '../../src/contract/holder-events.ts';
import type { CompanyEvent } from '../../src/core/event.ts';
import type { Seq, TaskId } from '../../src/core/ids.ts';
import { RunningTask } from '../../src/worker/running-task.ts';

const taskId = 'task_1' as TaskId;
const released: CompanyEvent = { type: 'task.released', taskId, reason: 'r' };
const at = (seq: number) => seq as Seq;
const lease = (token: number) => new RunningTask({ taskId, token: at(token) });

async function holding(token: number) {
  const tasks = new Holdings<RunningTask>();
  const held = lease(token);
  await tasks.take(() => Promise.resolve(held));
  return { tasks, held };
}

describe('what a holder is sent', () => {
  it.each([
    ['its task was given back', released, true],
    ['a worker is told to end', { type: 'worker.draining', workerId: 'worker_1' }, true],
    ['what was done during an outage did not fit', { type: 'conflict.recorded' }, true],
    ['a claim stands in the log again', { type: 'task.claimed', taskId, token: 3.5 }, true],
    ['a claim, of which its own receipt tells', { type: 'task.claimed', taskId }, false],
    ['somebody’s task is done', { type: 'task.done', taskId }, false],
    ['a message', { type: 'message.posted' }, false],
  ])('%s', (_what, event, concerns) => {
    expect(concernsHolders({ event: event as CompanyEvent })).toBe(concerns);
  });
});

describe('a held task', () => {
  it('is lost with the end of its lease', async () => {
    const { tasks, held } = await holding(10);
    tasks.see({ seq: at(11), event: released });
    expect(held.ending.reason).toBe('lost');
    expect(tasks.size).toBe(0);
  });

  it('is not lost with the end of an earlier lease, heard of late', async () => {
    const { tasks, held } = await holding(10);
    tasks.see({ seq: at(9), event: released });
    expect(held.ending.aborted).toBe(false);
  });

  it('that a host gave while it was cut off is lost only by an end after it stands in the log', async () => {
    const { tasks, held } = await holding(10.000_002);
    // Of an earlier lease, which nobody had heard of.
    tasks.see({ seq: at(12), event: released });
    expect(held.ending.aborted).toBe(false);
    const again = {
      type: 'task.claimed',
      taskId,
      memberId: 'member_1',
      workerId: null,
      until: null,
    } as const;
    tasks.see({ seq: at(13), event: { ...again, token: at(10.000_002) } as CompanyEvent });
    tasks.see({ seq: at(14), event: released });
    expect(held.ending.reason).toBe('lost');
  });

  it('that a host gave while it was cut off is lost when that did not fit any more', async () => {
    const { tasks, held } = await holding(10.000_002);
    const conflict = { events: [{ seq: 10.000_002, at: 1, event: { type: 'task.claimed', taskId } }] };
    tasks.see({ seq: at(12), event: { type: 'conflict.recorded', conflict } as unknown as CompanyEvent });
    expect(held.ending.reason).toBe('lost');
  });

  it('is not lost with what another host gave under the same number while it was cut off, too', async () => {
    const { tasks, held } = await holding(10.000_002);
    const event = { type: 'task.claimed', taskId: 'task_2' };
    const conflict = { events: [{ seq: 10.000_002, at: 1, event }] };
    tasks.see({ seq: at(12), event: { type: 'conflict.recorded', conflict } as unknown as CompanyEvent });
    expect(held.ending.aborted).toBe(false);
  });

  it('is lost when its end was heard of before its claim was answered', async () => {
    const tasks = new Holdings<RunningTask>();
    const held = await tasks.take(async () => {
      await Promise.resolve();
      tasks.see({ seq: at(11), event: released });
      return lease(10);
    });
    expect(held?.ending.reason).toBe('lost');

    const again = lease(13);
    await tasks.take(() => Promise.resolve(again));
    expect(again.ending.aborted).toBe(false);
  });
});
