import { describe, expect, it } from 'vitest';
import { authorizationRules } from '../../src/core/authorization-rules.ts';
import { authorize } from '../../src/core/authorize.ts';
import type { CommandInput, CommandType } from '../../src/core/command.ts';
import { commandSchema } from '../../src/core/command.ts';
import type { Actor } from '../../src/core/context.ts';
import type { MemberId, RoleId, WorkerId } from '../../src/core/ids.ts';
import { emptyState } from '../../src/core/state.ts';
import { found } from './company.ts';

/** Every department, so that every capability has a holder, and a human pm beside the agents. */
const company = found({
  name: 'Acme',
  departments: [
    {
      name: 'product',
      teams: [
        {
          name: 'core',
          members: [
            { name: 'vee', role: 'vp_product' },
            { name: 'pam', role: 'pm' },
            { name: 'dan', role: 'designer' },
            { name: 'hal', role: 'pm', kind: 'human' },
          ],
        },
      ],
    },
    {
      name: 'engineering',
      teams: [
        {
          name: 'web',
          members: [
            { name: 'vic', role: 'vp_eng' },
            { name: 'ema', role: 'em' },
            { name: 'ada', role: 'engineer' },
            { name: 'hem', role: 'em', kind: 'human' },
            { name: 'hev', role: 'vp_eng', kind: 'human' },
          ],
        },
        { name: 'api' },
      ],
    },
    { name: 'qa', teams: [{ name: 'tests', members: [{ name: 'tes', role: 'qa_eng' }] }] },
  ],
  workflows: [
    { name: 'flow', steps: [{ id: 1, title: 'S', role: 'pm' }] },
    { name: 'bug', steps: [{ id: 1, title: 'S', role: 'pm' }] },
  ],
});
const { state } = company;
const worker = 'worker_ada' as WorkerId;
company.run({
  type: 'worker.start',
  workerId: worker,
  memberId: company.member('ada').id,
  launcher: 'subprocess',
  runner: 'script',
});
company.run({ type: 'epic.create', title: 'E', workflow: 'flow' as never }, 'pam');
company.run({ type: 'epic.create', title: 'F', workflow: 'bug' as never }, 'tes');
const epicOf = (title: string) => [...state.epics.values()].find((epic) => epic.title === title)?.id as never;

const id = (name: string): MemberId => company.member(name).id;
const team = (name: string) => company.team(name).id;
const role = 'engineer' as RoleId;
const hash = 'a'.repeat(64) as never;
const commit = 'c'.repeat(40);
const lock = { lockId: 'lock_x' as never, token: 1 as never };
const held = { taskId: 'task_x' as never, token: 1 as never };
const ask = { type: 'approval.request', title: 'Ship', context: 'It is ready.' } as const;
const [asked] = company.run({ ...ask, roles: { em: 1 } as never }, 'tes');
const approval = asked?.type === 'approval.requested' ? asked.gate.id : ('' as never);
const started = company.run({ type: 'thread.start', title: 'T', text: 'x' }, 'tes');
const sent = company.run({ type: 'message.send', to: company.member('ada').id, text: 'x' }, 'tes');
const threadOf = (events: typeof started) =>
  events[0]?.type === 'thread.started' ? events[0].thread.id : ('' as never);
const open = threadOf(started);
const direct = threadOf(sent);
/** A task of tes, that waits to be told something by ada. */
company.run({ type: 'task.create', title: 'Ask', roleId: 'qa_eng' }, 'owner');
const [claimed] = company.run({ type: 'task.claim' }, 'tes');
const asking = claimed?.type === 'task.claimed' ? claimed.taskId : ('' as never);
const lease = { taskId: asking, token: (state.tasks.get(asking)?.lease?.token ?? 0) as never };
company.run({ type: 'task.ask', ...lease, to: company.member('ada').id, question: 'q' }, 'tes');
const department = () => company.department('engineering').id;
const custom = { id: 'guard', title: 'Guard', department: 'qa' };
const all = ['owner', 'hal', 'pam', 'ema', 'vic', 'tes', 'ada'];

