/** Nothing is forgotten: every event happens and is folded, every command is decided, every event names what it touches. */
import { describe, expect, it } from 'vitest';
import { refusedEvent } from '../../src/core/audit/refused.ts';
import { commandSchema } from '../../src/core/command.ts';
import { hostAlone } from '../../src/core/context.ts';
import type { EventType } from '../../src/core/event.ts';
import { eventTypes } from '../../src/core/event-types.ts';
import { evolve } from '../../src/core/evolve.ts';
import type { HostId } from '../../src/core/ids.ts';
import { dumpState, emptyState } from '../../src/core/state.ts';
import { reads, touches } from '../../src/core/touches.ts';
import { record } from '../../src/core/transact.ts';
import { minutes, seconds } from '../../src/core/units.ts';
import type { Staff, WorkflowFileInput } from './companies.ts';
import { company, scaleup } from './companies.ts';
import type { World } from './kit.ts';
import { artifact, host, only, sessionOf } from './kit.ts';

const gate = { position: 'after', timeout: '1h' } as const;
const workflow: WorkflowFileInput = {
  name: 'flow',
  steps: [
    {
      id: 1,
      title: 'Work',
      role: 'engineer',
      gates: [
        { name: 'brief', position: 'before', requires: { pm: 1 } },
        { name: 'review', requires: { em: 1 }, ...gate },
        { name: 'second', requires: { pm: 1 }, ...gate },
      ],
    },
  ],
};

const fanOut: WorkflowFileInput = {
  name: 'fan_out',
  steps: [
    { id: 1, title: 'Plan', role: 'pm' },
    { id: 2, title: 'Code', role: 'engineer', depends_on: [1] },
    {
      id: 3,
      title: 'Words',
      role: 'content',
      depends_on: [1],
      gates: [{ name: 'go', position: 'before', requires: { em: 1 } }],
    },
  ],
};

const staff: Staff = {
  ...scaleup,
  engineering: [...(scaleup['engineering'] ?? []), { name: 'hera', role: 'em', kind: 'human' }],
};

/** A short life in which everything happens that can happen. */
function eventfulLife(): World {
  const world = company({ staff, workflows: [workflow, fanOut], policy: { max_attempts: 2 } });
  changeOrg(world);
  const epicId = world.route('flow');
  world.sign('owner', 'brief', 'request_changes');
  world.do('owner', { type: 'epic.revise', epicId, title: 'Better', description: 'clearer' });
  world.sign('owner', 'brief');
  failTwice(world);
  world.finish('ann', 'Work', 'one');
  world.pass(minutes(60));
  world.sign('hera', 'review', 'request_changes');
  world.finish('ann', 'Work', 'two');
  world.sign('hera', 'review', 'veto');
  world.do('owner', {
    type: 'gate.arbitrate',
    gateId: world.gate('review').id,
    ruling: 'resume',
    note: 'fine',
  });
  const reviewed = { gateId: world.gate('review').id } as const;
  world.do('owner', { type: 'gate.delegate', ...reviewed, roleId: 'em', to: world.member('hera').id });
  world.do('hera', { type: 'gate.set_aside', ...reviewed, lasting: minutes(5), reason: 'later' });
  world.do('hera', { type: 'gate.take_up', ...reviewed });
  world.sign('hera', 'review');
  world.review('pablo', 'second');
  sendBackInput(world);
  requestApprovals(world);
  talk(world);
  changeTasks(world);
  rest(world);
  askAndDivide(world);
  spend(world);
  lockFiles(world);
  mergeChanges(world);
  world.do('owner', { type: 'epic.cancel', epicId: world.route('flow'), reason: 'no more' });
  endWorkers(world);
  putOnRecord(world);
  loseHosts(world);
  return world;
}

function mergeChanges(world: World): void {
  const [base, first, second] = ['a', 'b', 'c'].map((digit) => digit.repeat(40));
  world.do('owner', { type: 'task.create', title: 'Change it', roleId: 'engineer' });
  const handIn = (commit = '') => {
    const { id, lease } = world.claim('ann', 'Change it') ?? {};
    const held = { taskId: id ?? '', token: lease?.token ?? 0 };
    const change = { commit, base: base ?? '' };
    world.do('ann', { type: 'task.complete', ...held, artifacts: [artifact(commit)], change });
    return { taskId: id ?? '', commit, onto: null, paths: ['a.txt'] };
  };
  world.do(host, { type: 'task.report_conflict', ...handIn(first) });
  world.do(host, { type: 'task.merge', ...handIn(second), head: second ?? '' });
}

