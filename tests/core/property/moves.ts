/** Random moves in a company: mostly sensible commands, some by the wrong member, stale or senseless. */
import fc from 'fast-check';
import type { CommandInput } from '../../../src/core/command.ts';
import type { Actor } from '../../../src/core/context.ts';
import type { MemberId } from '../../../src/core/ids.ts';
import { findTask } from '../../../src/core/task/find-task.ts';
import { externalLauncher } from '../../../src/core/worker/worker.ts';
import type { World } from '../kit.ts';
import { artifact, host, sessionOf, sha256 } from '../kit.ts';

/** A kind of move, and numbers that choose among what there is at that time. */
export interface Move {
  readonly kind: keyof typeof moves;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** Done once and taken back before it is done for good. */
  readonly rehearsed: boolean;
}

/** What a move comes to in the world as it is now; null: there is nothing to do it with. */
export interface Given {
  readonly actor: Actor;
  readonly command: CommandInput;
}

type Plan = (world: World, numbers: Pick<Move, 'a' | 'b' | 'c'>) => Given | null;

const decisions = ['approve', 'approve', 'approve', 'approve', 'approve', 'request_changes', 'veto'] as const;
const priorities = ['LOW', 'NORMAL', 'HIGH', 'URGENT'] as const;
const roles = [null, 'engineer', 'senior_eng', 'em', 'pm', 'qa_eng', 'no_such_role'] as const;

