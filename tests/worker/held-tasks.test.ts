/** Events and receipts come on different ways: whichever is first, only the end of the lease that is held counts. */
import { describe, expect, it } from 'vitest';
import type { CompanyEvent } from '../../src/core/event.ts';
import type { Seq, TaskId } from '../../src/core/ids.ts';
import { HeldTasks } from '../../src/worker/held-tasks.ts';

const taskId = 'task_1' as TaskId;
const released: CompanyEvent = { type: 'task.released', taskId, reason: 'r' };
const at = (seq: number) => seq as Seq;

describe('a held task', () => {
  it('is lost with the end of its lease', () => {
    const tasks = new HeldTasks();
    const held = tasks.add(taskId, at(10));
    tasks.see({ seq: at(11), event: released });
    expect(held.ending.signal.reason).toBe('lost');
  });

  it('is not lost with the end of an earlier lease, heard of late', () => {
    const tasks = new HeldTasks();
    const held = tasks.add(taskId, at(10));
    tasks.see({ seq: at(9), event: released });
    expect(held.ending.signal.aborted).toBe(false);
  });

  it('is lost when its end was heard of before its claim', () => {
    const tasks = new HeldTasks();
    tasks.see({ seq: at(11), event: released });
    expect(tasks.add(taskId, at(10)).ending.signal.aborted).toBe(true);
    tasks.see({ seq: at(12), event: released });
    expect(tasks.add(taskId, at(13)).ending.signal.aborted).toBe(false);
  });
});