function putOnRecord(world: World): void {
  world.do('owner', { type: 'session.open', memberId: world.member('ann').id, client: 'script', pid: 1 });
  world.do('ann', { type: 'decision.log', kind: 'library', context: 'SQLite', reason: 'It is everywhere.' });
  const command = { type: 'company.configure', name: 'Mine' } as const;
  const event = refusedEvent(command, world.refusal('ann', command), 0);
  world.events.push(...record(world.state, event, world.context(world.actor('ann'))));
}

function loseHosts(world: World): void {
  const at = (id: string) => {
    world.choice = () => ({ ...hostAlone, sharesLog: true, host: id as HostId });
  };
  at('host_b');
  world.do(host, { type: 'host.join', name: 'desk' });
  world.do(host, { type: 'host.report_cut_off' });
  world.do(host, { type: 'host.report_back' });
  at('host_a');
  world.do(host, { type: 'host.join', name: 'server' });
  world.do(host, { type: 'host.lose', hostId: 'host_b', unseenSince: world.now });
  for (const _conflict of [1, 2]) {
    world.do(host, {
      type: 'conflict.record',
      conflict: {
        actor: world.actor('owner'),
        command: { type: 'company.pause', reason: 'a release' },
        events: [],
        refusal: { code: 'WRONG_STATE', message: 'it was paused' },
        decidedAt: world.now,
      },
    });
  }
  const [first, second] = world.state.conflicts.dump().map(({ id }) => id);
  world.do('owner', { type: 'conflict.reapply', conflictId: first ?? '' });
  world.do('owner', { type: 'conflict.drop', conflictId: second ?? '', reason: 'not now' });
  world.do('owner', { type: 'company.resume' });
  world.do(host, { type: 'host.leave' });
}

function changeOrg(world: World): void {
  const role = { id: 'chef', title: 'Chef', department: 'kitchen' };
  world.do('owner', { type: 'company.configure', name: 'Other' });
  world.do('owner', { type: 'company.merge_template', file: { name: 'X', template: 'x', version: 2 } });
  world.do('owner', { type: 'department.add', name: 'kitchen' });
  world.do('owner', { type: 'role.define', role });
  const department = world.state.departments.dump().find(({ name }) => name === 'kitchen');
  const departmentId = department?.id ?? '';
  world.do('owner', { type: 'team.add', departmentId, name: 'cooks' });
  const teamId = world.state.teams.dump().find(({ name }) => name === 'cooks')?.id ?? '';
  world.do('owner', { type: 'member.add', teamId, member: { name: 'carl', role: 'chef' } });
  const memberId = world.member('carl').id;
  world.do('owner', { type: 'member.change', memberId, member: { tags: ['hot'] } });
  world.do('owner', { type: 'team.change', teamId, name: 'chefs' });
  world.do('owner', { type: 'department.change', departmentId, name: 'canteen' });
  world.do('owner', { type: 'member.remove', memberId });
  world.do('owner', { type: 'team.remove', teamId });
  world.do('owner', { type: 'role.remove', roleId: 'chef' });
  world.do('owner', { type: 'department.remove', departmentId });
  world.do('owner', { type: 'org.change', edits: [{ type: 'department.add', name: 'garden' }] });
  world.do('owner', { type: 'workflow.define', workflow: { ...workflow, name: 'spare' } });
  world.do('owner', { type: 'workflow.remove', workflowId: 'spare' });
}

function failTwice(world: World): void {
  for (const _attempt of [1, 2]) {
    const { id, lease } = world.claim('ann', 'Work') ?? {};
    const held = { taskId: id ?? '', token: lease?.token ?? 0 };
    world.pass(seconds(30));
    world.do('ann', { type: 'task.renew', ...held });
    world.do('ann', { type: 'task.fail', ...held, reason: 'it broke' });
    world.pass(seconds(60));
  }
  world.do('owner', { type: 'task.retry', taskId: world.task('Work').id });
}

function sendBackInput(world: World): void {
  const epicId = world.route('fan_out');
  world.finish('pablo', 'Plan');
  world.sign('hera', 'go', 'request_changes');
  world.do('owner', { type: 'epic.cancel', epicId, reason: 'enough' });
}