const moves = {
  createEpic: (world, { a, b, c }) => {
    const running = world.state.epics.dump().filter(({ endedAt }) => endedAt === null);
    const workflow = choose(world.state.workflows.dump(), a);
    if (!workflow || running.length > 2) return null;
    const stories = c % 5 === 0 ? ['One', 'Two'] : [];
    const actor = b % 6 === 0 ? anyone(world, b) : owner(world);
    return {
      actor,
      command: {
        type: 'epic.create',
        title: `Epic ${c}`,
        workflow: workflow.id,
        stories,
        force: c % 9 === 0,
      },
    };
  },
  reviseEpic: (world, { a, b }) => {
    const epic = choose(world.state.epics.dump(), a);
    return (
      epic &&
      given(owner(world), {
        type: 'epic.revise',
        epicId: epic.id,
        title: `Epic revised ${b}`,
        description: '',
      })
    );
  },
  cancelEpic: (world, { a, b }) => {
    const epic = choose(world.state.epics.dump(), a);
    return epic && b % 8 === 0
      ? given(owner(world), { type: 'epic.cancel', epicId: epic.id, reason: 'no more' })
      : null;
  },
  createTask: (world, { a, b, c }) => {
    const dependency = c % 3 === 0 ? choose(world.state.tasks.dump(), c) : null;
    return given(owner(world), {
      type: 'task.create',
      title: `Single ${c}`,
      roleId: choose(roles, a) ?? null,
      priority: choose(priorities, b) ?? 'NORMAL',
      tags: b % 2 === 0 ? ['red'] : [],
      dependsOn: dependency ? [dependency.id] : [],
      assigneeId: b % 5 === 0 ? (choose(world.state.members.dump(), a)?.id ?? null) : null,
    });
  },
  claim: (world, { a, b }) => {
    const ready = world.state.workers.dump().filter(({ state }) => state === 'ready');
    const free = ready.filter(({ memberId }) => world.state.index.available.has(memberId));
    const useful = free.filter(({ memberId }) => hasWork(world, memberId));
    const worker = choose(b % 10 === 0 ? ready : useful, a);
    if (!worker) return null;
    return given(member(worker.memberId), {
      type: 'task.claim',
      workerId: worker.id,
      tags: b % 7 === 0 ? ['red'] : [],
    });
  },
  claimThis: (world, { a, b }) => {
    const task = choose(world.state.tasks.dump(), b);
    return task ? given(anyone(world, a), { type: 'task.claim', taskId: task.id }) : null;
  },
  complete: (world, { a, b, c }) => {
    const task = choose(leased(world), a);
    if (!task?.lease) return null;
    const actor = b % 9 === 0 ? anyone(world, b) : member(task.lease.memberId);
    const token = b % 11 === 0 ? task.lease.token - 1 : task.lease.token;
    const held = { taskId: task.id, token };
    if (task.kind === 'review' && c % 10 > 0) {
      const note = c % 4 === 0 ? '' : 'a note';
      return given(actor, {
        type: 'task.answer',
        ...held,
        decision: choose(decisions, c) ?? 'approve',
        note,
      });
    }
    // A third of the work comes out as it did before, so that earlier sign-offs still count.
    const content = c % 3 === 0 ? task.title : `${task.title} ${c}`;
    const artifacts =
      c % 13 === 0 ? [] : [artifact(content), ...(c % 5 === 0 ? [artifact('more', 'more.md')] : [])];
    return given(actor, { type: 'task.complete', ...held, artifacts });
  },
  giveUp: (world, { a, b }) => {
    const task = choose(leased(world), a);
    if (!task?.lease) return null;
    const held = { taskId: task.id, token: task.lease.token, reason: 'it broke' };
    return given(member(task.lease.memberId), { type: b % 4 > 0 ? 'task.fail' : 'task.release', ...held });
  },
  renew: (world, { a }) => {
    const task = choose(leased(world), a);
    if (!task?.lease) return null;
    return given(member(task.lease.memberId), {
      type: 'task.renew',
      taskId: task.id,
      token: task.lease.token,
    });
  },
  changeTask: (world, { a, b, c }) => {
    const task = choose(world.state.tasks.dump(), a);
    if (!task) return null;
    const taskId = task.id;
    switch (c % 7) {
      case 0:
        return given(owner(world), { type: 'task.retry', taskId });
      case 1:
        return b % 6 === 0
          ? given(owner(world), { type: 'task.cancel', taskId, reason: 'not wanted' })
          : null;
      case 2:
        return given(owner(world), {
          type: 'task.prioritize',
          taskId,
          priority: choose(priorities, b) ?? 'LOW',
        });
      case 3:
        return given(owner(world), { type: 'task.assign', taskId, memberId: null });
      default:
        return given(owner(world), {
          type: 'task.assign',
          taskId,
          memberId: choose(world.state.members.dump(), b)?.id ?? null,
        });
    }
  },
  sign: (world, { a, b, c }) => {
    const gates = world.state.gates.dump();
    const waiting = gates.filter(({ state }) => state === 'waiting');
    const gate = choose(c % 6 === 0 ? gates : waiting, a);
    if (!gate) return null;
    const asked = choose(gate.rule.requires, c);
    const human = choose(
      world.state.members.dump().filter(({ kind }) => kind === 'human'),
      b,
    );
    return given(human && b % 7 > 0 ? member(human.id) : anyone(world, b), {
      type: 'gate.sign',
      gateId: gate.id,
      roleId: c % 2 === 0 ? null : (asked?.roleId ?? null),
      decision: choose(decisions, b) ?? 'approve',
      note: b % 4 === 0 ? '' : 'a note',
      artifactHash: c % 12 === 0 ? sha256('something else') : (gate.artifactHash ?? sha256('nothing')),
    });
  },
  /** Of a slot of a gate that waits, to anybody at all; or it is set aside, or taken up. */
  passOn: (world, { a, b, c }) => {
    const gate = choose(
      world.state.gates.dump().filter(({ state }) => state === 'waiting'),
      a,
    );
    const slot = gate && choose(gate.rule.requires, c);
    if (!gate || !slot) return null;
    const { id: gateId } = gate;
    const humans = world.state.members.dump().filter(({ kind }) => kind === 'human');
    const human = choose(humans, b);
    const actor = human && c % 5 > 0 ? member(human.id) : anyone(world, b);
    if (c % 4 === 0)
      return given(actor, {
        type: 'gate.set_aside',
        gateId,
        lasting: 60_000 * (1 + (b % 90)),
        reason: 'later',
      });
    if (c % 4 === 1) return given(actor, { type: 'gate.take_up', gateId });
    const to = b % 6 === 0 ? null : (choose(world.state.members.dump(), b + c)?.id ?? null);
    return given(actor, { type: 'gate.delegate', gateId, roleId: slot.roleId, to });
  },
  arbitrate: (world, { a, b }) => {
    const gate = choose(
      world.state.gates.dump().filter(({ state }) => state === 'vetoed'),
      a,
    );
    const ruling = b % 2 === 0 ? 'resume' : 'rework';
    return gate
      ? given(owner(world), { type: 'gate.arbitrate', gateId: gate.id, ruling, note: 'a ruling' })
      : null;
  },
  askApproval: (world, { a, b, c }) => {
    const waiting = world.state.gates.dump().filter(({ request, state }) => request && state === 'waiting');
    if (waiting.length > 3) return null;
    const role = choose(['em', 'qa_lead', 'pm', 'engineer'], b) ?? 'em';
    return given(anyone(world, a), {
      type: 'approval.request',
      title: `Approval ${c}`,
      context: `Because ${c}`,
      roles: b % 3 === 0 ? { [role]: 1, vp_eng: 1 } : { [role]: 1 + (c % 2) },
      humanRequired: c % 4 === 0,
      selfApproval: c % 7 === 0 ? 'allowed' : 'forbidden',
      timeout: c % 3 === 0 ? 60_000 : null,
      onTimeout: c % 2 === 0 ? 'reject' : 'escalate',
    });
  },
  cancelApproval: (world, { a, b }) => {
    const gate = choose(
      world.state.gates
        .dump()
        .filter(({ request, state }) => request !== null && (b % 4 === 0 || state === 'waiting')),
      a,
    );
    const actor = gate?.request && b % 5 > 0 ? member(gate.request.by) : anyone(world, b);
    return gate ? given(actor, { type: 'approval.cancel', gateId: gate.id }) : null;
  },
  write: (world, { a, b, c }) => {
    const thread = choose(world.state.threads.dump(), b);
    const names = world.state.members.dump().map(({ name }) => name);
    const text = `Word ${c} @${choose(names, c) ?? ''} and @nobody${c % 3}`;
    if (c % 4 === 0) {
      const to = choose(world.state.members.dump(), b)?.id ?? '';
      return given(anyone(world, a), { type: 'message.send', to, text });
    }
    if (!thread || c % 5 === 0) {
      return given(anyone(world, a), { type: 'thread.start', title: `Thread ${c}`, text, kind: 'QUESTION' });
    }
    return given(anyone(world, a), { type: 'message.post', threadId: thread.id, text });
  },
  tidyBoard: (world, { a, b, c }) => {
    const thread = choose(world.state.threads.dump(), b);
    if (!thread) return null;
    const threadId = thread.id;
    const actor = a % 3 === 0 ? anyone(world, a) : member(thread.createdBy);
    const note = c % 2 === 0 ? '' : 'a note';
    switch (c % 6) {
      case 0:
        return given(actor, { type: 'thread.resolve', threadId, note });
      case 1:
        return given(actor, { type: 'thread.wait', threadId, note });
      case 2:
        return given(actor, { type: 'thread.reopen', threadId });
      case 3:
        return given(actor, {
          type: 'thread.prioritize',
          threadId,
          priority: choose(priorities, b) ?? 'LOW',
        });
      case 4:
        return given(actor, { type: 'board.mark_read', threadId, upTo: a });
      default:
        return given(actor, { type: 'board.mark_read' });
    }
  },
  startWorker: (world, { a, b }) => {
    const agent = choose(world.state.members.dump(), a);
    const workerId = world.context(host).newId('worker');
    return agent
      ? given(host, {
          type: 'worker.start',
          workerId,
          memberId: agent.id,
          launcher: b % 3 === 0 ? externalLauncher : 'test',
          runner: 'script',
        })
      : null;
  },
  reportReady: (world, { a, b }) => {
    const starting = world.state.workers.dump().filter(({ state }) => state === 'starting');
    const worker = choose(b % 8 === 0 ? world.state.workers.dump() : starting, a);
    return worker
      ? given(member(worker.memberId), { type: 'worker.report_ready', workerId: worker.id, pid: b + 1 })
      : null;
  },
  beat: (world, { a }) => {
    const worker = choose(world.state.workers.dump(), a);
    return worker ? given(member(worker.memberId), { type: 'worker.beat', workerId: worker.id }) : null;
  },
  endWorker: (world, { a, b, c }) => {
    const worker = choose(world.state.workers.dump(), a);
    if (!worker || b % 4 > 0) return null;
    const workerId = worker.id;
    if (c % 3 === 0) return given(host, { type: 'worker.drain', workerId });
    const outcome = c % 3 === 1 ? 'stopped' : 'crashed';
    return given(host, { type: 'worker.end', workerId, outcome, reason: 'exit 1' });
  },
  pauseWorker: (world, { a, b, c }) => {
    const actor = b % 5 === 0 ? anyone(world, b) : owner(world);
    const workers = world.state.workers.dump();
    const paused = choose(
      workers.filter(({ pause }) => pause !== null),
      a,
    );
    if (paused && c % 3 > 0) return given(actor, { type: 'worker.resume', workerId: paused.id });
    const worker = choose(workers, a);
    return worker && b % 3 === 0
      ? given(actor, { type: 'worker.pause', workerId: worker.id, reason: 'for a while' })
      : null;
  },
  lock: (world, { a, b, c }) => {
    const locks = world.state.locks.dump();
    const lock = choose(locks, a);
    const actor = withSession(world, b);
    if (!lock || (c % 2 === 0 && locks.length < 20)) {
      const scope = choose(scopes, c) ?? 'src';
      const task = c % 3 === 0 ? choose(leased(world), b) : null;
      const ttl = c % 5 === 0 ? 20_000 : null;
      const by = task?.lease ? { ...actor, memberId: task.lease.memberId } : actor;
      return given(by, { type: 'lock.acquire', scope, intent: 'write', ttl, taskId: task?.id ?? null });
    }
    const { holder, token } = lock;
    const own = { kind: 'member', memberId: holder.memberId, sessionId: holder.sessionId } as const;
    const held = { lockId: lock.id, token };
    switch (c % 9) {
      case 1:
        return given(owner(world), { type: 'lock.force_release', lockId: lock.id, reason: 'in the way' });
      case 3:
        return given(host, { type: 'session.end', sessionId: holder.sessionId });
      case 5:
        return given(b % 4 > 0 ? own : actor, { type: 'lock.renew', ...held });
      default:
        return given(b % 4 > 0 ? own : actor, { type: 'lock.release', ...held });
    }
  },
  pause: (world, { a, b, c }) => {
    const actor = b % 5 === 0 ? anyone(world, b) : owner(world);
    // Resuming comes more often than pausing, or little else would happen.
    if (world.state.company?.pause) return given(actor, { type: 'company.resume' });
    const paused = world.state.members.dump().filter(({ pause }) => pause !== null);
    const rested = choose(paused, a);
    if (rested && c % 3 > 0) return given(actor, { type: 'member.resume', memberId: rested.id });
    const reason = 'for a while';
    if (c % 5 === 0) return given(actor, { type: 'company.stop', reason });
    if (c % 5 === 1) return given(actor, { type: 'company.pause', reason });
    const agent = choose(world.state.members.dump(), a);
    return agent ? given(actor, { type: 'member.pause', memberId: agent.id, reason }) : null;
  },
  takeBack: (world, { a, b, c }) => {
    const task = choose(c % 6 === 0 ? world.state.tasks.dump() : leased(world), a);
    if (!task) return null;
    const taskId = task.id;
    if (c % 2 === 0)
      return given(owner(world), { type: 'task.force_release', taskId, reason: 'give it back' });
    const memberId = c % 5 === 0 ? null : (choose(world.state.members.dump(), b)?.id ?? null);
    return given(owner(world), { type: 'task.reassign', taskId, memberId, reason: 'to another' });
  },
  budget: (world, { a, b, c }) => {
    const epic = choose(world.state.epics.dump(), a);
    const agent = choose(world.state.members.dump(), a);
    const scopes: Extract<CommandInput, { type: 'budget.set' }>['scope'][] = [
      { kind: 'company' },
      ...(agent ? [{ kind: 'member' as const, memberId: agent.id }] : []),
      ...(epic ? [{ kind: 'epic' as const, epicId: epic.id }] : []),
    ];
    const scope = choose(scopes, b) ?? { kind: 'company' };
    const some = c % 4 === 0 ? null : world.state.usage.size * 40 + (c % 500);
    return given(b % 7 === 0 ? anyone(world, b) : owner(world), {
      type: 'budget.set',
      scope,
      money: some,
      tokens: c % 3 === 0 ? null : some,
    });
  },
  spend: (world, { a, b, c }) => {
    const open = choose(world.state.reservations.dump(), a);
    if (open && c % 2 === 0) {
      const actor = b % 7 === 0 ? anyone(world, b) : member(open.memberId);
      const tokensIn = c % 60;
      return given(actor, {
        type: 'usage.settle',
        reservationId: open.id,
        tokensIn,
        tokensOut: Math.max(0, open.tokens - tokensIn - (b % 9)),
        money: Math.min(open.money, c % 100),
      });
    }
    const task = choose(leased(world), b);
    if (!task?.lease) return null;
    const call = { taskId: task.id, token: task.lease.token, tokens: b % 120, money: c % 120 };
    return given(
      member(task.lease.memberId),
      c % 9 === 1
        ? { type: 'task.await_budget', ...call }
        : { type: 'usage.reserve', model: c % 3 === 0 ? 'opus' : 'haiku', ...call },
    );
  },
  changeMember: (world, { a, b, c }) => {
    const some = choose(world.state.members.dump(), a);
    if (!some || c % 4 > 0) return null;
    const role = choose(['engineer', 'em', 'pm', 'qa_lead', 'senior_eng'], b) ?? 'pm';
    if (b % 3 === 0) return given(owner(world), { type: 'member.remove', memberId: some.id });
    if (b % 3 === 1)
      return given(owner(world), { type: 'member.change', memberId: some.id, member: { role } });
    const kind = b % 2 === 0 ? 'human' : 'agent';
    return given(owner(world), {
      type: 'member.add',
      teamId: null,
      member: { name: `new ${c}`, role, kind },
    });
  },
  pass: (world, { a, b }) => {
    const wait = [0, 1_000, 5_000, 20_000, 20_000, 61_000, 130_000, 3_700_000][a % 8] ?? 0;
    world.now = (world.now + wait + (b % 10)) as typeof world.now;
    return given(host, { type: 'tick' });
  },
  /** By whichever host decides next; one that is alone is refused. */
  moveHost: (world, { a, b }) => {
    const other = choose(world.state.hosts.dump(), b);
    if (a % 3 === 0 && other)
      return given(host, { type: 'host.lose', hostId: other.id, unseenSince: world.now });
    return given(
      host,
      a % 3 === 1 ? { type: 'host.leave' } : { type: 'host.join', name: `machine ${b % 2}` },
    );
  },
  settleConflict: (world, { a, b, c }) => {
    const conflict = choose(world.state.conflicts.dump(), a);
    if (conflict && b % 3 > 0) {
      const actor = b % 5 === 0 ? anyone(world, a) : owner(world);
      const conflictId = conflict.id;
      return given(
        actor,
        b % 3 === 1
          ? { type: 'conflict.reapply', conflictId }
          : { type: 'conflict.drop', conflictId, reason: 'no more' },
      );
    }
    const task = choose(world.state.tasks.dump(), c);
    const command = task
      ? { type: 'task.prioritize', taskId: task.id, priority: choose(priorities, b) ?? 'LOW' }
      : { type: 'decision.log', kind: 'note', context: 'kept', reason: 'to see' };
    const refusal = { code: 'WRONG_STATE', message: 'it did not fit' } as const;
    const actor = anyone(world, a);
    return given(host, {
      type: 'conflict.record',
      conflict: { actor, command, events: [], refusal, decidedAt: world.now },
    });
  },
} satisfies Record<string, Plan>;