/** For each command: who may give it, and who may not. `host` is the program itself. */
const rows: { [Type in CommandType]: [CommandInput & { type: Type }, string[], string[]][] } = {
  'company.create': [[{ type: 'company.create', file: { name: 'X' }, workflows: [] }, ['host'], all]],
  'company.configure': [[{ type: 'company.configure' }, ['owner'], ['host', 'vic', 'pam']]],
  'company.merge_template': [
    [{ type: 'company.merge_template', file: { name: 'X' } }, ['owner'], ['host', 'vic', 'pam']],
  ],
  'company.pause': [[{ type: 'company.pause', reason: 'r' }, ['owner'], ['host', 'vic', 'vee', 'hem']]],
  'company.stop': [[{ type: 'company.stop', reason: 'r' }, ['owner'], ['host', 'vic', 'vee', 'hem']]],
  'company.resume': [[{ type: 'company.resume' }, ['owner'], ['host', 'vic', 'vee', 'hem']]],
  'role.define': [[{ type: 'role.define', role: custom }, ['owner'], ['host', 'vic']]],
  'role.remove': [[{ type: 'role.remove', roleId: role }, ['owner'], ['host', 'vic']]],
  'department.add': [[{ type: 'department.add', name: 'x' }, ['owner'], ['host', 'vic', 'vee']]],
  'department.change': [
    [{ type: 'department.change', departmentId: department(), name: 'x' }, ['owner'], ['host', 'vic']],
  ],
  'department.remove': [
    [{ type: 'department.remove', departmentId: department() }, ['owner'], ['host', 'vic']],
  ],
  'team.add': [
    [{ type: 'team.add', departmentId: department(), name: 'x' }, ['owner', 'vic'], ['host', 'vee', 'ema']],
  ],
  'team.change': [
    [{ type: 'team.change', teamId: team('web'), name: 'x' }, ['owner', 'vic'], ['host', 'vee', 'ema']],
    [
      { type: 'team.change', teamId: team('web'), departmentId: company.department('qa').id },
      ['owner'],
      ['vic'],
    ],
  ],
  'team.remove': [
    [{ type: 'team.remove', teamId: team('core') }, ['owner', 'vee'], ['host', 'vic', 'pam']],
    [{ type: 'team.remove', teamId: 'team_none' as never }, ['owner'], ['vic', 'vee']],
  ],
  // Beyond that, each edit asks for what it asks for alone.
  'org.change': [
    [
      { type: 'org.change', edits: [{ type: 'team.change', teamId: team('web'), name: 'x' }] },
      ['owner', 'vic', 'ada'],
      ['host'],
    ],
  ],
  'member.add': [
    [
      { type: 'member.add', teamId: team('web'), member: { name: 'x', role } },
      ['owner', 'vic'],
      ['host', 'vee'],
    ],
    // Nobody but the owner hires a ceo, or somebody of another department, or outside the teams.
    [{ type: 'member.add', teamId: team('core'), member: { name: 'x', role: 'ceo' } }, ['owner'], ['vee']],
    [
      { type: 'member.add', teamId: team('web'), member: { name: 'x', role: 'pm' } },
      ['owner'],
      ['vic', 'vee'],
    ],
    [
      { type: 'member.add', teamId: team('web'), member: { name: 'x', role, kind: 'human', also: ['ceo'] } },
      ['owner'],
      ['vic'],
    ],
    [{ type: 'member.add', teamId: null, member: { name: 'x', role } }, ['owner'], ['vic']],
  ],
  'member.change': [
    [
      { type: 'member.change', memberId: id('ada'), teamId: team('api') },
      ['owner', 'vic'],
      ['host', 'vee', 'ema'],
    ],
    [{ type: 'member.change', memberId: id('ada'), teamId: team('core') }, ['owner'], ['vic', 'vee']],
    [{ type: 'member.change', memberId: id('ada'), member: { role: 'vp_product' } }, ['owner'], ['vic']],
    // What a member runs and spends, and who is a person, is nobody's but the owner's.
    [{ type: 'member.change', memberId: id('ada'), member: { runner: 'command' } }, ['owner'], ['vic']],
    [{ type: 'member.change', memberId: id('ada'), member: { launcher: 'railway' } }, ['owner'], ['vic']],
    [{ type: 'member.change', memberId: id('ada'), member: { budget: { money: 9 } } }, ['owner'], ['vic']],
    [{ type: 'member.change', memberId: id('vic'), member: { kind: 'human' } }, ['owner'], ['vic']],
    [{ type: 'member.change', memberId: id('owner'), member: { name: 'x' } }, ['owner'], ['vic', 'vee']],
  ],
  'member.remove': [
    [{ type: 'member.remove', memberId: id('dan') }, ['owner', 'vee'], ['host', 'vic', 'pam', 'dan']],
  ],
  // Those who assign work pause the agents of their own department.
  'member.pause': [
    [
      { type: 'member.pause', memberId: id('ada'), reason: 'r' },
      ['owner', 'ema', 'hem', 'vic'],
      ['host', 'ada', 'pam', 'vee', 'tes'],
    ],
    [{ type: 'member.pause', memberId: id('tes'), reason: 'r' }, ['owner'], ['ema', 'vic', 'pam', 'tes']],
  ],
  'member.resume': [
    [
      { type: 'member.resume', memberId: id('ada') },
      ['owner', 'ema', 'hem', 'vic'],
      ['host', 'ada', 'pam', 'tes'],
    ],
  ],
  'workflow.define': [
    [
      { type: 'workflow.define', workflow: { name: 'w', steps: [{ id: 1, title: 'S', role: 'pm' }] } },
      ['owner', 'hev'],
      // Agents may not loosen the gates that bind them.
      ['host', 'ema', 'pam', 'vic', 'vee'],
    ],
  ],
  'workflow.remove': [
    [
      { type: 'workflow.remove', workflowId: 'flow' as never },
      ['owner', 'hev'],
      ['host', 'ema', 'pam', 'vic', 'vee'],
    ],
  ],
  'epic.create': [
    [
      { type: 'epic.create', title: 'X', workflow: 'flow' as never },
      ['owner', 'pam', 'vee', 'ema', 'hal'],
      ['host', 'tes', 'ada', 'dan'],
    ],
    [{ type: 'epic.create', title: 'X', workflow: 'bug' as never }, ['tes', 'pam'], ['host', 'ada', 'dan']],
    [
      { type: 'epic.create', title: 'X', workflow: 'bug' as never, force: true },
      ['owner'],
      ['tes', 'pam', 'vee'],
    ],
  ],
  'epic.revise': [
    [
      { type: 'epic.revise', epicId: epicOf('E'), title: 'X', description: '' },
      ['owner', 'pam', 'hal', 'vee'],
      ['host', 'ema', 'tes'],
    ],
    // Its creator may, with no capability for it.
    [
      { type: 'epic.revise', epicId: epicOf('F'), title: 'X', description: '' },
      ['tes', 'pam'],
      ['ema', 'ada'],
    ],
  ],
  'epic.cancel': [
    [
      { type: 'epic.cancel', epicId: epicOf('F'), reason: 'r' },
      ['owner', 'tes', 'pam'],
      ['host', 'ema', 'ada'],
    ],
  ],
  'task.create': [[{ type: 'task.create', title: 'T' }, ['owner', 'pam', 'ema'], ['host', 'ada', 'tes']]],
  'task.assign': [
    [{ type: 'task.assign', taskId: held.taskId, memberId: null }, ['owner', 'pam', 'ema'], ['host', 'ada']],
  ],
  'task.merge': [
    [
      { type: 'task.merge', taskId: held.taskId, commit, onto: null, head: commit, paths: ['a'] },
      ['host'],
      all,
    ],
  ],
  'task.report_conflict': [
    [{ type: 'task.report_conflict', taskId: held.taskId, commit, onto: null, paths: ['a'] }, ['host'], all],
  ],
  'task.prioritize': [
    [
      { type: 'task.prioritize', taskId: held.taskId, priority: 'LOW' },
      ['owner', 'pam', 'ema'],
      ['host', 'ada'],
    ],
  ],
  'task.cancel': [
    [{ type: 'task.cancel', taskId: held.taskId, reason: 'r' }, ['owner', 'pam', 'ema'], ['host', 'ada']],
  ],
  'task.retry': [[{ type: 'task.retry', taskId: held.taskId }, ['owner', 'pam', 'ema'], ['host', 'ada']]],
  'task.claim': [[{ type: 'task.claim' }, all, ['host']]],
  'task.renew': [[{ type: 'task.renew', ...held }, all, ['host']]],
  'task.complete': [[{ type: 'task.complete', ...held, artifacts: [] }, all, ['host']]],
  'task.answer': [[{ type: 'task.answer', ...held, decision: 'approve' }, all, ['host']]],
  'task.fail': [[{ type: 'task.fail', ...held, reason: 'r' }, all, ['host']]],
  'task.release': [[{ type: 'task.release', ...held, reason: 'r' }, all, ['host']]],
  'task.force_release': [
    [
      { type: 'task.force_release', taskId: held.taskId, reason: 'r' },
      ['owner', 'pam', 'ema'],
      ['host', 'ada'],
    ],
  ],
  'task.reassign': [
    [
      { type: 'task.reassign', taskId: held.taskId, memberId: null, reason: 'r' },
      ['owner', 'pam', 'ema'],
      ['host', 'ada'],
    ],
  ],
  'task.ask': [[{ type: 'task.ask', ...held, to: id('owner'), question: 'q' }, all, ['host']]],
  'task.answer_question': [
    [
      { type: 'task.answer_question', taskId: asking, text: 'a' },
      ['owner', 'hal', 'hem', 'ada'],
      ['host', 'tes', 'ema'],
    ],
  ],
  'task.divide': [[{ type: 'task.divide', ...held, parts: [{ title: 'x' }] }, all, ['host']]],
  'task.await_parts': [[{ type: 'task.await_parts', ...held }, all, ['host']]],
  'task.return_part': [
    [{ type: 'task.return_part', ...held, partId: held.taskId, note: 'n' }, all, ['host']],
  ],
  'member.rest': [[{ type: 'member.rest', reason: 'r', until: 5 as never }, all, ['host']]],
  'gate.sign': [
    [
      { type: 'gate.sign', gateId: 'gate_x' as never, decision: 'approve', artifactHash: hash },
      ['owner', 'hal'],
      ['host', 'pam', 'ema', 'ada'],
    ],
  ],
  'gate.delegate': [
    [
      { type: 'gate.delegate', gateId: 'gate_x' as never, roleId: role, to: null },
      ['owner', 'hal'],
      ['host', 'pam', 'ema', 'ada'],
    ],
  ],
  'gate.set_aside': [
    [
      { type: 'gate.set_aside', gateId: 'gate_x' as never, lasting: 60_000 as never, reason: 'r' },
      ['owner', 'hal'],
      ['host', 'pam', 'ema', 'ada'],
    ],
  ],
  'gate.take_up': [
    [{ type: 'gate.take_up', gateId: 'gate_x' as never }, ['owner', 'hal'], ['host', 'pam', 'ema', 'ada']],
  ],
  'gate.arbitrate': [
    [
      { type: 'gate.arbitrate', gateId: 'gate_x' as never, ruling: 'resume', note: 'n' },
      ['owner'],
      ['host', 'vee', 'vic', 'hal'],
    ],
  ],
  'approval.request': [
    [{ ...ask, roles: { [role]: 1 } as never }, all, ['host']],
    [
      { ...ask, roles: { [role]: 1 } as never, selfApproval: 'allowed' },
      ['owner', 'hal'],
      ['host', 'pam', 'ada'],
    ],
  ],
  'approval.cancel': [
    [{ type: 'approval.cancel', gateId: approval }, ['tes', 'owner'], ['host', 'pam', 'ema', 'hal']],
  ],
  'thread.start': [[{ type: 'thread.start', title: 'T', text: 'x' }, all, ['host']]],
  'message.send': [[{ type: 'message.send', to: company.member('ada').id, text: 'x' }, all, ['host']]],
  'message.post': [
    [{ type: 'message.post', threadId: open, text: 'x' }, all, ['host']],
    [{ type: 'message.post', threadId: direct, text: 'x' }, ['tes', 'ada'], ['host', 'owner', 'ema']],
  ],
  'channel.post': [
    [{ type: 'channel.post', channels: ['file'], title: 'x', text: 'x' }, all, ['host']],
    [
      { type: 'channel.post', channels: null, threadId: direct, text: 'x' },
      ['tes', 'ada'],
      ['host', 'owner', 'ema'],
    ],
  ],
  // Whoever started it, and those who direct the work.
  'thread.wait': [
    [{ type: 'thread.wait', threadId: open }, ['tes', 'owner', 'ema', 'pam'], ['host', 'ada', 'dan']],
    [{ type: 'thread.wait', threadId: direct }, ['tes', 'ada'], ['host', 'owner', 'ema']],
  ],
  'thread.resolve': [
    [{ type: 'thread.resolve', threadId: open }, ['tes', 'owner', 'ema', 'pam'], ['host', 'ada', 'dan']],
    [{ type: 'thread.resolve', threadId: direct }, ['tes', 'ada'], ['host', 'owner', 'ema']],
  ],
  'thread.reopen': [
    [{ type: 'thread.reopen', threadId: open }, all, ['host']],
    [{ type: 'thread.reopen', threadId: direct }, ['tes', 'ada'], ['host', 'owner']],
  ],
  'thread.prioritize': [
    [
      { type: 'thread.prioritize', threadId: open, priority: 'HIGH' },
      ['tes', 'owner', 'ema', 'pam'],
      ['host', 'ada', 'dan'],
    ],
  ],
  'board.mark_read': [
    [{ type: 'board.mark_read' }, all, ['host']],
    [{ type: 'board.mark_read', threadId: direct }, ['tes', 'ada'], ['host', 'owner']],
  ],
  'budget.set': [[{ type: 'budget.set', scope: { kind: 'company' } }, ['owner'], ['host', 'vic', 'pam']]],
  'usage.reserve': [[{ type: 'usage.reserve', ...held, model: 'm', tokens: 1, money: 1 }, all, ['host']]],
  'usage.settle': [
    [{ type: 'usage.settle', reservationId: 'r', tokensIn: 1, tokensOut: 1, money: 1 }, all, ['host']],
  ],
  'task.await_budget': [[{ type: 'task.await_budget', ...held, tokens: 1, money: 1 }, all, ['host']]],
  'worker.start': [
    [
      {
        type: 'worker.start',
        workerId: worker,
        memberId: id('ada'),
        launcher: 'subprocess',
        runner: 'script',
      },
      ['host'],
      all,
    ],
  ],
  'worker.report_ready': [
    [{ type: 'worker.report_ready', workerId: worker, pid: 1 }, ['ada'], ['host', 'owner', 'tes', 'vic']],
  ],
  'worker.beat': [[{ type: 'worker.beat', workerId: worker }, ['ada'], ['host', 'owner', 'tes']]],
  'worker.request': [
    [{ type: 'worker.request', memberId: id('ada') }, ['owner', 'ema', 'vic'], ['host', 'ada', 'pam']],
  ],
  'scaling.set': [
    [{ type: 'scaling.set', rule: { name: 'all', max: 3 } }, ['owner'], ['host', 'vic', 'pam']],
  ],
  'scaling.remove': [[{ type: 'scaling.remove', id: 'all' }, ['owner'], ['host', 'vic', 'pam']]],
  'scaling.apply': [[{ type: 'scaling.apply' }, ['host'], all]],
  'worker.drain': [
    [{ type: 'worker.drain', workerId: worker }, ['host', 'owner', 'ema', 'vic'], ['ada', 'pam']],
  ],
  'worker.pause': [
    [
      { type: 'worker.pause', workerId: worker, reason: 'r' },
      ['owner', 'ema', 'hem', 'vic'],
      ['host', 'ada', 'pam', 'vee', 'tes'],
    ],
  ],
  'worker.resume': [
    [
      { type: 'worker.resume', workerId: worker },
      ['owner', 'ema', 'hem', 'vic'],
      ['host', 'ada', 'pam', 'tes'],
    ],
    [{ type: 'worker.resume', workerId: 'worker_none' }, all, ['host']],
  ],
  'worker.end': [
    [
      { type: 'worker.end', workerId: worker, outcome: 'stopped', reason: 'r' },
      ['host', 'owner', 'ema', 'hem', 'vic'],
      ['ada', 'pam', 'vee', 'tes'],
    ],
  ],
  'lock.acquire': [[{ type: 'lock.acquire', scope: 'a', intent: 'i' }, all, ['host']]],
  'lock.renew': [[{ type: 'lock.renew', ...lock }, all, ['host']]],
  'lock.release': [[{ type: 'lock.release', ...lock }, all, ['host']]],
  'lock.force_release': [
    [
      { type: 'lock.force_release', lockId: lock.lockId, reason: 'r' },
      ['owner', 'hem'],
      ['host', 'ema', 'vic', 'hal', 'ada'],
    ],
  ],
  'session.end': [[{ type: 'session.end', sessionId: 'session_x' as never }, ['host'], all]],
  'session.open': [
    [{ type: 'session.open', memberId: id('ada'), client: 'c', pid: 1 }, ['owner'], ['host', 'vic', 'ada']],
  ],
  'decision.log': [[{ type: 'decision.log', kind: 'k', context: 'c', reason: 'r' }, all, ['host']]],
  'host.join': [[{ type: 'host.join', name: 'desk' }, ['host'], all]],
  'host.leave': [[{ type: 'host.leave' }, ['host'], all]],
  'host.lose': [[{ type: 'host.lose', hostId: 'host_a', unseenSince: 0 }, ['host'], all]],
  'host.report_cut_off': [[{ type: 'host.report_cut_off' }, ['host'], all]],
  'host.report_back': [[{ type: 'host.report_back' }, ['host'], all]],
  'conflict.record': [
    [
      {
        type: 'conflict.record',
        conflict: {
          actor: { kind: 'host' },
          command: { type: 'tick' },
          events: [],
          refusal: { code: 'WRONG_STATE', message: 'too late' },
          decidedAt: 0,
        },
      },
      ['host'],
      all,
    ],
  ],
  'conflict.reapply': [
    [{ type: 'conflict.reapply', conflictId: 'conflict_a' }, ['owner'], ['host', 'hem', 'vic', 'ada']],
  ],
  'conflict.drop': [
    [
      { type: 'conflict.drop', conflictId: 'conflict_a', reason: 'r' },
      ['owner'],
      ['host', 'hem', 'vic', 'ada'],
    ],
  ],
  tick: [[{ type: 'tick' }, ['host'], all]],
};

