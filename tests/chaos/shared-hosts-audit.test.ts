/** The audit of several hosts finds what it is there to find. */
import { expect, it } from 'vitest';
import type { CompanyEvent, StoredEvent } from '../../src/core/event.ts';
import type { ArtifactHash, ConflictId, HostId, MemberId, Seq, TaskId } from '../../src/core/ids.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { SharedAudit } from './shared-hosts-audit.ts';
import type { Deed, RunEntry } from './shared-hosts-journal.ts';

const task = 'task_0000000001' as TaskId;
const member = 'member_ann' as MemberId;
const hash = 'a'.repeat(64) as ArtifactHash;

const created = { type: 'task.created', task: { id: task, title: 'Do it' }, home: null } as CompanyEvent;
const claimed = (token?: number): CompanyEvent => ({
  ...{ type: 'task.claimed', taskId: task, memberId: member, workerId: null, until: null },
  ...(token !== undefined && { token: token as Seq }),
});
const released: CompanyEvent = { type: 'task.released', taskId: task, reason: 'not for me' };
const done = { type: 'task.done', taskId: task, submission: { hash } } as CompanyEvent;
const cancelled: CompanyEvent = { type: 'task.cancelled', taskId: task, reason: 'not needed' };

function conflict(
  command: { readonly type: string } & Record<string, unknown>,
  seq = 1.000_001,
): CompanyEvent {
  const event = { type: 'task.claimed', taskId: task };
  const events = command.type === 'task.claim' ? [{ seq: seq as Seq, at: 5 as EpochMs, event }] : [];
  return {
    type: 'conflict.recorded',
    conflict: {
      ...{ id: 'conflict_1' as ConflictId, hostId: 'host_1' as HostId, actor: { kind: 'host' } },
      ...{ command, events, refusal: { code: 'WRONG_STATE', message: 'it is cancelled' } },
      decidedAt: 5 as EpochMs,
    },
  };
}

const wrote = (t: number, deed: Deed, run = 'host_1-1'): RunEntry => ({ ...deed, t, run });
const held = (token: number) => ({ task, token: token as Seq });
const took = (t: number, token: number, run?: string) =>
  wrote(t, { what: 'claimed', member, ...held(token) }, run);
const handed = (t: number, token: number) => wrote(t, { what: 'handing', ...held(token) });
const ended = (t: number, token: number) => wrote(t, { what: 'completed', hash, ...held(token) });

function faultsOf(
  events: readonly CompanyEvent[],
  entries: readonly RunEntry[],
  deaths: ReadonlyMap<string, number> = new Map(),
): readonly string[] {
  const audit = new SharedAudit();
  for (const [place, event] of events.entries()) {
    audit.see({ seq: (place + 1) as Seq, version: 1, at: 100 as EpochMs, actor: null, event } as StoredEvent);
  }
  return audit.close(entries, deaths).faults;
}

it('finds nothing in what is right', () => {
  const all = [wrote(0, { what: 'created', task, title: 'Do it' }), took(1, 2), handed(2, 2), ended(3, 2)];
  expect(faultsOf([created, claimed(), done], all)).toEqual([]);
});

it.each([
  ['a creation that is not there', [], [wrote(0, { what: 'created', task, title: 'Do it' })], /is created/],
  ['a task that is left undone', [created], [], /left undone/],
  ['a claim that is not there', [created, cancelled], [took(1, 2), handed(2, 2)], /is claimed under 2/],
  [
    'a claim under another token',
    [created, claimed(1.000_002), done],
    [took(1, 1.000_001), handed(2, 1.000_001)],
    /is claimed under 1.000001/,
  ],
  ['a completion that is not there', [created, cancelled], [ended(3, 2)], /is completed under 2/],
  [
    'a release that is not there',
    [created, cancelled],
    [wrote(3, { what: 'released', ...held(2) })],
    /is released/,
  ],
  [
    'a cancellation that is not there',
    [created, claimed(), done],
    [wrote(3, { what: 'cancelled', task })],
    /cancelled/,
  ],
  ['two holders by the log', [created, claimed(), claimed(), done], [], /claims task_0000000001 while/],
  ['a second end', [created, claimed(), done, claimed(), done], [], /ends task_0000000001 once more/],
])('finds %s', (_what, events, entries, fault) => {
  expect(faultsOf(events, entries).join('\n')).toMatch(fault);
});

it('finds two who work at once, on whatever hosts', () => {
  const events = [created, claimed(), released, claimed(), done];
  const second = [took(5, 4, 'host_2-1'), handed(7, 4)];
  expect(faultsOf(events, [took(1, 2), handed(6, 2), ...second])).toMatchObject([/at once, for 1 ms/]);
  expect(faultsOf(events, [took(1, 2), handed(4, 2), ...second])).toEqual([]);
  expect(faultsOf(events, [took(1, 2), wrote(4, { what: 'lost', ...held(2) }), ...second])).toEqual([]);
  expect(faultsOf(events, [took(1, 2), ...second])).toMatchObject([/never given up/]);
  expect(faultsOf(events, [took(1, 2), ...second], new Map([['host_1-1', 3]]))).toEqual([]);
});

it('is content with a conflict that holds all that was done', () => {
  const token = 1.000_001;
  const claim = conflict({ type: 'task.claim', taskId: null }, token);
  const complete = conflict({ type: 'task.complete', taskId: task, token, artifacts: [{ hash }] });
  const other = conflict({ type: 'task.complete', taskId: task, token, artifacts: [{ hash: 'other' }] });
  const entries = [took(1, token), handed(2, token), ended(3, token)];
  expect(faultsOf([created, cancelled, claim, complete], entries)).toEqual([]);
  expect(faultsOf([created, cancelled, claim, other], entries)).toMatchObject([/is completed/]);
  expect(faultsOf([created, cancelled, complete], entries)).toMatchObject([/is claimed/]);
});
