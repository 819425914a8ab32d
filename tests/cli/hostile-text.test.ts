/** What others wrote can't rewrite a terminal: no command lets an escape, a line of its own or a turned text through. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sandbox } from './run-agentcoord.ts';
import { openSandbox } from './run-agentcoord.ts';
import type { ServingHost } from './serving-host.ts';
import { serve } from './serving-host.ts';

const forged = 'FORGED';
/** A colour, a title of the window, a turned text, a backspace, and a line that looks like one of ours. */
const hostile = `evil \u001b[31m\u001b]0;owned\u0007\u202e\u0008\r\n${forged} line`;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

let sandbox: Sandbox;
let host: ServingHost;
let taskId: string;

beforeAll(async () => {
  sandbox = await openSandbox();
  await sandbox.json('init', '--template', 'startup', '--name', hostile);
  host = await serve(sandbox.dataDir, '--no-http', '--workers', '0');
  const { json } = sandbox;
  ({
    task: { id: taskId },
  } = await json('task', 'create', '--title', hostile, '--description', hostile));
  await json('task', 'create', '--title', `${hostile} too`);
  await json('epic', 'create', '--workflow', 'feature', '--title', hostile);
  await json('board', 'post', hostile, '--title', hostile);
  await json('approvals', 'request', '--title', hostile, '--context', hostile, '--role', 'em');
  await json('log-decision', '--kind', hostile, '--context', hostile, '--reason', hostile);
  await json('budget', 'set', '--money', '5');
}, 60_000);
afterAll(async () => {
  await host?.end();
  await sandbox.remove();
});

const commands: readonly (readonly string[])[] = [
  ['status'],
  ['tasks'],
  ['task', 'show', 'TASK'],
  ['task', 'show', 'nobody'],
  ['task', 'show', 'task_'],
  ['task', 'reassign', 'TASK', '--to', 'anybody', '--reason', hostile],
  ['task', 'create', '--title', hostile],
  ['epics'],
  ['epic', 'create', '--workflow', hostile, '--title', hostile],
  ['gates', '--all'],
  ['approve', 'nobody'],
  ['approvals', 'list'],
  ['approvals', 'cancel', 'nobody'],
  ['board'],
  ['board', 'show', hostile],
  ['board', 'show', 'nobody'],
  ['board', 'search', 'evil'],
  ['board', 'inbox', '--all'],
  ['board', 'reply', hostile, `@${hostile}`],
  ['board', 'resolve', hostile, '--note', hostile],
  ['locks'],
  ['locks', 'release', 'nobody'],
  ['workers', '--all'],
  ['hung'],
  ['usage'],
  ['budget', 'set', '--tokens', '5'],
  ['audit'],
  ['log-decision', '--kind', hostile, '--context', hostile, '--reason', hostile],
  ['diff', '--from', '1'],
  ['verify'],
  ['doctor'],
  ['pause', '--reason', hostile],
  ['resume'],
  ['init', '--template', 'startup', '--name', hostile],
  ['--company', hostile.slice(0, 20), 'status'],
];

it.each(commands.map((args) => [args.join(' ').replaceAll(hostile, '…'), args] as const))(
  '%s',
  async (_words, args) => {
    const { stdout, stderr } = await sandbox.run(...args.map((arg) => (arg === 'TASK' ? taskId : arg)));
    for (const text of [stdout, stderr]) {
      expect(text).not.toMatch(controls);
      expect(text.split('\n').filter((line) => line.startsWith(forged))).toEqual([]);
    }
    expect(stdout + stderr).not.toBe('');
  },
);
