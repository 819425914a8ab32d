import { describe, expect, it } from 'vitest';
import type { CommandInput } from '../../../src/core/command.ts';
import type { WorkflowName } from '../../../src/core/ids.ts';
import { companyOf } from '../company.ts';

type WorkflowInput = Extract<CommandInput, { type: 'workflow.define' }>['workflow'];

const define = (steps: object[], more: object = {}): CommandInput => ({
  type: 'workflow.define',
  workflow: { name: 'flow', steps, ...more } as WorkflowInput,
});
const step = (id: number, more: object = {}) => ({ id, title: `Step ${id}`, role: 'em', ...more });
const gate = (name: string, requires: object = { em: 1 }) => ({ name, position: 'after', requires });

describe('workflow.define', () => {
  it('keeps the workflow with its defaults filled in', () => {
    const company = companyOf({});
    company.run(
      define([step(1, { gates: [{ ...gate('g'), timeout: '1h' }] }), step(2, { depends_on: [1] })]),
      'owner',
    );
    expect(company.state.workflows.get('flow' as WorkflowName)).toEqual({
      id: 'flow',
      version: 1,
      priority: 'NORMAL',
      steps: [
        {
          id: '1',
          title: 'Step 1',
          roleId: 'em',
          dependsOn: [],
          complexity: 1,
          requiresCapabilities: [],
          checks: [],
          gates: [
            {
              name: 'g',
              position: 'after',
              requires: [{ roleId: 'em', count: 1 }],
              humanRequired: false,
              selfApproval: 'forbidden',
              distinct: true,
              timeout: 3_600_000,
              onTimeout: 'escalate',
            },
          ],
        },
        expect.objectContaining({ id: '2', dependsOn: ['1'], gates: [] }),
      ],
    });
  });

  it.each<[string, object[], string]>([
    [
      'a cycle',
      [step(1, { depends_on: [3] }), step(2, { depends_on: [1] }), step(3, { depends_on: [2] })],
      '`1` → `3` → `2` → `1`',
    ],
    ['a step that waits for itself', [step(1, { depends_on: [1] })], '`1` → `1`'],
    ['an unknown dependency', [step(1, { depends_on: [7] })], 'no step `7`'],
    ['a dependency twice', [step(1), step(2, { depends_on: [1, 1] })], 'a second dependency `1`'],
    ['two steps of an id', [step(1), step(1)], 'a second step `1`'],
    [
      'two gates of a name',
      [step(1, { gates: [gate('g')] }), step(2, { gates: [gate('g')] })],
      'a second gate `g`',
    ],
    ['an unknown role', [step(1, { role: 'qa_led' })], 'did you mean `qa_lead`?'],
    ['an unknown role at a gate', [step(1, { gates: [gate('g', { emm: 1 })] })], 'did you mean `em`?'],
    [
      'an unknown capability',
      [step(1, { requires_capabilities: ['create_prdd'] })],
      'did you mean `create_prd`?',
    ],
  ])('refuses %s', (_what, steps, reason) => {
    const company = companyOf({});
    expect(() => company.run(define(steps), 'owner')).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringContaining(reason) }),
    );
    expect(company.state.workflows.size).toBe(0);
  });

  it('knows the custom roles of the company', () => {
    const roles = [{ id: 'auditor', title: 'A', department: 'qa', capabilities: ['audit'] }];
    const company = companyOf({}, { roles });
    company.run(define([step(1, { role: 'auditor', requires_capabilities: ['audit'] })]), 'owner');
    expect(company.state.workflows.size).toBe(1);
  });

  it.each([
    ['the same version', 1, 2],
    ['a later version', 5, 5],
  ])('replaces one by %s, and the version rises', (_what, version, expected) => {
    const company = companyOf({});
    company.run(define([step(1)]), 'owner');
    company.run(define([step(1), step(2)], { version }), 'owner');
    expect(company.state.workflows.get('flow' as WorkflowName)?.version).toBe(expected);
  });

  it('has no event when it is defined again as it is', () => {
    const company = companyOf({});
    company.run(define([step(1)]), 'owner');
    expect(company.run(define([step(1)]), 'owner')).toEqual([]);
  });

  it('checks a chain of many steps', () => {
    const company = companyOf({});
    const chain = Array.from({ length: 500 }, (_, n) => step(n, { depends_on: n > 0 ? [n - 1] : [] }));
    company.run(define(chain), 'owner');
    expect(company.state.workflows.get('flow' as WorkflowName)?.steps).toHaveLength(500);
  });
});

describe('workflow.remove', () => {
  it('forgets the workflow, and refuses one that is not there', () => {
    const company = companyOf({});
    company.run(define([step(1)]), 'owner');
    const remove = (name: string) =>
      company.run({ type: 'workflow.remove', workflowId: name as WorkflowName }, 'owner');
    expect(() => remove('flo')).toThrow(
      expect.objectContaining({
        code: 'NOT_FOUND',
        message: expect.stringContaining('did you mean `flow`?'),
      }),
    );
    remove('flow');
    expect(company.state.workflows.size).toBe(0);
  });
});