/** How often each kind comes. */
const weights: Readonly<Record<keyof typeof moves, number>> = {
  createEpic: 3,
  reviseEpic: 1,
  cancelEpic: 1,
  createTask: 2,
  claim: 30,
  claimThis: 3,
  complete: 34,
  giveUp: 3,
  renew: 1,
  changeTask: 4,
  sign: 10,
  passOn: 4,
  arbitrate: 4,
  askApproval: 3,
  write: 3,
  tidyBoard: 2,
  cancelApproval: 1,
  startWorker: 5,
  reportReady: 4,
  beat: 4,
  endWorker: 2,
  pauseWorker: 3,
  lock: 8,
  pause: 2,
  takeBack: 2,
  budget: 1,
  spend: 6,
  changeMember: 1,
  pass: 4,
  moveHost: 2,
  settleConflict: 2,
};

const number = fc.nat({ max: 9_999 });

const kinds = Object.entries(weights).map(([kind, weight]) => ({
  weight,
  arbitrary: fc.constant(kind as keyof typeof moves),
}));

export const anyMove: fc.Arbitrary<Move> = fc.record({
  kind: fc.oneof(...kinds),
  a: number,
  b: number,
  c: number,
  rehearsed: fc.nat({ max: 9 }).map((n) => n === 0),
});

