/** Tokens from the command line, and each curl of the page on the HTTP API as a reader would run it. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sandbox } from './run-agentcoord.ts';
import { openSandbox } from './run-agentcoord.ts';
import type { ServingHost } from './serving-host.ts';
import { serve } from './serving-host.ts';

let sandbox: Sandbox;
let host: ServingHost;
let origin: string;

beforeAll(async () => {
  sandbox = await openSandbox();
  await sandbox.json('init', '--template', 'startup', '--name', 'Acme');
  host = await serve(sandbox.dataDir, '--workers', '0', '--port', '0');
  origin = new URL(host.ready.url).origin;
});
afterAll(async () => {
  await host?.end();
  await sandbox.remove();
});

it('makes one out, shows it alone on stdout, lists it without it, and withdraws it', async () => {
  const { code, stdout, stderr } = await sandbox.run(
    ...['tokens', 'create', '--member', 'owner', '--name', 'ci', '--access', 'read', '--expires', '30d'],
  );
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^agentcoord_[\w-]{43}\n$/) });
  expect(stderr).toContain('It is shown this once');
  const token = stdout.trim();
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`${origin}/api/v1/companies/Acme/queries/status`, { headers })).status).toBe(200);
  const listed = await sandbox.run('tokens');
  expect(listed.stdout).toMatch(/NAME\s+FOR\s+MAY\s+MADE\s+ENDS\s+ID\nci\s+owner\s+read\s+.*in 29 d|in 30 d/);
  expect(listed.stdout).not.toContain(token);
  expect(await sandbox.json('tokens')).toMatchObject({
    tokens: [{ name: 'ci', access: 'read', expired: false }],
  });
  expect(await sandbox.run('tokens', 'revoke', 'ic')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('ci'),
  });
  expect(await sandbox.run('tokens', 'revoke', 'ci')).toMatchObject({ code: 0 });
  expect((await fetch(`${origin}/api/v1/companies/Acme/queries/status`, { headers })).status).toBe(401);
});

it.each([
  ['whom it is for', ['--name', 'x', '--access', 'read']],
  ['what it may', ['--member', 'owner', '--name', 'x']],
  ['a duration that is one', ['--member', 'owner', '--name', 'x', '--access', 'read', '--expires', 'soon']],
])('wants to know %s', async (_what, args) => {
  expect(await sandbox.run('tokens', 'create', ...args)).toMatchObject({ code: 2 });
});

it('prints the OpenAPI document, which the host serves too', async () => {
  const { code, stdout } = await sandbox.run('openapi');
  expect(code).toBe(0);
  expect(await (await fetch(`${origin}/openapi.json`)).text()).toBe(stdout);
  expect(await new Validator().validate(JSON.parse(stdout))).toMatchObject({ valid: true });
});

it('answers every curl of the page as the page says', async () => {
  const page = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'http-api.md'), 'utf8');
  const blocks = [...page.matchAll(/```sh[^\n]*\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  const curls = blocks
    .flatMap((block) => block.split(/^(?=curl )/m))
    .filter((each) => each.startsWith('curl '));
  expect(curls.length).toBeGreaterThan(6);
  const { token } = await sandbox.json(
    'tokens',
    'create',
    '--member',
    'owner',
    '--name',
    'page',
    '--access',
    'act',
  );
  for (const curl of curls) {
    // The stream goes on until somebody ends it.
    const command = curl.includes('/events') ? `timeout 5 ${curl.trim()} | head -n 4` : curl.trim();
    const { stdout } = await promisify(execFile)('sh', ['-c', command], {
      env: { ...process.env, TOKEN: token, HOST: origin },
    });
    if (curl.includes('"title":""'))
      expect(JSON.parse(stdout)).toMatchObject({ code: 'BAD_INPUT', where: ['title', 'priority'] });
    else if (curl.includes('/events'))
      expect(stdout).toMatch(/^retry: \d+\n\nid: 1\nevent: company.created\n/);
    else if (curl.includes('/metrics')) expect(stdout).toContain('\nagentcoord_log_seq{');
    else expect(JSON.parse(stdout)).not.toHaveProperty('code');
  }
});
