/** The subprocess launcher with real processes: what they know, where they write, and how they end. */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { WorkerId } from '../../src/core/ids.ts';
import { createSubprocessLauncher } from '../../src/launchers/subprocess.ts';
import { makeRunFolder, removeRunFolder } from '../../src/process/run-folders.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { launcherContract } from './launcher-contract.ts';

const workerId = 'worker_0000000001' as WorkerId;

/** Launches a Node program whose text is given; it finds its arguments in `process.argv`. */
async function launch(
  script: string,
  more: { readonly logLimit?: number; readonly environment?: Record<string, string> } = {},
) {
  const logFile = path.join(await temporaryFolder(), 'logs', 'worker.log');
  const launcher = createSubprocessLauncher({
    command: [process.execPath, '--eval', script, '--'],
    ...(more.logLimit !== undefined && { logLimit: more.logLimit }),
  });
  const launched = await launcher.launch({
    workerId,
    environment: more.environment ?? {},
    token: 'a-secret-token',
    handover: '',
    logFile,
  });
  onTestFinished(() => launched.stop(0));
  return { ...launched, launcher, logFile, log: () => readFile(logFile, 'utf8').catch(() => '') };
}

launcherContract('subprocess', () => ({
  launcherOf: (script) => createSubprocessLauncher({ command: [process.execPath, '--eval', script, '--'] }),
  seenOf: async (_, { pid }) => {
    const files = ['environ', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8'));
    return (await Promise.all(files)).join(' ');
  },
}));

const stayAlive = 'setInterval(() => {}, 1000); console.log("up");';

describe('the subprocess launcher', () => {
  it('gives the process what the request says, what every process needs, and nothing else', async () => {
    process.env['MY_API_KEY'] = 'secret-key';
    onTestFinished(() => {
      delete process.env['MY_API_KEY'];
    });
    const { ended, log } = await launch('console.log(JSON.stringify(process.env))', {
      environment: { GIVEN: 'yes' },
    });
    await ended;
    const environment = JSON.parse(await log()) as Record<string, string>;
    expect(environment).toMatchObject({ GIVEN: 'yes', PATH: process.env['PATH'] });
    const known = ['GIVEN', 'PATH', 'HOME', 'TMPDIR', 'LANG'];
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('lets the process give way to the host and to the person at the machine', async () => {
    const { ended, log } = await launch(
      'setTimeout(() => console.log(require("node:os").getPriority()), 300)',
    );
    await ended;
    expect(Number(await log())).toBe(constants.priority.PRIORITY_BELOW_NORMAL);
  });

  it('removes the folders that a killed worker left, and nobody else’s', async () => {
    const other = await makeRunFolder('worker_0000000009');
    onTestFinished(() => removeRunFolder(other));
    const { ended, pid } = await launch(stayAlive);
    const folders = [await makeRunFolder(workerId), await makeRunFolder(workerId)];
    await writeFile(path.join(folders[0] ?? '', 'half-done.txt'), 'half');
    process.kill(pid ?? 0, 'SIGKILL');
    await ended;
    for (const folder of folders) await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await stat(other)).isDirectory()).toBe(true);
  });

  it('removes the folders of a worker that ended while no host was there', async () => {
    const { ended, pid, launcher } = await launch('process.exit(0)');
    await ended;
    const folder = await makeRunFolder(workerId);
    await expect(launcher.killLeftover(workerId, pid ?? 0)).resolves.toBe(false);
    await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('keeps the log within its limit, and the part before it', async () => {
    const script = 'for (let n = 0; n < 4000; n += 1) console.log(String(n).padStart(9, "0"));';
    const { ended, logFile } = await launch(script, { logLimit: 16_000 });
    await ended;
    const folder = path.dirname(logFile);
    expect((await readdir(folder)).sort()).toEqual(['worker.log', 'worker.log.1']);
    for (const name of await readdir(folder)) {
      expect((await stat(path.join(folder, name))).size).toBeLessThanOrEqual(65_536);
    }
    expect(await readFile(logFile, 'utf8')).toContain('000003999');
  });

  it.each([
    ['process.exit(0)', { clean: true, reason: 'exit code 0' }],
    ['process.exit(7)', { clean: false, reason: 'exit code 7' }],
    ['process.kill(process.pid, "SIGKILL")', { clean: false, reason: 'killed by SIGKILL' }],
  ])('says in words how it ended: %s', async (script, end) => {
    const { ended } = await launch(script);
    await expect(ended).resolves.toEqual(end);
  });

  it('takes everything with it that the process started', async () => {
    const script = `const { spawn } = require("node:child_process"); console.log(spawn("sleep", ["60"], { stdio: "inherit" }).pid); setTimeout(() => process.exit(1), 200);`;
    const { ended, log } = await launch(script);
    await ended;
    const child = Number((await log()).trim());
    await expect.poll(() => isRunning(child), { timeout: 5_000 }).toBe(false);
  });

  it('measures the process with all that it started, until it is gone', async () => {
    const script = `const { spawn } = require("node:child_process"); const child = spawn(process.execPath, ["-e", "for (;;);"]); child.on("spawn", () => console.log("up")); setInterval(() => {}, 1000);`;
    const { log, measure, stop } = await launch(script);
    await expect.poll(log, { timeout: 20_000 }).toContain('up');
    await expect.poll(measure, { timeout: 20_000 }).toMatchObject({ processes: 2 });
    const before = (await measure())?.cpuMs ?? 0;
    await expect.poll(async () => (await measure())?.cpuMs, { timeout: 20_000 }).toBeGreaterThan(before + 50);
    expect((await measure())?.memory).toBeGreaterThan(10_000_000);
    await stop(0);
    expect(await measure()).toBeNull();
  });

  it('says what could not be started', async () => {
    const launcher = createSubprocessLauncher({ command: ['/nowhere/node'] });
    const logFile = path.join(await temporaryFolder(), 'worker.log');
    await expect(
      launcher.launch({ workerId, environment: {}, token: 't', handover: '', logFile }),
    ).rejects.toMatchObject({
      code: 'LAUNCH_FAILED',
      message: expect.stringContaining('/nowhere/node'),
    });
  });

  it('kills the leftover of an earlier host, and no process that only has its number', async () => {
    const { launcher, pid, ended } = await launch(stayAlive);
    if (pid === null) throw new Error('no pid');
    await expect(launcher.killLeftover('worker_0000000002' as WorkerId, pid)).resolves.toBe(false);
    await delay(50);
    expect(await isRunning(pid)).toBe(true);
    await expect(launcher.killLeftover(workerId, process.pid)).resolves.toBe(false);
    await expect(launcher.killLeftover(workerId, pid)).resolves.toBe(true);
    await expect(ended).resolves.toEqual({ clean: false, reason: 'killed by SIGKILL' });
    await expect(launcher.killLeftover(workerId, pid)).resolves.toBe(false);
  });
});

async function isRunning(pid: number): Promise<boolean> {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return state !== '' && !/\) Z /.test(state);
}
