/** The JSON documents that docs/cli.md describes have the fields that it names, and those alone. */
import type { Command } from 'commander';
import { beforeAll, describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import type { Json, Sandbox } from '../cli/run-agentcoord.ts';
import { openSandbox } from '../cli/run-agentcoord.ts';
import type { ServingHost } from '../cli/serving-host.ts';
import { serve } from '../cli/serving-host.ts';
import type { Described } from './described-document.ts';
import { readDescriptions } from './described-document.ts';

const { documents, named } = await readDescriptions();

let sandbox: Sandbox;
let host: ServingHost;
beforeAll(async () => {
  sandbox = await openSandbox();
  await sandbox.json('init', '--template', 'startup', '--name', 'Acme');
  host = await serve(sandbox.dataDir, '--workers', '0', '--no-http');
  return async () => {
    await host.end();
    await sandbox.remove();
  };
});

/** What each command answers in a company that has something of everything. */
const answers: readonly (readonly [document: string, ...words: string[]])[] = [
  ['epic create', 'epic', 'create', '--workflow', 'bug', '--title', 'Login'],
  ['task create', 'task', 'create', '--title', 'Alone', '--tags', 'a,b'],
  ['board post', 'board', 'post', 'Hello @ada', '--title', 'Hi'],
  ['approvals request', 'approvals', 'request', '--title', 'Deploy', '--role', 'em', '--context', 'v2'],
  ['scale set', 'scale', 'set', 'makers', '--role', 'engineer', '--max', '2'],
  ['budget set', 'budget', 'set', '--money', '5'],
  ['log-decision', 'log-decision', '--kind', 'k', '--context', 'c', '--reason', 'r'],
  ['status', 'status'],
  ['tasks', 'tasks'],
  ['task show', 'task', 'show', 'Alone'],
  ['task assign', 'task', 'assign', 'Alone', '--to', 'anybody'],
  ['task prioritize', 'task', 'prioritize', 'Alone', 'high'],
  ['epic show', 'epic', 'show', 'Login'],
  ['epics', 'epics'],
  ['gates', 'gates', '--all'],
  ['approvals list', 'approvals', 'list'],
  ['member list', 'member', 'list'],
  ['member add', 'member', 'add', 'zoe', '--role', 'engineer'],
  ['member why', 'member', 'why', 'ada', 'fix_bugs'],
  ['org export', 'org', 'export'],
  ['workflow list', 'workflow', 'list'],
  ['workflow show', 'workflow', 'show', 'bug'],
  ['reviews list', 'reviews', 'list'],
  ['board list', 'board', 'list'],
  ['board show', 'board', 'show', 'Hi'],
  ['board inbox', 'board', 'inbox', '--all'],
  ['board read', 'board', 'read', 'Hi'],
  ['board search', 'board', 'search', 'Hello'],
  ['locks list', 'locks', 'list'],
  ['workers', 'workers'],
  ['scale list', 'scale', 'list'],
  ['usage', 'usage'],
  ['audit', 'audit'],
  ['diff', 'diff', '--from', '1'],
  ['verify', 'verify'],
  ['hosts', 'hosts'],
  ['conflicts list', 'conflicts', 'list'],
  ['companies', 'companies'],
  ['channels list', 'channels', 'list'],
  ['plugin list', 'plugin', 'list'],
  ['models', 'models'],
  ['redis show', 'redis', 'show'],
  ['hung', 'hung'],
  ['pause', 'pause', '--reason', 'r'],
  ['tokens create', 'tokens', 'create', '--member', 'owner', '--name', 'x', '--access', 'read'],
  ['tokens list', 'tokens', 'list'],
  ['tokens revoke', 'tokens', 'revoke', 'x'],
  ['railway forget', 'railway', 'forget'],
  ['models show', 'models', 'show'],
  ['do', 'do', 'task.create', '--set', 'title=Raw'],
  ['ask', 'ask', 'status'],
  ['mcp --print-config', 'mcp', '--role', 'engineer', '--print-config', 'codex'],
  ['lint', 'lint', '--template', 'startup'],
  ['simulate --workflow', 'simulate', '--workflow', 'bug', '--runs', '5'],
];

describe('the answer of', () => {
  it.each(answers)('%s', async (document, ...words) => {
    const described = documents.get(document);
    if (!described) throw new Error(`docs/cli.md describes no document of ${document}`);
    expect(faults(await sandbox.json(...words), described, document)).toEqual([]);
  });
});

/** What answers no one document, and why. */
const withoutDocument: Readonly<Record<string, string>> = {
  dashboard: 'is for a terminal alone',
  completion: 'prints what a shell reads',
  complete: 'is asked by shells',
  man: 'prints what man reads',
};

/** Commands that have no commands below, by their words. */
function leavesOf({ commands }: Command, before = ''): string[] {
  return commands.flatMap((command) => {
    const name = `${before}${command.name()}`;
    return command.commands.length > 0 ? leavesOf(command, `${name} `) : [name];
  });
}

it('describes what every command answers, and no command that is not there', () => {
  const leaves = leavesOf(createProgram());
  const described = [...documents.keys()];
  // `export --out FILE`: of the command with that option.
  const isDescribed = (leaf: string) =>
    described.some((name) => name === leaf || name.startsWith(`${leaf} --`));
  expect(leaves.filter((leaf) => !isDescribed(leaf)).sort()).toEqual(Object.keys(withoutDocument).sort());
  // A group by itself is its first command.
  const groups = leaves.map((leaf) => leaf.split(' ')[0] ?? '');
  const known = [...leaves, ...groups];
  expect(described.filter((name) => !known.includes(name.replace(/ --.*/, '')))).toEqual([]);
});

it('finds what a description lacks, and what it has too much', () => {
  const described: Described = { kind: 'fields', fields: new Map([['a', null]]) };
  expect(faults({ a: 1, b: 2 }, described, 'x')).toEqual(['x.b is not described']);
  expect(faults({}, described, 'x')).toEqual(['x.a is described, and not there']);
});

/** Lists are as their first entry; null may be anything. */
function faults(value: Json, described: Described | null, at: string): string[] {
  if (described === null || value === null || value === undefined) return [];
  if (described.kind === 'list') {
    if (!Array.isArray(value)) return [`${at} is no list`];
    return value.length === 0 ? [] : faults(value[0], described.of, `${at}[]`);
  }
  const fields = described.kind === 'name' ? named.get(described.name) : described.fields;
  if (!fields || typeof value !== 'object') return [];
  const more =
    described.kind === 'fields' ? (described.like ? named.get(described.like) : undefined) : undefined;
  const known = new Map([...(more ?? []), ...fields]);
  // `{ <state>: count }`: any keys.
  if ([...known.keys()].some((key) => key.startsWith('<'))) return [];
  return [
    ...Object.keys(value)
      .filter((key) => !known.has(key))
      .map((key) => `${at}.${key} is not described`),
    ...[...known].flatMap(([key, of]) =>
      key in value ? faults(value[key], of, `${at}.${key}`) : [`${at}.${key} is described, and not there`],
    ),
  ];
}
