/** What the repair buttons of the satisfiability check do, tried on the company that lacks it. */
import { expect, it } from 'vitest';
import type { MemberId, WorkflowName } from '../../src/core/ids.ts';
import { tryEdits } from '../../src/core/org/chart/try-edits.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { addHuman } from '../../src/core/workflow/repair.ts';
import { checkSatisfiability } from '../../src/core/workflow/satisfiability.ts';
import type { Workflow } from '../../src/core/workflow/workflow.ts';
import { repairEdits } from '../../src/renderer/company/repair-edits.ts';
import { companyOf } from '../core/company.ts';

const gate = (requires: object, more: object = {}) => ({ name: 'g', position: 'after', requires, ...more });
const step = (role: string, more: object = {}) => ({ id: 1, title: 'Work', role, ...more });

it.each([
  ['add-member', { ada: 'pm' }, step('engineer')],
  ['add-member', { sre: 'pm', sre_2: 'pm' }, step('sre')],
  [
    'grant-capability',
    { ada: 'engineer' },
    step('engineer', { requires_capabilities: ['approve_merge', 'approve_budget'] }),
  ],
  ['allow-self-approval', { ada: 'sre' }, step('sre', { gates: [gate({ sre: 2 })] })],
] as const)('repairs by %s what %o lack', (kind, members, flow) => {
  const { state } = companyOf(members, {}, [{ name: 'flow', steps: [flow] } as never]);
  const workflow = () => state.workflows.get('flow' as WorkflowName) as Workflow;
  const [finding] = checkSatisfiability(state, workflow()).findings;
  const repair = finding?.repairs.find((one) => one.kind === kind);
  if (!finding || !repair) throw new Error(`no ${kind} is offered: ${JSON.stringify(finding)}`);
  const owner = state.company?.ownerId as MemberId;
  tryEdits(state, repairEdits(state, workflow(), finding, repair), owner, 0 as EpochMs);
  expect(checkSatisfiability(state, workflow()).finishable).toBe(true);
});

it('defines a role that a drawn workflow names and the company does not know', () => {
  const { state } = companyOf({ ada: 'engineer' }, {}, [
    { name: 'flow', steps: [step('engineer')] } as never,
  ]);
  const before = state.workflows.get('flow' as WorkflowName) as Workflow;
  const drawn = { ...before, steps: before.steps.map((one) => ({ ...one, roleId: 'captain' as never })) };
  const [finding] = checkSatisfiability(state, drawn).findings;
  const [repair] = finding?.repairs ?? [];
  if (!finding || repair?.kind !== 'define-role') throw new Error('no role is offered');
  tryEdits(
    state,
    repairEdits(state, drawn, finding, repair),
    state.company?.ownerId as MemberId,
    0 as EpochMs,
  );
  expect(checkSatisfiability(state, drawn).findings).toEqual([]);
});

it('adds a person where a person has to sign, under a name that is free', () => {
  const { state } = companyOf({ engineer: 'engineer' }, {}, [
    { name: 'flow', steps: [step('engineer')] } as never,
  ]);
  const workflow = state.workflows.get('flow' as WorkflowName) as Workflow;
  const repair = addHuman('engineer' as never);
  const finding = {
    severity: 'error',
    kind: 'no-human',
    stepId: '1' as never,
    gate: 'g',
    message: '',
    repairs: [repair],
  } as const;
  expect(repairEdits(state, workflow, finding, repair)).toEqual([
    { type: 'member.add', teamId: null, member: { name: 'engineer_2', role: 'engineer', kind: 'human' } },
  ]);
});