export function planned(world: World, { kind, ...numbers }: Move): Given | null {
  const plan: Plan = moves[kind];
  return plan(world, numbers);
}

const hasWork = ({ state, now }: World, id: MemberId): boolean => {
  const agent = state.members.get(id);
  return agent !== undefined && findTask(state, agent, [], now).task !== null;
};

/** Small enough a world that they often meet. */
const scopes = [
  'src',
  'src/a.ts',
  'src/*.ts',
  'docs/**',
  '**/*.md',
  '{src,docs}/b.md',
  'SRC/A.ts',
  '../up',
  'src/[',
];

/** Some sessions are those of a worker, also of one that has ended. */
const withSession = (world: World, n: number) => {
  const { id, name } = choose(world.state.members.dump(), n) ?? { id: '', name: '' };
  const own = world.state.workers.dump().filter(({ memberId }) => memberId === id);
  const worker = n % 3 === 0 ? choose(own, n) : null;
  return {
    kind: 'member',
    memberId: id,
    sessionId: sessionOf(name),
    ...(worker && { workerId: worker.id }),
  } as Extract<Actor, { kind: 'member' }>;
};

const given = (actor: Actor, command: CommandInput): Given => ({ actor, command });
const member = (memberId: string): Actor => ({ kind: 'member', memberId }) as Actor;
const owner = ({ state }: World): Actor => member(state.company?.ownerId ?? '');
const anyone = ({ state }: World, n: number): Actor => member(choose(state.members.dump(), n)?.id ?? '');
const leased = ({ state }: World) => state.tasks.dump().filter(({ lease }) => lease !== null);

function choose<Item>(items: readonly Item[], n: number): Item | null {
  return items[n % Math.max(1, items.length)] ?? null;
}
