import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runAlone } from '../../build/run-alone.ts';

describe.runIf(process.platform !== 'darwin')('runAlone', () => {
  it('runs work under one name one after the other', async () => {
    let running = 0;
    let most = 0;
    const work = () =>
      runAlone(`test-serial-${process.pid}`, async () => {
        running += 1;
        most = Math.max(most, running);
        await pause(20);
        running -= 1;
      });
    await Promise.all([work(), work(), work()]);
    expect(most).toBe(1);
  });

  it('tells long names apart by their ends', async () => {
    const path = `/a/checkout/${'with/a/long/path/'.repeat(20)}`;
    const inner = () => runAlone(`${path}b`, async () => 'ran');
    expect(await runAlone(`${path}a`, inner)).toBe('ran');
  });

  it('frees the name when the work fails', async () => {
    const name = `test-failure-${process.pid}`;
    await expect(runAlone(name, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await runAlone(name, async () => 'ran')).toBe('ran');
  });

  it('frees the name when its holder is killed', async () => {
    const name = `test-killed-${process.pid}`;
    const module = new URL('../../build/run-alone.ts', import.meta.url).href;
    const program = `
      import { runAlone } from ${JSON.stringify(module)};
      await runAlone(${JSON.stringify(name)}, () => new Promise((done) => {
        console.log('held');
        setTimeout(done, 60_000);
      }));`;
    const holder = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void holder.kill('SIGKILL'));
    await once(holder.stdout, 'data');

    const waiting = runAlone(name, async () => 'ran');
    expect(await Promise.race([waiting, pause(500, 'still waiting')])).toBe('still waiting');
    holder.kill('SIGKILL');
    expect(await waiting).toBe('ran');
  });
});