function talk(world: World): void {
  const [started] = world.do('ann', { type: 'thread.start', title: 'Lunch', text: 'Who comes, @bob?' });
  const threadId = started?.type === 'thread.started' ? started.thread.id : '';
  world.do('ann', { type: 'thread.prioritize', threadId, priority: 'HIGH' });
  world.do('ann', { type: 'thread.wait', threadId, note: 'for bob' });
  world.do('bob', { type: 'board.mark_read' });
  world.do('bob', { type: 'message.post', threadId, text: 'I do' });
  world.do('ann', { type: 'thread.resolve', threadId });
  world.do('bob', { type: 'thread.reopen', threadId });
  world.do('bob', { type: 'message.send', to: world.member('ann').id, text: 'Not hungry' });
  world.do('bob', { type: 'channel.post', channels: ['log'], title: 'News', text: 'It is out' });
}

function requestApprovals(world: World): void {
  world.do('ann', { type: 'approval.request', title: 'Buy it', context: 'It is cheap.', roles: { em: 1 } });
  world.do('ann', { type: 'approval.cancel', gateId: world.gate('Buy it').id });
  const roles = { em: 1, pm: 1 };
  world.do('ann', { type: 'approval.request', title: 'Sell it', context: 'It is old.', roles });
  world.sign('hera', 'Sell it');
  world.do('owner', {
    type: 'member.change',
    memberId: world.member('hera').id,
    member: { role: 'engineer' },
  });
}

function changeTasks(world: World): void {
  world.do('owner', { type: 'task.create', title: 'single', roleId: 'engineer' });
  const taskId = world.task('single').id;
  world.do('owner', { type: 'task.prioritize', taskId, priority: 'URGENT' });
  world.do('owner', { type: 'task.assign', taskId, memberId: world.member('bob').id });
  const { lease } = world.claim('bob', 'single') ?? {};
  world.do('bob', { type: 'task.release', taskId, token: lease?.token ?? 0, reason: 'no time' });
  world.do('owner', { type: 'task.cancel', taskId, reason: 'no' });
}

function rest(world: World): void {
  world.do('owner', { type: 'company.pause', reason: 'a release' });
  world.do('owner', { type: 'company.stop', reason: 'a fire' });
  world.do('owner', { type: 'company.resume' });
  const memberId = world.member('bob').id;
  world.do('owner', { type: 'member.pause', memberId, reason: 'a new model' });
  world.do('owner', { type: 'member.resume', memberId });
  world.do('owner', { type: 'task.create', title: 'moved', roleId: 'engineer' });
  const taskId = world.claim('bob', 'moved')?.id ?? '';
  const ann = world.member('ann').id;
  world.do('owner', { type: 'task.reassign', taskId, memberId: ann, reason: 'ann knows it' });
  world.claim('ann', 'moved');
  world.do('owner', { type: 'task.force_release', taskId, reason: 'not now' });
  world.do('owner', { type: 'task.cancel', taskId, reason: 'no' });
}

function askAndDivide(world: World): void {
  const holding = (who: string, title: string) => {
    const { id = '', lease } = world.claim(who, title) ?? {};
    return { taskId: id, token: lease?.token ?? 0 };
  };
  world.do('owner', { type: 'task.create', title: 'Whole', roleId: 'em' });
  const whole = 'emma';
  world.do(whole, {
    type: 'task.ask',
    ...holding(whole, 'Whole'),
    to: world.member('owner').id,
    question: 'Why?',
  });
  const { id: taskId } = world.task('Whole');
  world.do('owner', { type: 'task.answer_question', taskId, text: 'Because.' });
  const held = holding(whole, 'Whole');
  world.do(whole, { type: 'task.divide', ...held, parts: [{ title: 'Part', roleId: 'engineer' }] });
  world.do(whole, { type: 'task.await_parts', ...held });
  world.finish('ann', 'Part');
  const again = holding(whole, 'Whole');
  world.do(whole, { type: 'task.return_part', ...again, partId: world.task('Part').id, note: 'more' });
  world.do('bob', { type: 'member.rest', reason: 'no quota', until: world.now + 5_000 });
  world.pass(seconds(5));
}

