import { describe, expect, it } from 'vitest';
import { fileInvalid, formatFinding } from '../../src/template/finding.ts';
import { readCompanyFile } from '../../src/template/read-company-file.ts';

const workflows = new Set(['feature', 'bug']);

function findings(text: string): string[] {
  const read = readCompanyFile(text, 'c.yaml', workflows);
  return read.ok ? [] : read.findings.map(formatFinding);
}

/** The member of the one team. */
const withMember = (member: string) =>
  `name: X\ndepartments:\n  - name: d\n    teams:\n      - name: t\n        members:\n          - ${member}\n`;
const withRoles = (...roles: string[]) => `name: X\nroles:\n${roles.map((role) => `  - ${role}\n`).join('')}`;
const withWorkflow = (step: string) => `name: X\nworkflows:\n  - name: w\n    steps:\n      - ${step}\n`;

describe('a company file', () => {
  it('is read with its defaults', () => {
    const read = readCompanyFile('name: X\npolicy: { lease: 90s }\nworkflows: [bug]\n', 'c.yaml', workflows);
    expect(read).toMatchObject({
      ok: true,
      raw: { name: 'X', policy: { lease: '90s' }, workflows: ['bug'] },
      file: {
        name: 'X',
        template: 'custom',
        version: 1,
        policy: { lease: 90_000 },
        departments: [],
        roles: [],
      },
    });
  });

  it.each<[string, string, string]>([
    [
      'an unknown role',
      withMember('{ name: a, role: engneer }'),
      '7:30: there is no role `engneer` - did you mean `engineer`?',
    ],
    [
      'a further unknown role',
      withMember('{ name: a, role: em, kind: human, also: [pmm] }'),
      '7:54: there is no role `pmm` - did you mean `pm`?',
    ],
    [
      'a role that is no name',
      withMember('{ name: a, role: QA Lead }'),
      "7:30: `role` can't be `QA Lead`: lower case letters, digits and _, starting with a letter - write `qa_lead`",
    ],
    [
      'a channel with a name that is none',
      'name: X\nchannels:\n  - { name: Team Chat, plugin: file }\n',
      "3:13: `name` can't be `Team Chat`: lower case letters, digits and -, a letter first - write `team-chat`",
    ],
    [
      'a channel with an unknown key',
      'name: X\nchannels:\n  - { name: log, plugn: file }\n',
      '3:18: there is no key `plugn` here - did you mean `plugin`?',
    ],
    [
      'quiet hours that are no times',
      'name: X\nchannels:\n  - { name: log, quiet: { from: "25:00", to: "07:00" } }\n',
      "3:33: `from` can't be `25:00`: a time such as 22:00 - write hours and minutes, such as 22:00",
    ],
    [
      'two channels of one name',
      'name: X\nchannels: [log, { name: log, plugin: file }]\n',
      '2:25: a second channel `log` - remove one of them',
    ],
    [
      'an unknown kind',
      withMember('{ name: a, role: em, kind: robot }'),
      "7:40: `kind` can't be `robot` - use one of `agent`, `human`",
    ],
    ['a missing key', withMember('{ name: a }'), '7:13: `role` is missing - add `role`, text'],
    [
      'an unknown key',
      withMember('{ name: a, role: em, tag: [x] }'),
      '7:34: there is no key `tag` here - did you mean `tags`?',
    ],
    [
      'an unknown key at the top',
      'name: X\ndepartements: []\n',
      '2:1: there is no key `departements` here - did you mean `departments`?',
    ],
    [
      'text for a list',
      withMember('{ name: a, role: em, tags: x }'),
      '7:40: `tags` must be a list, not `x` - start each entry with `- `, or write `[a, b]`',
    ],
    [
      'text for a number',
      withMember('{ name: a, role: em, max_concurrent: "2" }'),
      '7:50: `max_concurrent` must be a number, not `2` - write a number, without quotes',
    ],
    [
      'a number for text',
      withMember('{ name: 7, role: em }'),
      '7:21: `name` must be text, not the number 7 - put it in quotes if it is meant as text',
    ],
    [
      'a number that is too large',
      withMember('{ name: a, role: em, max_concurrent: 999 }'),
      '7:50: `max_concurrent` must be at most 100 - use a smaller number',
    ],
    [
      'a number for a runner',
      withMember('{ name: a, role: em, runner: 5 }'),
      '7:42: `runner` must be text or a mapping (`key: value`), not the number 5 - write text or a mapping (`key: value`)',
    ],
    [
      'a launcher that nobody has',
      withMember('{ name: a, role: em, launcher: railways }'),
      "7:44: `launcher` can't be `railways` - did you mean `railway`?",
    ],
    [
      'a runner without a name',
      withMember('{ name: a, role: em, runner: { cmd: x } }'),
      '7:42: `name` is missing - add `name`, text',
    ],
    [
      'nothing for a list',
      'name: X\ndepartments:\n',
      '2:1: `departments` must be a list, not nothing - write it after the colon, or remove the key',
    ],
    ['an empty name', 'name: ""\n', '1:7: `name` is empty - write something here'],
    [
      'a number for a duration',
      'name: X\npolicy: { lease: 90 }\n',
      '2:18: `lease` must be text, not the number 90 - put it in quotes if it is meant as text',
    ],
    [
      'a duration without a unit',
      'name: X\npolicy: { lease: "90" }\n',
      "2:18: `lease` can't be `90`: a duration such as 90s, 15m, 1h or 2d - write a number and a unit: s, m, h or d",
    ],
    [
      'two members of a name',
      withMember('{ name: a, role: em }\n          - { name: a, role: pm }'),
      '8:21: a second member `a` - give each member a name of its own',
    ],
    [
      "the owner's name",
      withMember('{ name: owner, role: em }'),
      "7:21: `owner` is the owner's name - give the member another name",
    ],
    [
      'an agent of two roles',
      withMember('{ name: a, role: em, also: [pm] }'),
      '7:40: an agent has one role - add `kind: human`, or make it an agent of its own',
    ],
    [
      'two departments of a name',
      'name: X\ndepartments:\n  - name: d\n  - name: d\n',
      '4:11: a second department `d` - give each department a name of its own',
    ],
    [
      'two teams of a name',
      'name: X\ndepartments:\n  - name: d\n    teams: [{ name: t }, { name: t }]\n',
      '4:34: a second team `t` - give each team a name of its own',
    ],
    [
      'an unknown head',
      'name: X\ndepartments:\n  - name: d\n    head: ann\n',
      '4:11: there is no member `ann` to be the head - add a member to the department, or remove the head',
    ],
    [
      'an unknown lead',
      withMember('{ name: ann, role: em }\n        lead: anne'),
      '8:15: there is no member `anne` to be the lead - did you mean `ann`?',
    ],
    [
      'a head of another department',
      `${withMember('{ name: ann, role: em }')}  - name: e\n    head: ann\n`,
      "9:11: `ann` can't be the head: not a member of this department - add a member to the department, or remove the head",
    ],
    [
      'a cycle of roles',
      withRoles(
        '{ id: aa, title: A, department: qa, inherits: [bb] }',
        '{ id: bb, title: B, department: qa, inherits: [aa] }',
      ),
      '3:52: roles inherit each other: `aa` → `bb` → `aa` - remove one of these inheritances',
    ],
    [
      'a built-in role',
      withRoles('{ id: em, title: E, department: qa }'),
      '3:11: `em` is a built-in role - give the custom role another id',
    ],
    [
      'two roles of an id',
      withRoles('{ id: aa, title: A, department: qa }', '{ id: aa, title: B, department: qa }'),
      '4:11: a second role `aa` - give each role a name of its own',
    ],
    [
      'an unknown department of a role',
      withRoles('{ id: aa, title: A, department: enginering }'),
      '3:37: there is no department `enginering` - did you mean `engineering`?',
    ],
    [
      'an unknown workflow',
      'name: X\nworkflows: [featur]\n',
      '2:13: there is no workflow `featur` - did you mean `feature`?',
    ],
    [
      'a workflow twice',
      'name: X\nworkflows: [bug, bug]\n',
      '2:18: a second workflow `bug` - remove one of them',
    ],
    [
      'an unknown role in a workflow written out',
      withWorkflow('{ id: 1, title: T, role: qa_led }'),
      '5:34: there is no role `qa_led` - did you mean `qa_lead`?',
    ],
    [
      'an unknown key in a workflow written out',
      withWorkflow('{ id: 1, title: T, role: em, needs: [] }'),
      '5:38: there is no key `needs` here - use one of `id`, `title`, `role`, `depends_on`, `complexity`, `requires_capabilities`, `checks`, `gates`',
    ],
    ['an empty file', '# nothing yet\n', '1:1: the file is empty - start from a template'],
    [
      'a list',
      '- a\n',
      '1:1: the file must be a mapping (`key: value`), not a list - write a mapping (`key: value`)',
    ],
    [
      'a key twice',
      'name: X\nname: Y\n',
      '2:1: the key `name` is there twice - remove one of the two, or rename it',
    ],
    [
      'bytes that are no text',
      'PK\u0003\u0004\u0000\ufffd',
      '1:1: this is not a text file - name a YAML file in UTF-8; is it the right file?',
    ],
    ['a tab', 'name: X\n\troles: []\n', '2:1: Tabs are not allowed as indentation - indent with spaces'],
    [
      'two documents',
      'name: X\n---\nname: Y\n',
      '2:1: the file holds more than one document - keep one document in the file: remove the line `---`',
    ],
    [
      'an open bracket',
      'name: X\nroles: [\n',
      '3:1: Flow sequence in block collection must be sufficiently indented and end with a ] - indent it like its neighbours, and close every bracket',
    ],
    [
      'an alias of nothing',
      'name: *x\n',
      '1:7: there is no anchor `&x` before this alias - add the anchor, or put quotes around text that starts with `*`',
    ],
  ])('with %s says where and what to do', (_what, text, expected) => {
    expect(findings(text)).toEqual([`c.yaml:${expected}`]);
  });

  it('names everything at once, in the order of the file', () => {
    const text = `${withMember('{ name: a, role: emm, tags: 5 }')}vresion: 2\nworkflows: [featur]\n`;
    expect(findings(text).map((line) => line.split(': ')[0])).toEqual([
      'c.yaml:7:30',
      'c.yaml:7:41',
      'c.yaml:8:1',
      'c.yaml:9:13',
    ]);
  });

  it('points through an alias to what it stands for', () => {
    const text =
      'name: X\ndepartments:\n  - name: d\n    teams:\n      - { name: t, members: &m [{ name: a, role: emm }] }\n      - { name: u, members: *m }\n';
    expect(findings(text)).toEqual(
      [
        'c.yaml:5:50: there is no role `emm` - did you mean `em`?',
        'c.yaml:5:41: a second member `a` - give each member a name of its own',
      ].sort(),
    );
  });

  it('knows its own custom roles and capabilities', () => {
    const text = `${withRoles('{ id: guard, title: G, department: d, capabilities: [watch] }')}departments:\n  - name: d\n    teams: [{ name: t, members: [{ name: a, role: guard }] }]\nworkflows:\n  - name: w\n    steps: [{ id: 1, title: T, role: guard, requires_capabilities: [watch] }]\n`;
    expect(findings(text)).toEqual([]);
  });

  it.each([
    [
      'aliases that grow without end',
      `a: &a [x, x, x, x, x, x, x, x, x, x]\n${'bcdefgh'.replace(/./g, (key, n: number) => `${key}: &${key} [${`*${'abcdefgh'[n]}, `.repeat(10)}]\n`)}`,
    ],
    ['a text without end', `name: ${'x'.repeat(1_100_000)}`],
  ])('of %s is refused', (_what, text) => {
    expect(findings(text)).toHaveLength(1);
    expect(findings(text)[0]).toMatch(/stand for too much text|longer than 1,000,000 characters/);
  });

  it('is refused as an error with all its findings', () => {
    const read = readCompanyFile('name: 7\nrole: []\n', 'c.yaml', workflows);
    if (read.ok) throw new Error('read');
    expect(fileInvalid(read.findings)).toMatchObject({
      code: 'FILE_INVALID',
      message: expect.stringMatching(/^c\.yaml:1:7: .*\nc\.yaml:2:1: there is no key `role`/),
      details: { findings: [{ line: 1 }, { line: 2 }] },
    });
  });
});
