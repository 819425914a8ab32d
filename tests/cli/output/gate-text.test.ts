/** A gate at the terminal: what its reader is told to type, and when its time runs out. */
import { describe, expect, it } from 'vitest';
import type { GateDocument } from '../../../src/cli/documents/gate-document.ts';
import { gateText, gateTextWithHint } from '../../../src/cli/output/gate-text.ts';
import { gateView } from '../../../src/coordinator/queries/gates.ts';
import type { EpicId, MemberId } from '../../../src/core/ids.ts';
import { company } from '../../core/companies.ts';
import type { World } from '../../core/kit.ts';

const plain = (_meaning: string, text: string) => text;

const approval: GateDocument = {
  id: 'gate_7k2m9q4xw0',
  name: 'Raise prices',
  state: 'waiting',
  epic: null,
  step: null,
  requestedBy: 'owner',
  position: 'after',
  artifactSha256: null,
  artifacts: [],
  checks: [],
  needsHuman: false,
  slots: [{ role: 'em', signOff: null, entitled: ['ada'], escalatedTo: null, delegation: null }],
  setAside: [],
  waitingSince: null,
  deadline: null,
  onTimeout: null,
  refusal: null,
};

it.each([
  ['waiting', 'Raise prices waiting for 2 min gate_'],
  ['vetoed', 'Raise prices vetoed for 2 min gate_'],
  ['open', 'Raise prices open gate_'],
] as const)('tells of a gate that is %s how long it has waited, while it waits', (state, head) => {
  const waitingSince = new Date(Date.now() - 150_000).toISOString();
  expect(gateText({ ...approval, state, waitingSince }, plain)).toContain(head);
});

it('shows what passed on what is signed, and where, and nothing that redraws the screen', () => {
  const commit = 'c0ffee'.padEnd(40, '0');
  const checks = [
    { command: 'npm test', exitCode: 0, tookMs: 120_000, commit },
    { command: 'true \u001b[2Jx', exitCode: 0, tookMs: 12, commit: null },
  ] as unknown as GateDocument['checks'];
  const lines = gateText({ ...approval, checks }, plain).split('\n');
  expect(lines).toContainEqual(expect.stringMatching(/^ +✓ npm test exit code 0, 2 min at c0ffee000000$/));
  expect(lines).toContainEqual(expect.stringMatching(/^ +✓ true .*x exit code 0, 12 ms$/));
  expect(lines.join('\n')).not.toContain('\u001b');
});

describe('the hint below a gate', () => {
  /** An approval that petra asked the managers for, told to a member, whose name may come of what happens first. */
  const linesFor = (reader: string | ((world: World) => string), also = '') => {
    const world = company();
    world.do('petra', { type: 'approval.request', title: 'Raise prices', context: 'v2', roles: { em: 1 } });
    const { id } = world.member(typeof reader === 'string' ? reader : reader(world));
    const names = {
      member: (memberId: MemberId) => world.state.members.get(memberId)?.name ?? memberId,
      epic: (epicId: EpicId) => ({ id: epicId, title: epicId }),
    };
    const gate = world.gate('Raise prices');
    return {
      id: gate.id,
      lines: gateTextWithHint(gateView(world.state, gate), { id, names, company: also }, plain).split('\n'),
    };
  };

  it('says how to sign to whoever can', () => {
    const { id, lines } = linesFor('owner');
    expect(lines.at(-1)).toBe(`  agentcoord approve ${id}   or   agentcoord reject ${id} --note "why"`);
    expect(lines.at(-2)).toMatch(/^ {2}agentcoord artifact show [0-9a-f]{12} {3}prints \S+$/);
  });

  it('says how to take it back to whoever asked for it and can not sign', () => {
    const { id, lines } = linesFor('petra');
    expect(lines.at(-1)).toBe(`  agentcoord approvals cancel ${id}   takes it back`);
  });

  it('leads to the same company', () => {
    const { id, lines } = linesFor('owner', ' --company Beta');
    expect(lines.at(-1)).toBe(
      `  agentcoord approve ${id} --company Beta   or   agentcoord reject ${id} --note "why" --company Beta`,
    );
  });

  it.each([
    ['to anybody else', () => 'ann'],
    [
      'when it is decided',
      (world: World) => {
        world.sign('owner', 'Raise prices');
        return 'owner';
      },
    ],
    [
      'to one whose name is the id of somebody who asked and has left',
      (world: World) => {
        const { id } = world.member('petra');
        world.do('owner', { type: 'member.remove', memberId: id });
        world.do('owner', { type: 'member.add', teamId: null, member: { name: id, role: 'pm' } });
        return id;
      },
    ],
  ])('is left out %s', (_what, reader) => {
    expect(linesFor(reader).lines.join('\n')).not.toContain('agentcoord');
  });
});

it.each([
  ['reject', 'then it is rejected'],
  ['escalate', 'then the next role up is asked'],
] as const)('tells when its time runs out, and that it will %s', (onTimeout, words) => {
  const deadline = new Date(Date.now() + 10 * 60_000).toISOString();
  const text = gateText({ ...approval, deadline, onTimeout }, plain);
  expect(text).toContain(`  its time runs out in 10 min: ${words}`);
});