function spend(world: World): void {
  world.do('owner', { type: 'budget.set', scope: { kind: 'company' }, tokens: 100 });
  world.do('owner', { type: 'task.create', title: 'costly', roleId: 'engineer' });
  const { id: taskId, lease } = world.claim('ann', 'costly') ?? {};
  const call = { taskId: taskId ?? '', token: lease?.token ?? 0, tokens: 90, money: 5 };
  const events = world.do('ann', { type: 'usage.reserve', model: 'opus', ...call });
  const reservationId = only(events, 'usage.reserved').reservation.id;
  world.do('ann', { type: 'usage.settle', reservationId, tokensIn: 80, tokensOut: 5, money: 4 });
  world.do('ann', { type: 'task.await_budget', ...call });
  world.do('owner', { type: 'budget.set', scope: { kind: 'company' } });
  world.do('owner', { type: 'task.cancel', taskId: taskId ?? '', reason: 'no' });
}

function lockFiles(world: World): void {
  const acquire = (scope: string) => {
    const id = only(world.do('ann', { type: 'lock.acquire', scope, intent: 'write' }), 'lock.acquired').lock
      .id;
    return { lockId: id, token: world.state.locks.get(id)?.token ?? 0 };
  };
  const first = acquire('src/**');
  world.pass(minutes(1));
  world.do('ann', { type: 'lock.renew', ...first });
  world.do('ann', { type: 'lock.release', ...first });
  world.do('owner', { type: 'lock.force_release', lockId: acquire('docs').lockId, reason: 'in the way' });
  acquire('docs');
  world.do(host, { type: 'session.end', sessionId: sessionOf('ann') });
}

function endWorkers(world: World): void {
  world.do('owner', { type: 'scaling.set', rule: { name: 'all', min: 2, max: 5 } });
  world.do(host, { type: 'scaling.apply' });
  world.do('owner', { type: 'scaling.remove', id: 'all' });
  world.do('owner', { type: 'worker.request', roleId: 'designer' as never });
  const [ann, bob] = [world.online('ann'), world.online('bob')];
  world.pass(minutes(1));
  world.do('ann', { type: 'worker.beat', workerId: ann });
  world.do('owner', { type: 'worker.pause', workerId: ann, reason: 'a look at it' });
  world.do('owner', { type: 'worker.resume', workerId: ann });
  world.do(host, { type: 'worker.drain', workerId: ann });
  world.do(host, { type: 'worker.end', workerId: ann, outcome: 'stopped', reason: 'drained' });
  world.do(host, { type: 'worker.end', workerId: bob, outcome: 'crashed', reason: 'exit 1' });
  world.online('bob');
  world.pass(minutes(6));
}

describe('in an eventful life', () => {
  const world = eventfulLife();

  it('every event happens', () => {
    expect([...new Set(world.events.map(({ event }) => event.type))].sort()).toEqual([...eventTypes].sort());
  });

  it('every event that says something changes the state', () => {
    // That all tasks of an epic exist is only a mark in the log: what follows from it are events of their own.
    const marks: readonly EventType[] = [
      'epic.routed',
      'command.refused',
      'decision.logged',
      'session.opened',
      'worker.requested',
      'thread.addressed',
    ];
    const folded = world.events.filter(({ event }) => !marks.includes(event.type));
    const replayed = emptyState();
    for (const stored of world.events) {
      const before = JSON.stringify({ ...dumpState(replayed), seq: 0 });
      evolve(replayed, stored);
      const after = JSON.stringify({ ...dumpState(replayed), seq: 0 });
      if (folded.includes(stored)) expect(after, stored.event.type).not.toBe(before);
      else expect(after).toBe(before);
    }
  });

  it('every event names what it touches', () => {
    for (const { event } of world.events) {
      const keys = touches(event);
      const changesNothing = [
        'command.refused',
        'decision.logged',
        'session.opened',
        'worker.requested',
      ].includes(event.type);
      expect(keys.length > 0, event.type).toBe(!changesNothing);
      for (const key of [...keys, ...reads(event)])
        expect(key).toMatch(
          /^(org|locks|(epic|task|gate|worker|member|lock|budget|thread|host|direct|conflict|scaling):[\w+]+)$/,
        );
    }
  });

  it('every command is decided', () => {
    const types = commandSchema.options.map((schema) => schema.shape.type.value);
    expect(types.filter((type) => !world.given.has(type))).toEqual([]);
  });
});
