/** The program `agentcoord mcp` as clients run it: by the official conformance suite, by the inspector, by its settings. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { newPlace } from '../cli/place.ts';
import type { Run } from '../cli/run-agentcoord.ts';
import { runAgentcoord, startAgentcoord } from '../cli/run-agentcoord.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { connectTo, token } from './mcp-company.ts';

const projectFolder = path.join(import.meta.dirname, '..', '..');
const agentcoord = path.join(projectFolder, 'bin', 'agentcoord.js');
const packages = path.join(projectFolder, 'node_modules', '@modelcontextprotocol');

async function run(script: string, args: readonly string[], cwd: string): Promise<Run> {
  const child = spawn(process.execPath, [script, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => {
    stdout += String(text);
  });
  child.stderr.on('data', (text) => {
    stderr += String(text);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** Starts it over HTTP; resolves with what it printed when it was ready. */
async function startServer(args: readonly string[], env: Record<string, string> = {}) {
  const child = startAgentcoord([...args, '--json'], { env });
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  let printed = '';
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk);
    if (printed.endsWith('}\n')) return JSON.parse(printed);
  }
  throw new Error('the server did not start');
}

/** A company with a host, and one task that waits for an engineer. */
async function companyAtWork() {
  const place = await newPlace();
  await place.run('init', '--template', 'janus_dev');
  const { task } = await place.json('task', 'create', '--title', 'Price it', '--role', 'engineer');
  await place.serve('--workers', '0');
  return { place, task };
}

it('passes the official conformance suite', async () => {
  const { url } = await startServer(['mcp', '--conformance']);
  const suite = path.join(packages, 'conformance', 'dist', 'index.js');
  const { code, stdout } = await run(
    suite,
    ['server', '--url', url, '--suite', 'all'],
    await temporaryFolder(),
  );
  expect(stdout).toMatch(/Total: 44 passed, 0 failed/);
  expect(code).toBe(0);
});

it('is driven by the inspector over standard input and output', async () => {
  const { place, task } = await companyAtWork();
  const launcher = path.join(packages, 'inspector', 'clients', 'launcher', 'build', 'index.js');
  const server = [
    process.execPath,
    agentcoord,
    '--data-dir',
    place.dataDir,
    'mcp',
    '--member',
    'pricing_eng',
  ];
  const inspect = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await run(launcher, ['--cli', ...server, ...args], place.dataDir);
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout);
  };
  const { tools } = await inspect('--method', 'tools/list', '--strict');
  expect(tools.length).toBeGreaterThan(25);
  for (const { name, description, inputSchema, outputSchema } of tools) {
    expect(description.length, name).toBeGreaterThan(20);
    expect([inputSchema.type, outputSchema.type]).toEqual(['object', 'object']);
  }
  const { structuredContent } = await inspect('--method', 'tools/call', '--tool-name', 'claim_task');
  expect(structuredContent).toMatchObject({ task: { id: task.id, worked_on_by: 'pricing_eng' } });
  // With its client the server has ended, and what it held is free again.
  const free = { task: { state: 'ready' } };
  await expect.poll(() => place.json('task', 'show', task.id), { timeout: 20_000 }).toMatchObject(free);
});

it('serves HTTP with the token of the environment, which stands on no command line and in no answer', async () => {
  const { place } = await companyAtWork();
  const args = ['--data-dir', place.dataDir, 'mcp', '--role', 'engineer', '--http', '--port', '0'];
  const ready = await startServer(args, { AGENTCOORD_MCP_TOKEN: token });
  expect(JSON.stringify(ready)).not.toContain(token);
  const client = await connectTo(ready.url, 'modern');
  const { structuredContent } = await client.callTool({ name: 'who_am_i', arguments: {} });
  expect(structuredContent).toMatchObject({ roles: ['engineer'] });
  await client.close();
  const short = await runAgentcoord(args, { env: { AGENTCOORD_MCP_TOKEN: 'short' } });
  expect(short).toMatchObject({ code: 1, stderr: expect.stringMatching(/^BAD_INPUT: .*5 characters/) });
});

it('starts before its host does', async () => {
  const place = await newPlace();
  await place.run('init', '--template', 'janus_dev');
  const args = ['--data-dir', place.dataDir, 'mcp', '--member', 'pricing_eng', '--http', '--port', '0'];
  const { url } = await startServer(args, { AGENTCOORD_MCP_TOKEN: token });
  const client = await connectTo(url, 'modern');
  const before = await client.callTool({ name: 'who_am_i', arguments: {} });
  expect(before).toMatchObject({ isError: true });
  expect(JSON.stringify(before.content)).toMatch(/NOT_CONNECTED: .*agentcoord serve/);
  await place.serve('--workers', '0');
  const { structuredContent } = await client.callTool({ name: 'who_am_i', arguments: {} });
  expect(structuredContent).toMatchObject({ member: { name: 'pricing_eng' } });
  await client.close();
});

it('refuses to act for nobody in particular, and for a member that there is not', async () => {
  const place = await newPlace();
  await place.run('init', '--template', 'janus_dev');
  await place.serve('--workers', '0');
  expect(await place.run('mcp')).toMatchObject({ code: 2, stderr: expect.stringContaining('--member') });
  expect(await place.run('mcp', '--member', 'nobody')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^NOT_FOUND: .*nobody/),
  });
});

it('prints the settings of a client: how to start it, or how to reach it', async () => {
  const args = [
    '--data-dir',
    '/data dir',
    'mcp',
    '--member',
    'ann "a"',
    '--print-config',
    'cursor',
    '--json',
  ];
  const { config, file } = JSON.parse((await runAgentcoord(args)).stdout);
  expect(file).toContain('.cursor/mcp.json');
  expect(JSON.parse(config).mcpServers.agentcoord).toEqual({
    command: process.execPath,
    args: [agentcoord, '--data-dir', '/data dir', 'mcp', '--member', 'ann "a"'],
  });
  const env = { AGENTCOORD_DATA_DIR: '/elsewhere', AGENTCOORD_COMPANY: 'Acme' };
  const { stdout } = await runAgentcoord(['mcp', '--role', 'engineer', '--print-config', 'claude-code'], {
    env,
  });
  expect(JSON.parse(stdout).mcpServers.agentcoord.args).toEqual([
    ...[agentcoord, '--data-dir', '/elsewhere', '--company', 'Acme', 'mcp', '--role', 'engineer'],
  ]);
  const overHttp = JSON.parse((await runAgentcoord([...args, '--http'])).stdout);
  expect(overHttp.config).toContain('http://127.0.0.1:4180/mcp');
  const inDesktop = await runAgentcoord([
    ...['mcp', '--role', 'engineer', '--http', '--print-config', 'claude-desktop'],
  ]);
  expect(inDesktop).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^BAD_INPUT: .*leave out --http/),
  });
});
