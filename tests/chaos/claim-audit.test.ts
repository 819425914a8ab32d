/** The audit of the claims finds what it is there to find. */
import { expect, it } from 'vitest';
import type { CompanyEvent, StoredEvent } from '../../src/core/event.ts';
import type { MemberId, Seq, TaskId, WorkerId } from '../../src/core/ids.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { ClaimAudit } from './claim-audit.ts';
import type { JournalEntry } from './claim-journal.ts';

const taskId = 'task_0000000001' as TaskId;
const [ann, bob] = ['member_ann', 'member_bob'] as [MemberId, MemberId];

const created = { type: 'task.created', task: { id: taskId } } as CompanyEvent;
const done: CompanyEvent = { type: 'task.done', submission: null, taskId };
const claimed = (memberId: MemberId): CompanyEvent => ({
  type: 'task.claimed',
  taskId,
  memberId,
  workerId: 'worker_0000000001' as WorkerId,
  until: 100 as EpochMs,
});
const ran = (outcome: 'failed' | 'expired'): CompanyEvent => ({
  type: 'task.attempt_failed',
  taskId,
  outcome,
  reason: 'it took too long',
  retryAt: 200 as EpochMs,
});
const wrote = (what: JournalEntry['what'], token: number, memberId = ann) => ({
  what,
  task: taskId,
  token: token as Seq,
  memberId,
});

/** @param at the time of every event */
function faultsOf(
  events: readonly CompanyEvent[],
  journals: readonly ReturnType<typeof wrote>[] = [],
  { at = 100, acked = [taskId] } = {},
): readonly string[] {
  const audit = new ClaimAudit();
  for (const [place, event] of events.entries())
    audit.see({ seq: place + 1, version: 1, at, actor: null, event } as StoredEvent);
  return audit.close(acked, journals).faults;
}

it('finds nothing where all is in order', () => {
  const events = [created, claimed(ann), ran('expired'), claimed(bob), done];
  const journals = [
    wrote('claimed', 2),
    wrote('lost', 2),
    wrote('claimed', 4, bob),
    wrote('completed', 4, bob),
  ];
  expect(faultsOf(events, journals)).toEqual([]);
});

it.each([
  ['two holders', [created, claimed(ann), claimed(bob), done], [], 'at once'],
  ['a lost task', [created, claimed(ann)], [], 'was not done'],
  ['what nobody held', [created, done], [], 'nobody held it'],
  ['what was done twice', [created, claimed(ann), done, claimed(bob), done], [], 'done twice'],
  ['a claim that the log does not know', [created, claimed(ann), done], [wrote('claimed', 3)], 'otherwise'],
  [
    'a claim that was given to two processes',
    [created, claimed(ann), done],
    [wrote('claimed', 2), wrote('claimed', 2)],
    'another process',
  ],
  [
    'a completion by a lease that had run out',
    [created, claimed(ann), ran('expired'), claimed(bob), done],
    [wrote('completed', 2)],
    'the log has it expired',
  ],
  ['a loss of what was done', [created, claimed(ann), done], [wrote('lost', 2)], 'the log has it done'],
] as const)('finds %s', (_what, events, journals, words) => {
  expect(faultsOf(events, journals).join()).toContain(words);
});

it('finds a task whose creation was acked and which is not there', () => {
  expect(faultsOf([], [])).toEqual([`${taskId} was acked and is not there`]);
});

it('finds a lease that was taken too early', () => {
  const events = [created, claimed(ann), ran('expired'), claimed(ann), done];
  expect(faultsOf(events, [], { at: 99 })).toEqual([`${taskId} was taken from its holder 1 ms too early`]);
});
