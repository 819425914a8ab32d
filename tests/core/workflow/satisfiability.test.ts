import { describe, expect, it } from 'vitest';
import type { RoleId, WorkflowName } from '../../../src/core/ids.ts';
import type { Finding } from '../../../src/core/workflow/finding.ts';
import { findingText } from '../../../src/core/workflow/finding.ts';
import { checkSatisfiability } from '../../../src/core/workflow/satisfiability.ts';
import type { TestCompany } from '../company.ts';
import { companyOf } from '../company.ts';

type Members = Readonly<Record<string, string>>;

const gate = (requires: object, more: object = {}) => ({ name: 'g', position: 'after', requires, ...more });
const work = (gates: object[], more: object = {}) => [
  { id: 1, title: 'Work', role: 'engineer', gates, ...more },
];

function flow(
  members: Members,
  steps: object[],
  roles: { id: string; title: string; department: string }[] = [],
) {
  return companyOf(members, { roles }, [{ name: 'flow', steps } as never]);
}

function check(company: TestCompany) {
  const workflow = company.state.workflows.get('flow' as WorkflowName);
  if (!workflow) throw new Error('no workflow');
  return checkSatisfiability(company.state, workflow);
}

const brief = ({ severity, kind, repairs }: Finding) => [
  severity,
  kind,
  repairs.map(({ text: _text, ...repair }) => repair),
];

