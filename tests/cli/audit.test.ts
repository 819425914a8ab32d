/** Audit, export, decisions, differences and the past, as a person has them at the command line. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCsv } from './parse-csv.ts';
import type { Json, Sandbox } from './run-agentcoord.ts';
import { openSandbox, startAgentcoord } from './run-agentcoord.ts';

let sandbox: Sandbox;
let task: Json;
let head: number;

beforeAll(async () => {
  sandbox = await openSandbox();
  await sandbox.json('init', '--template', 'startup', '--name', 'Acme');
  head = (await sandbox.json('status')).head;
  ({ task } = await sandbox.json('task', 'create', '--title', '=cmd|"calc"!A1, \n"quoted"'));
  await sandbox.json('task', 'cancel', task.id, '--reason', 'No spreadsheet needs it');
  await sandbox.json(
    ...['log-decision', '--kind', 'deployment', '--context', 'Backend v2.0'],
    ...['--reason', 'New features tested and ready'],
  );
});
afterAll(() => sandbox.remove());

describe('audit', () => {
  it('lists what happened, the newest first', async () => {
    const { entries } = await sandbox.json('audit', '--limit', '2');
    expect(entries).toHaveLength(2);
    expect(entries[0]).toEqual({
      seq: expect.any(Number),
      at: expect.stringMatching(/^20.*Z$/),
      actor: { id: expect.stringMatching(/^member_/), name: 'owner' },
      type: 'decision.logged',
      what: 'decided deployment: Backend v2.0',
      reason: 'New features tested and ready',
      changes: [],
      event: {
        type: 'decision.logged',
        kind: 'deployment',
        context: 'Backend v2.0',
        reason: 'New features tested and ready',
      },
    });
    expect(entries[1].seq).toBe(entries[0].seq - 1);
    const { stdout } = await sandbox.run('audit');
    expect(stdout).toContain('decided deployment: Backend v2.0');
    expect(stdout).toContain('tasks: state: ready → cancelled');
  });

  it('narrows down by what is given', async () => {
    const seqs = async (...args: string[]) =>
      (await sandbox.json('audit', ...args)).entries.map(({ type }: Json) => type);
    expect(await seqs('--object', task.id)).toEqual(['task.cancelled', 'task.created']);
    expect(await seqs('--type', 'decision', '--actor', 'owner')).toEqual(['decision.logged']);
    expect(await seqs('--type', 'decision', '--actor', 'host')).toEqual([]);
    expect(await seqs('--text', 'TESTED and')).toEqual(['decision.logged']);
    expect(await seqs('--since', String(head + 1), '--until', String(head + 1))).toEqual(['task.created']);
    expect(await seqs('--until', '1h ago')).toEqual([]);
    expect((await sandbox.run('audit', '--type', 'budget.set')).stdout).toContain(
      'Nothing that happened fits',
    );
    expect((await sandbox.run('audit', '--since', 'yesterday')).code).toBe(2);
  });

  it.each([
    [
      'a member that there is not',
      ['--actor', 'nobody'],
      /^NOT_FOUND: No member is called “nobody”\. There are:\n.* {2}ada {2}agent/,
    ],
    ['a slip in a name', ['--actor', 'ownr'], /^NOT_FOUND: .*“ownr”\. Did you mean “owner”\?/],
    [
      'a type that there is not',
      ['--type', 'bogus'],
      /entry 1 of types can't be `bogus`, which is no type of event: there are `company`, /,
    ],
    [
      'one of several types',
      ['--type', 'task', '--type', 'gate.sgined'],
      /^BAD_INPUT: .*entry 2 of types can't be `gate\.sgined`.*: did you mean `gate\.signed`\?\n$/,
    ],
  ])('refuses %s, and so does the export', async (_what, args, words) => {
    for (const command of ['audit', 'export']) {
      const { code, stdout, stderr } = await sandbox.run(command, ...args);
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toMatch(words);
    }
  });

  it('takes whoever has left by the id', async () => {
    const { entries } = await sandbox.json('audit', '--actor', 'member_0000000000');
    expect(entries).toEqual([]);
  });
});

describe('export', () => {
  const exported = async () => {
    const { entries } = await sandbox.json('audit', '--limit', '1000');
    return entries.toReversed();
  };

  it('writes JSON lines, the oldest first', async () => {
    const { code, stdout } = await sandbox.run('export');
    expect(code).toBe(0);
    expect(stdout.endsWith('\n')).toBe(true);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(await exported());
  });

  it('writes CSV that is read back as it was, and that no spreadsheet runs', async () => {
    const file = join(sandbox.dataDir, 'audit.csv');
    const answer = await sandbox.json('export', '--format', 'csv', '--out', file);
    const expected = await exported();
    expect(answer).toEqual({ file, format: 'csv', entries: expected.length });
    const [header, ...rows] = parseCsv(await readFile(file, 'utf8'));
    expect(header).toEqual([
      ...['seq', 'at', 'actor_id', 'actor', 'type', 'what', 'reason', 'objects', 'changes', 'event'],
    ]);
    expect(
      rows.map(([seq, at, id, name, type, what, reason, , changes, event]) => ({
        seq: Number(seq),
        at,
        actor: { id: id || null, name },
        type,
        what,
        reason: reason || null,
        changes: JSON.parse(changes ?? ''),
        event: JSON.parse(event ?? ''),
      })),
    ).toEqual(expected);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
  });

  it('takes the filters of the audit', async () => {
    const { stdout } = await sandbox.run('export', '--object', task.id);
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
  });

  it('says that its file is a folder', async () => {
    const { code, stderr } = await sandbox.run('export', '--out', sandbox.dataDir);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^BAD_INPUT: .* can’t be written: it is a folder\. Name another file with --out/);
  });

  it('says when its file can not be written, and leaves none behind', async () => {
    const file = join(sandbox.dataDir, 'missing', 'audit.csv');
    const { code, stderr } = await sandbox.run('export', '--out', file);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^BAD_INPUT: Nothing was exported: .*audit\.csv/);
    expect((await sandbox.run('export', '--format', 'xml')).code).toBe(2);
  });

  it('is done when whoever reads it has had enough', async () => {
    const child = startAgentcoord(['--data-dir', sandbox.dataDir, 'export']);
    child.stdout?.destroy();
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(0);
  });
});

describe('the past', () => {
  it('is shown by every command that only looks', async () => {
    const before = String(head);
    expect((await sandbox.json('tasks', '--at', before)).tasks).toEqual([]);
    expect((await sandbox.json('tasks')).tasks).toHaveLength(1);
    expect((await sandbox.json('status', '--at', before)).head).toBe(head);
    for (const command of [['epics'], ['gates'], ['workers'], ['approvals', 'list']]) {
      expect((await sandbox.run(...command, '--at', before)).code, command[0]).toBe(0);
    }
    const { code, stderr } = await sandbox.run('status', '--at', '1h ago');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^NO_SUCH_MOMENT: .*the company is younger than that/);
    expect((await sandbox.run('status', '--at', '999999')).stderr).toMatch(/there is no event 999999 yet/);
  });

  it('is not to be changed', async () => {
    const { code, stderr } = await sandbox.run('task', 'create', '--title', 'x', '--at', '5');
    expect(code).toBe(2);
    expect(stderr).toContain('--at is for status, tasks');
    expect((await sandbox.json('tasks')).tasks).toHaveLength(1);
  });

  it('is held against now', async () => {
    const { from, to, tables } = await sandbox.json('diff', '--from', String(head));
    expect(from).toEqual({ seq: head, at: expect.stringMatching(/Z$/) });
    expect(to.seq).toBeGreaterThan(head);
    expect(tables).toMatchObject([
      {
        table: 'tasks',
        added: 1,
        removed: 0,
        changed: 0,
        forgotten: 0,
        rows: [{ id: task.id, before: null, fields: [] }],
      },
    ]);
    const { stdout } = await sandbox.run('diff', '--from', String(head + 1), '--to', String(head + 2));
    expect(stdout).toContain('tasks: 1 changed');
    expect(stdout).toContain('state: ready → cancelled');
    expect((await sandbox.run('diff', '--from', '3', '--to', '3')).stdout).toContain('Nothing differs');
  });
});
