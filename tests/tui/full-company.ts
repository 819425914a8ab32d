/** A company with something on every screen of the dashboard, and a hostile text wherever a text may stand. */
import type { ThreadPage } from '../../src/contract/queries.ts';
import { hostAlone } from '../../src/core/context.ts';
import type { HostId, ThreadId } from '../../src/core/ids.ts';
import type { EpochMs, MicroUsd } from '../../src/core/units.ts';
import type { View } from '../../src/tui/model/screen.ts';
import { company, oneGate } from '../core/companies.ts';
import type { World } from '../core/kit.ts';
import { host, sha256 } from '../core/kit.ts';

/** Wide and joined letters, escape sequences, marks that turn the direction, breaks, and more than any line holds. */
export const hostile = [
  '漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字',
  '👩‍👩‍👧‍👦🇩🇪👍🏽⚠️ '.repeat(14),
  '\u001b[2J\u001b[31mred\u001b]0;title\u0007 and \u202eback\u2066 שלום עולם',
  `tab\tand\r\nbreak\u2028 ${'x'.repeat(150)}`,
  'क्षि กำ \u{20bb7} e\u0301\u0302\u200b '.repeat(9),
] as const;

const title = (at: number): string => (hostile[at] ?? hostile[0]).slice(0, 190);
const all = hostile.join('\n');

/** @returns the world, and what was said in its one thread */
function fill(): { world: World; messages: ThreadPage['messages'][number][] } {
  const work = oneGate({ name: 'review', position: 'after', requires: { em: 1 }, human_required: true });
  const world = company({ workflows: [work], policy: { max_attempts: 1 } });
  for (const text of hostile) {
    world.do('owner', { type: 'task.create', title: text.slice(0, 190), description: all });
  }
  for (const at of [0, 2]) {
    world.do('owner', { type: 'epic.create', title: title(at), description: all, workflow: 'one_gate' });
  }
  handIn(world, 'ann');
  world.do('owner', {
    type: 'approval.request',
    ...{ title: title(3), context: all, roles: { em: 1 }, selfApproval: 'allowed' },
  } as never);
  const veto = [...world.state.index.gatesByState.get('waiting')].find(({ request }) => request);
  world.do('owner', {
    ...{ type: 'gate.sign', gateId: veto?.id, decision: 'veto', note: all, artifactHash: veto?.artifactHash },
  } as never);
  const failed = world.claim('bob');
  const failure = { taskId: failed?.id, token: failed?.lease?.token, reason: title(3) };
  world.do('bob', { type: 'task.fail', ...failure } as never);
  world.claim('bob');
  world.do('bob', { type: 'lock.acquire', scope: `src/${hostile[0]}/क्षि👍🏽/**`, intent: all.slice(0, 490) });
  world.do('owner', { type: 'lock.acquire', scope: 'docs/x', intent: title(1) });
  const messages: ThreadPage['messages'][number][] = [];
  world.do('owner', { type: 'thread.start', title: title(2), text: all });
  const thread = [...world.state.threads.values()].at(-1);
  for (const text of hostile) {
    world.do('bob', { type: 'message.post', threadId: thread?.id as ThreadId, text, kind: 'ERROR' } as never);
  }
  for (const { event, ...stored } of world.events) {
    if (event.type === 'message.posted') messages.push({ ...event, seq: stored.seq, at: stored.at } as never);
  }
  world.choice = () => ({ ...hostAlone, sharesLog: true, host: 'host_a' as HostId });
  world.do(host, { type: 'host.join', name: title(2) });
  world.do(host, {
    type: 'conflict.record',
    conflict: {
      ...{ actor: world.actor('ann'), command: { type: 'task.complete', note: all }, events: [] },
      ...{ refusal: { code: 'LEASE_LOST', message: all }, decidedAt: world.now },
    },
  } as never);
  return { world, messages };
}

/** What of the epic's work this member hands in: a gate waits for a person then. */
export function handIn(world: World, name: string): void {
  const [task] = [...world.state.tasks.values()].filter(({ kind }) => kind === 'step');
  const workerId = world.online(name);
  world.do(name, { type: 'task.claim', taskId: task?.id ?? null, workerId } as never);
  const token = world.state.tasks.get(task?.id as never)?.lease?.token;
  const artifacts = ['漢字👍🏽.md', 'b'].map((path) => ({ hash: sha256(path), path, bytes: 1 }));
  world.do(name, { type: 'task.complete', taskId: task?.id, token, artifacts } as never);
}

/** As the owner sees it, with all that is asked for besides the state. */
export function fullView(): View {
  const { world, messages } = fill();
  const { state } = world;
  const self = state.company?.ownerId ?? null;
  const thread = [...state.threads.values()].find(({ title: of }) => of === title(2).trim());
  if (!thread) throw new Error('there is no thread');
  const total = { calls: 1e9, tokensIn: 1e12, tokensOut: 1e12, money: 1e13 as MicroUsd };
  const amount = { money: 1e13 as MicroUsd, tokens: 1e12 };
  const budget = { scope: 'company' as const, id: 'company' as never, limit: amount, spent: amount };
  return {
    ...{
      state,
      self,
      hostId: null,
      now: (world.now + 90_000) as EpochMs,
      showsAll: true,
      by: 'task',
      nth: 0,
    },
    fetched: {
      log: [...hostile, `2026-11-22T10:00:00.000Z ${all}`, ...Array.from({ length: 9 }, () => hostile[1])],
      artifact: hostile,
      thread: { thread, title: thread.title, unread: 1, messages, more: true },
      usage: {
        ...{ by: 'task', total },
        rows: hostile.map((name, at) => ({ ...total, key: `task_${at}`, name })),
        budgets: hostile.map((name) => ({
          ...{ ...budget, name, state: 'used_up', reserved: amount },
        })),
      },
      activity: hostile.map((what) => ({ at: world.now, who: hostile[4], what })),
    },
  };
}
