import { describe, expect, it } from 'vitest';
import type { Capability, RoleId, WorkerId } from '../../../src/core/ids.ts';
import { agentState, bestAgent, isHung } from '../../../src/core/org/availability.ts';
import { addMs, minutes, ms } from '../../../src/core/units.ts';
import type { TestCompany } from '../company.ts';
import { companyOf, found } from '../company.ts';

const workerOf = (name: string) => `worker_${name}` as WorkerId;

function start(company: TestCompany, name: string): void {
  const memberId = company.member(name).id;
  company.run({
    type: 'worker.start',
    workerId: workerOf(name),
    memberId,
    launcher: 'subprocess',
    runner: 'script',
  });
}

function online(company: TestCompany, ...names: string[]): void {
  for (const name of names) {
    start(company, name);
    company.run({ type: 'worker.report_ready', workerId: workerOf(name), pid: 1 }, name);
  }
}

/** Gives the agent a task that nobody else may take. */
function busy(company: TestCompany, name: string): void {
  const assigneeId = company.member(name).id;
  company.run({ type: 'task.create', title: 'T', assigneeId }, 'owner');
  company.run({ type: 'task.claim', workerId: workerOf(name) }, name);
}

const stateOf = (company: TestCompany, name: string) =>
  agentState(company.state, company.member(name), company.now);

describe('the state of an agent', () => {
  it.each<[string, (company: TestCompany) => void, string]>([
    ['offline', () => {}, 'no process'],
    ['blocked', (c) => start(c, 'ada'), 'a process that still starts'],
    ['available', (c) => online(c, 'ada'), 'a ready process'],
    [
      'working',
      (c) => {
        online(c, 'ada');
        busy(c, 'ada');
      },
      'as many tasks as it may hold',
    ],
    [
      'blocked',
      (c) => {
        online(c, 'ada');
        c.run({ type: 'worker.drain', workerId: workerOf('ada') });
      },
      'a process that drains',
    ],
    [
      'blocked',
      (c) => {
        online(c, 'ada');
        c.now = addMs(c.now, minutes(5));
      },
      'a process that was silent for too long',
    ],
    [
      'offline',
      (c) => {
        online(c, 'ada');
        c.run({ type: 'worker.end', workerId: workerOf('ada'), outcome: 'stopped', reason: 'idle' });
      },
      'a process that ended',
    ],
  ])('is %s with %3$s', (expected, arrange) => {
    const company = companyOf({ ada: 'engineer' });
    arrange(company);
    expect(stateOf(company, 'ada')).toBe(expected);
  });

  it('stays available until the limit of tasks', () => {
    const company = companyOf({ ada: 'engineer' });
    company.run(
      { type: 'member.change', memberId: company.member('ada').id, member: { max_concurrent: 2 } },
      'owner',
    );
    online(company, 'ada');
    busy(company, 'ada');
    expect(stateOf(company, 'ada')).toBe('available');
    busy(company, 'ada');
    expect(stateOf(company, 'ada')).toBe('working');
  });

  it('is hung exactly when the policy says so, and not when it beats', () => {
    const company = found({
      name: 'X',
      policy: { hung_after: '60s' },
      departments: [{ name: 'd', teams: [{ name: 't', members: [{ name: 'ada', role: 'engineer' }] }] }],
    });
    const hung = () => isHung(company.state, company.member('ada'), company.now);
    expect(hung()).toBe(false);
    online(company, 'ada');
    company.now = addMs(company.now, ms(59_999));
    expect(hung()).toBe(false);
    company.now = addMs(company.now, ms(1));
    expect(hung()).toBe(true);
    company.run({ type: 'worker.beat', workerId: workerOf('ada') }, 'ada');
    expect(hung()).toBe(false);
  });
});

describe('the best agent', () => {
  const team = {
    vic: 'vp_eng',
    ema: 'em',
    sid: 'senior_eng',
    bea: 'engineer',
    ada: 'engineer',
    hal: 'engineer!',
  };
  const engineer = { roleId: 'engineer' as RoleId };
  const nameOf = (company: TestCompany, need: Parameters<typeof bestAgent>[1]) =>
    bestAgent(company.state, need, company.now)?.name ?? null;

  it.each<[string, string[], string[], Parameters<typeof bestAgent>[1], string | null]>([
    ['the least senior', ['vic', 'ema', 'sid'], [], engineer, 'sid'],
    ['of equals by name', ['bea', 'ada'], [], engineer, 'ada'],
    ['nobody who is at the limit', ['ada', 'bea'], ['ada'], engineer, 'bea'],
    ['a senior rather than nobody', ['ada', 'ema'], ['ada'], engineer, 'ema'],
    ['nobody who is offline', [], [], engineer, null],
    ['nobody without the role', ['ada'], [], { roleId: 'em' as RoleId }, null],
    [
      'the one nearest to a capability',
      ['vic', 'ema', 'sid'],
      [],
      { capability: 'approve_merge' as Capability },
      'sid',
    ],
    ['nobody without the capability', ['ada'], [], { capability: 'approve_merge' as Capability }, null],
    [
      'one who fits both',
      ['ada', 'sid', 'ema'],
      [],
      { ...engineer, capability: 'approve_merge' as Capability },
      'sid',
    ],
  ])('is %s', (_rule, present, atWork, need, expected) => {
    const company = companyOf(team);
    online(company, ...present);
    for (const name of atWork) busy(company, name);
    expect(nameOf(company, need)).toBe(expected);
  });

  it('is the one with the fewest tasks among equals', () => {
    const company = companyOf(team);
    company.run(
      { type: 'member.change', memberId: company.member('ada').id, member: { max_concurrent: 3 } },
      'owner',
    );
    online(company, 'ada', 'bea');
    busy(company, 'ada');
    expect(nameOf(company, engineer)).toBe('bea');
  });
});