describe('checkSatisfiability', () => {
  it.each<[string, Members, object[], unknown[]]>([
    ['nothing is missing', { ada: 'engineer', ema: 'em' }, work([gate({ em: 1 })]), []],
    ['a senior takes the step', { ema: 'em', vic: 'vp_eng' }, work([gate({ em: 1 })]), []],
    ['a human takes the step', { hal: 'engineer!', ema: 'em' }, work([gate({ em: 1 })]), []],
    [
      'nobody takes the step: the owner is not counted',
      { ema: 'pm' },
      work([]),
      [['error', 'no-taker', [{ kind: 'add-member', roleId: 'engineer', count: 1 }]]],
    ],
    [
      'nobody has the capability',
      { ada: 'engineer' },
      work([], { requires_capabilities: ['approve_merge'] }),
      [
        [
          'error',
          'no-taker',
          [{ kind: 'grant-capability', roleId: 'engineer', capability: 'approve_merge' }],
        ],
      ],
    ],
    [
      'a senior has the capability',
      { sid: 'senior_eng' },
      work([], { requires_capabilities: ['approve_merge'] }),
      [],
    ],
    [
      'only the owner can sign',
      { ada: 'engineer' },
      work([gate({ em: 1 })]),
      [['note', 'only-the-owner', [{ kind: 'add-member', roleId: 'em', count: 1 }]]],
    ],
    [
      'too few for one role',
      { ada: 'engineer', ema: 'em' },
      work([gate({ em: 3 })]),
      [['error', 'too-few-members', [{ kind: 'add-member', roleId: 'em', count: 1 }]]],
    ],
    [
      'too few for two roles together',
      { ada: 'engineer' },
      work([gate({ em: 1, qa_lead: 1 })]),
      [
        [
          'error',
          'too-few-members',
          [
            { kind: 'add-member', roleId: 'qa_lead', count: 1 },
            { kind: 'add-member', roleId: 'em', count: 1 },
          ],
        ],
      ],
    ],
    [
      'the owner signs twice where members need not be distinct',
      { ada: 'engineer' },
      work([gate({ em: 1, qa_lead: 1 }, { distinct: false })]),
      [
        ['note', 'only-the-owner', [{ kind: 'add-member', roleId: 'em', count: 1 }]],
        ['note', 'only-the-owner', [{ kind: 'add-member', roleId: 'qa_lead', count: 1 }]],
      ],
    ],
    [
      'whoever does it must sign it',
      { ema: 'em' },
      work([gate({ em: 2 })]),
      [
        [
          'error',
          'sole-approver-is-author',
          [
            { kind: 'add-member', roleId: 'em', count: 1 },
            { kind: 'allow-self-approval', gate: 'g' },
          ],
        ],
      ],
    ],
    ['the same with self-approval', { ema: 'em' }, work([gate({ em: 2 }, { self_approval: 'allowed' })]), []],
    [
      'one of those who could do it must not',
      { ema: 'em', ada: 'engineer' },
      work([gate({ em: 2 })]),
      [['note', 'not-by-every-author', []]],
    ],
    [
      'a human is there: the owner',
      { ada: 'engineer', ema: 'em' },
      work([gate({ em: 1 }, { human_required: true })]),
      [],
    ],
    [
      'before a step, whoever did what it depends on stands aside',
      { ema: 'em', ada: 'pm' },
      [
        { id: 1, title: 'A', role: 'em' },
        { id: 2, title: 'B', role: 'pm', depends_on: [1], gates: [gate({ em: 2 }, { position: 'before' })] },
      ],
      [
        [
          'error',
          'sole-approver-is-author',
          [
            { kind: 'add-member', roleId: 'em', count: 1 },
            { kind: 'allow-self-approval', gate: 'g' },
          ],
        ],
      ],
    ],
    [
      'before a step, two dependencies share one author',
      { ema: 'em', eva: 'em', pam: 'pm' },
      [
        { id: 1, title: 'A', role: 'em' },
        { id: 2, title: 'B', role: 'em' },
        {
          id: 3,
          title: 'C',
          role: 'pm',
          depends_on: [1, 2],
          gates: [gate({ em: 2 }, { position: 'before' })],
        },
      ],
      [['note', 'not-by-every-author', []]],
    ],
    [
      'before the first step there is no author',
      { ema: 'em' },
      [{ id: 1, title: 'A', role: 'em', gates: [gate({ em: 2 }, { position: 'before' })] }],
      [],
    ],
  ])('%s', (_case, members, steps, expected) => {
    const report = check(flow(members, steps));
    expect(report.findings.map(brief)).toEqual(expected);
    expect(report.finishable).toBe(!report.findings.some(({ severity }) => severity === 'error'));
  });

  it('says it in words, with the place and the repair', () => {
    const { findings } = check(
      flow({ ema: 'em' }, [...work([gate({ em: 3 })]), { id: 2, title: 'Ship', role: 'sre' }]),
    );
    expect(findings.map((finding) => [finding.stepId, finding.gate, findingText(finding)])).toEqual([
      [
        '1',
        'g',
        'Nobody can open gate g: it needs 3 distinct members to sign as em, and there are 2 - add a member with the role em',
      ],
      [
        '2',
        null,
        'Nobody can take step 2 (Ship): no member is sre, or has a role that inherits it - add a member with the role sre',
      ],
    ]);
  });

  it('asks for a human when all who may sign are agents', () => {
    // A company always has its owner, so this one's owner is busy with the other slot, and one member fills one.
    const company = flow(
      { ada: 'engineer', ema: 'em' },
      work([gate({ em: 1, pm: 1 }, { human_required: true })]),
    );
    expect(check(company).finishable).toBe(true);
    company.state.members.put({ ...company.member('owner'), kind: 'agent' });
    expect(check(company).findings.map(brief)).toEqual([
      [
        'error',
        'no-human',
        [
          { kind: 'add-human', roleId: 'em' },
          { kind: 'add-human', roleId: 'pm' },
        ],
      ],
    ]);
  });

  it('reports roles that the company does not have, in a workflow that it does not have either', () => {
    const { state } = flow({ ada: 'engineer' }, work([gate({ em: 1 })]));
    const known = state.workflows.get('flow' as WorkflowName);
    if (!known) throw new Error('no workflow');
    const ghost = 'ghost' as RoleId;
    const asking = (count: number) => ({
      ...known,
      steps: known.steps.map((step) => ({
        ...step,
        roleId: ghost,
        gates: step.gates.map((rule) => ({ ...rule, requires: [{ roleId: ghost, count }] })),
      })),
    });
    const define = [{ kind: 'define-role', roleId: 'ghost' }];
    expect(checkSatisfiability(state, asking(2)).findings.map(brief)).toEqual([
      ['error', 'missing-role', define],
      ['error', 'too-few-members', define],
    ]);
    expect(checkSatisfiability(state, asking(1)).findings.map(brief)).toEqual([
      ['error', 'missing-role', define],
      ['note', 'only-the-owner', define],
    ]);
  });

  it('bears a gate after many dependencies that many could do', () => {
    const members = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`em${n}`, 'em']));
    const steps = Array.from({ length: 40 }, (_, n) => ({ id: n, title: 'S', role: 'em' }));
    const last = {
      id: 'last',
      title: 'L',
      role: 'em',
      depends_on: steps.map(({ id }) => id),
      gates: [gate({ em: 3 }, { position: 'before' })],
    };
    expect(check(flow(members, [...steps, last])).finishable).toBe(true);
  });
});
