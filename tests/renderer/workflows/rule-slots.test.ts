/** Who could sign the slots of a gate, and which are left empty, in companies of a few members. */
import { expect, it } from 'vitest';
import type { WorkflowName } from '../../../src/core/ids.ts';
import { slotsOfGates } from '../../../src/renderer/features/workflows/rule-slots.ts';
import { companyOf } from '../../core/company.ts';

it.each([
  [
    'whoever holds the role, then who may in its place',
    { ema: 'em', vic: 'vp_eng' },
    { em: 1 },
    {},
    [['em', ['ema', 'owner', 'vic'], 0]],
  ],
  ['as many as there are members', { ema: 'em' }, { em: 4 }, {}, [['em', ['ema', 'owner'], 2]]],
  [
    'the later slots when one member can’t fill two',
    { quin: 'qa_lead' },
    { qa_lead: 2, pm: 1 },
    {},
    [
      ['qa_lead', ['quin', 'owner'], 0],
      ['pm', ['owner'], 1],
    ],
  ],
  [
    'no slot when a member may fill several',
    { quin: 'qa_lead' },
    { qa_lead: 2, pm: 1 },
    { distinct: false },
    [
      ['qa_lead', ['quin', 'owner'], 0],
      ['pm', ['owner'], 0],
    ],
  ],
] as const)('leaves empty: %s', (_rule, members, requires, more, expected) => {
  const gate = { name: 'g', position: 'after', requires, ...more };
  const steps = [{ id: 1, title: 'Work', role: 'engineer', gates: [gate] }];
  const { state } = companyOf(members, {}, [{ name: 'flow', steps } as never]);
  const workflow = state.workflows.get('flow' as WorkflowName);
  const slots = workflow && slotsOfGates(state, workflow).get('g');
  expect(slots?.map(({ roleId, names, unfilled }) => [roleId, names, unfilled])).toEqual(expected);
});
