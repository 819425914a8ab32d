/** Workflows that together use every rule of a gate: both positions, several roles, people, time-outs, fan-out and fan-in. */
import type { WorkflowFileInput } from '../companies.ts';

export const trickyWorkflows: readonly WorkflowFileInput[] = [
  {
    name: 'reviewed',
    steps: [
      {
        id: 'plan',
        title: 'Plan',
        role: 'pm',
        gates: [
          { name: 'brief', position: 'before', requires: { vp_product: 1 } },
          { name: 'plan_review', position: 'after', requires: { em: 1, pm: 1 } },
        ],
      },
      {
        id: 'build',
        title: 'Build',
        role: 'engineer',
        depends_on: ['plan'],
        complexity: 3,
        gates: [
          { name: 'two_eyes', position: 'after', requires: { senior_eng: 2 } },
          { name: 'code_review', position: 'after', requires: { em: 1 } },
        ],
      },
      {
        id: 'test',
        title: 'Test',
        role: 'qa_eng',
        depends_on: ['build'],
        gates: [
          {
            name: 'qa_in_time',
            position: 'after',
            requires: { qa_lead: 1 },
            timeout: '1h',
            on_timeout: 'escalate',
          },
        ],
      },
    ],
  },
  {
    name: 'fanned',
    priority: 'URGENT',
    steps: [
      { id: 1, title: 'Kick off', role: 'pm' },
      { id: 2, title: 'Write code', role: 'engineer', depends_on: [1] },
      {
        id: 3,
        title: 'Write words',
        role: 'content',
        depends_on: [1],
        requires_capabilities: ['manage_blog'],
      },
      {
        id: 4,
        title: 'Ship',
        role: 'sre',
        depends_on: [2, 3],
        gates: [
          {
            name: 'readiness',
            position: 'before',
            requires: { pm: 1, qa_lead: 1, em: 1 },
            human_required: true,
            timeout: '2h',
            on_timeout: 'reject',
          },
          {
            name: 'afterwards',
            position: 'after',
            requires: { vp_eng: 1, em: 1 },
            distinct: false,
            self_approval: 'allowed',
          },
        ],
      },
    ],
  },
  {
    name: 'shared_plan',
    steps: [
      { id: 1, title: 'Plan', role: 'pm' },
      {
        id: 2,
        title: 'Build',
        role: 'engineer',
        depends_on: [1],
        gates: [{ name: 'may_build', position: 'before', requires: { em: 1 } }],
      },
      {
        id: 3,
        title: 'Words',
        role: 'content',
        depends_on: [1],
        gates: [{ name: 'may_write', position: 'before', requires: { vp_marketing: 1 } }],
      },
    ],
  },
];
