/** The launcher runs the built program and passes arguments, exit codes and signals through. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const projectFolder = path.join(import.meta.dirname, '../..');
let folder: string;
let launcher: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'agentcoord-launcher-'));
  cpSync(path.join(projectFolder, 'bin'), path.join(folder, 'bin'), { recursive: true });
  symlinkSync(path.join(projectFolder, 'node_modules'), path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  launcher = path.join(folder, 'bin/agentcoord.js');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes the program that the launcher starts, as the build would. */
function build(program: string): void {
  mkdirSync(path.join(folder, 'out/main'), { recursive: true });
  writeFileSync(path.join(folder, 'out/main/cli.js'), program);
}

/** Loaded before the launcher: it makes the running Node call itself older, and only that one. */
function pretendNode20(): string {
  const file = path.join(folder, 'pretend.mjs');
  writeFileSync(
    file,
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });`,
  );
  return file;
}

it('says how to build a checkout that is not built', () => {
  const { status, stderr } = spawnSync(process.execPath, [launcher], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('npm run build') });
});

it.each([
  ['on a Node that is new enough', () => []],
  ['handed over by an older Node', () => ['--import', pretendNode20()]],
])('passes arguments and the exit code through, %s', (_case, nodeOptions) => {
  build(`console.log(process.versions.node.split('.')[0], ...process.argv.slice(2)); process.exitCode = 7;`);
  const { status, stdout } = spawnSync(process.execPath, [...nodeOptions(), launcher, 'tasks', '--json'], {
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 7, stdout: '24 tasks --json\n' });
});

describe('handed over by an older Node', () => {
  it('passes a signal on and ends as the program ends', async () => {
    build(`process.on('SIGTERM', () => process.exit(3)); setInterval(() => {}, 1000); console.log('up');`);
    const child = spawn(process.execPath, ['--import', pretendNode20(), launcher], { stdio: 'pipe' });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([3, null]);
  });
});
