/** A gate at the terminal: what its reader is told to type, and when its time runs out. */
import { describe, expect, it } from 'vitest';
import type { GateDocument } from '../../../src/cli/documents/gate-document.ts';
import { gateText, gateTextWithHint } from '../../../src/cli/output/gate-text.ts';

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
  needsHuman: false,
  slots: [{ role: 'em', signOff: null, entitled: ['ada'], escalatedTo: null }],
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

describe('the hint below a gate', () => {
  const linesFor = (name: string, company = '', gate = approval) =>
    gateTextWithHint(gate, { name, company }, plain).split('\n');

  it('says how to sign to whoever can', () => {
    expect(linesFor('ada').at(-1)).toBe(
      '  agentcoord approve gate_7k2m9q4xw0   or   agentcoord reject gate_7k2m9q4xw0 --note "why"',
    );
  });

  it('says how to take it back to whoever asked for it and can not sign', () => {
    expect(linesFor('owner').at(-1)).toBe('  agentcoord approvals cancel gate_7k2m9q4xw0   takes it back');
  });

  it('leads to the same company', () => {
    expect(linesFor('ada', ' --company Beta').at(-1)).toBe(
      '  agentcoord approve gate_7k2m9q4xw0 --company Beta   or   agentcoord reject gate_7k2m9q4xw0 --note "why" --company Beta',
    );
  });

  it.each([
    ['to anybody else', 'pia', approval],
    ['when it is decided', 'ada', { ...approval, state: 'open' } as const],
  ])('is left out %s', (_what, name, gate) => {
    expect(linesFor(name, '', gate).join('\n')).not.toContain('agentcoord');
  });
});

it.each([
  ['reject', 'then it is rejected'],
  ['escalate', 'then the next role up is asked'],
] as const)('tells when its time runs out, and that it will %s', (onTimeout, words) => {
  const deadline = new Date(Date.now() + 10 * 60_000).toISOString();
  const text = gateTextWithHint({ ...approval, deadline, onTimeout }, { name: 'ada', company: '' }, plain);
  expect(text).toContain(`  its time runs out in 10 min: ${words}`);
});