const actorOf = (name: string): Actor =>
  name === 'host' ? { kind: 'host' } : { kind: 'member', memberId: id(name) };

describe('authorize', () => {
  const cases = Object.entries(rows).flatMap(([type, each]) =>
    each.map((row, n) => [`${type}${n > 0 ? ` (${n + 1})` : ''}`, ...row] as const),
  );

  it.each(cases)('%s', (_type, input, allowed, refused) => {
    const command = commandSchema.parse(input);
    for (const name of allowed) {
      expect(() => authorize(state, command, actorOf(name)), `${name} may`).not.toThrow();
    }
    for (const name of refused) {
      expect(() => authorize(state, command, actorOf(name)), `${name} may not`).toThrow(
        expect.objectContaining({ code: 'FORBIDDEN' }),
      );
    }
  });

  it('has a row here, with somebody allowed and somebody refused, for every command', () => {
    const types = commandSchema.options.map((option) => option.shape.type.value);
    expect(Object.keys(rows).sort()).toEqual([...types].sort());
    expect(Object.keys(authorizationRules).sort()).toEqual([...types].sort());
    for (const each of Object.values(rows)) {
      expect(each.every(([, allowed, refused]) => allowed.length > 0 && refused.length > 0)).toBe(true);
    }
  });

  it('names the capability and who holds it', () => {
    const command = commandSchema.parse({ type: 'workflow.remove', workflowId: 'flow' });
    expect(() => authorize(state, command, actorOf('ada'))).toThrow(
      expect.objectContaining({
        code: 'FORBIDDEN',
        message:
          'ada may not remove a workflow: it needs `set_technical_standards` or `approve_roadmap`, held by hev, owner, vee, vic; ask one of them',
        details: {
          command: 'workflow.remove',
          capabilities: ['set_technical_standards', 'approve_roadmap'],
          holders: ['hev', 'owner', 'vee', 'vic'],
        },
      }),
    );
  });

  it('refuses a member who is no more, and everything before there is a company', () => {
    const gone: Actor = { kind: 'member', memberId: 'member_gone' as MemberId };
    const claim = commandSchema.parse({ type: 'task.claim' });
    expect(() => authorize(state, claim, gone)).toThrow(expect.objectContaining({ code: 'SESSION_INVALID' }));
    expect(() => authorize(emptyState(), claim, gone)).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
    const create = commandSchema.parse({ type: 'company.create', file: { name: 'X' }, workflows: [] });
    expect(() => authorize(emptyState(), create, { kind: 'host' })).not.toThrow();
  });
});
