import { describe, expect, it } from 'vitest';
import { builtinNames } from '../../src/core/org/known-names.ts';
import { formatFinding } from '../../src/template/finding.ts';
import { readWorkflowFile } from '../../src/template/read-workflow-file.ts';

function findings(text: string, known = builtinNames): string[] {
  const read = readWorkflowFile(text, 'w.yaml', known);
  return read.ok ? [] : read.findings.map(formatFinding);
}

const steps = (...lines: string[]) => `name: w\nsteps:\n${lines.map((line) => `  - ${line}\n`).join('')}`;
const withGate = (gate: string) => steps(`{ id: 1, title: T, role: em, gates: [${gate}] }`);

describe('a workflow file', () => {
  it('is read with its defaults, ids as text', () => {
    const read = readWorkflowFile(
      steps('{ id: 1, title: T, role: em }', '{ id: b, title: U, role: pm, depends_on: [1] }'),
      'w.yaml',
    );
    expect(read).toMatchObject({
      ok: true,
      file: {
        name: 'w',
        version: 1,
        priority: 'NORMAL',
        steps: [{ id: '1' }, { id: 'b', depends_on: ['1'] }],
      },
    });
  });

  it.each<[string, string, string]>([
    [
      'a cycle',
      steps(
        '{ id: 1, title: A, role: em, depends_on: [3] }',
        '{ id: 2, title: B, role: em, depends_on: [1] }',
        '{ id: 3, title: C, role: em, depends_on: [2] }',
      ),
      '3:47: steps wait for each other: `1` → `3` → `2` → `1` - remove one of these dependencies',
    ],
    [
      'an unknown dependency',
      steps('{ id: first, title: A, role: em }', '{ id: 2, title: B, role: em, depends_on: [frist] }'),
      '4:47: there is no step `frist` to depend on - did you mean `first`?',
    ],
    [
      'a dependency twice',
      steps('{ id: 1, title: A, role: em }', '{ id: 2, title: B, role: em, depends_on: [1, 1] }'),
      '4:50: a second dependency `1` - remove it',
    ],
    [
      'two steps of an id',
      steps('{ id: 1, title: A, role: em }', '{ id: 1, title: B, role: em }'),
      '4:11: a second step `1` - give each step a name of its own',
    ],
    [
      'two gates of a name',
      withGate(
        '{ name: g, position: after, requires: { em: 1 } }, { name: g, position: after, requires: { pm: 1 } }',
      ),
      '3:101: a second gate `g` - give each gate a name of its own',
    ],
    [
      'an unknown role of a gate',
      withGate('{ name: g, position: after, requires: { em: 1, qa_led: 1 } }'),
      '3:89: there is no role `qa_led` - did you mean `qa_lead`?',
    ],
    [
      'a role of a gate that is no name',
      withGate('{ name: g, position: after, requires: { QA-Lead: 1 } }'),
      '3:82: `QA-Lead` is no name: lower case letters, digits and _, starting with a letter - write `qa_lead`',
    ],
    [
      'a role that nobody of must sign',
      withGate('{ name: g, position: after, requires: { em: 0 } }'),
      '3:86: `em` must be at least 1 - use a larger number',
    ],
    [
      'a gate that requires nobody',
      withGate('{ name: g, position: after, requires: {} }'),
      '3:80: `requires` needs at least one role, such as `em: 1` - add it',
    ],
    [
      'a gate beside its step',
      withGate('{ name: g, position: afte, requires: { em: 1 } }'),
      "3:63: `position` can't be `afte` - did you mean `after`?",
    ],
    [
      'an approval by time-out',
      withGate('{ name: g, position: after, requires: { em: 1 }, timeout: 1h, on_timeout: approve }'),
      "3:116: `on_timeout` can't be `approve` - use one of `escalate`, `reject`",
    ],
    [
      'an unknown capability',
      steps('{ id: 1, title: A, role: em, requires_capabilities: [create_prdd] }'),
      '3:58: there is no capability `create_prdd` - did you mean `create_prd`?',
    ],
    [
      'an unknown key of a gate',
      withGate('{ name: g, position: after, requires: { em: 1 }, human: true }'),
      '3:91: there is no key `human` here - use one of `name`, `position`, `requires`, `human_required`, `self_approval`, `distinct`, `timeout`, `on_timeout`',
    ],
    [
      'text for yes or no',
      withGate('{ name: g, position: after, requires: { em: 1 }, human_required: yes }'),
      '3:107: `human_required` must be `true` or `false`, not `yes` - write `true` or `false`, without quotes',
    ],
    ['no steps', 'name: w\nsteps: []\n', '2:8: `steps` is empty - add an entry'],
    [
      'a small priority',
      `priority: high\n${steps('{ id: 1, title: A, role: em }')}`,
      "1:11: `priority` can't be `high` - did you mean `HIGH`?",
    ],
    [
      'a step id that is a list',
      steps('{ id: [], title: A, role: em }'),
      '3:11: `id` must be a number or text, not a list - write a number or text',
    ],
    [
      'a name with blanks',
      `name: my flow\nsteps:\n  - { id: 1, title: A, role: em }\n`,
      "1:7: `name` can't be `my flow`: lower case letters, digits and _, starting with a letter - write `my_flow`",
    ],
  ])('with %s says where and what to do', (_what, text, expected) => {
    expect(findings(text)).toEqual([`w.yaml:${expected}`]);
  });

  it('may refer to the roles of a company that it is read for', () => {
    const text = steps('{ id: 1, title: A, role: guard }');
    expect(findings(text)).toHaveLength(1);
    expect(findings(text, { ...builtinNames, roles: new Set(['guard']) })).toEqual([]);
  });
});
