/** A host in a process of its own, that may be killed at any moment. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CoordError } from '../../core/error.ts';

export interface ChildHost {
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Resolves when it can be connected to. @throws CoordError `LAUNCH_FAILED` - with what it said */
export async function startChildHost(dataDir: string): Promise<ChildHost> {
  const program = process.argv[1] ?? '';
  const args = [program, 'serve', '--data-dir', dataDir, '--no-http', '--workers', '0', '--json'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  const isReady = await Promise.race([readyLine(child), exited.then(() => false)]);
  if (!isReady) throw new CoordError('LAUNCH_FAILED', `The host did not start: ${said.trim()}`);
  return {
    end: async (signal) => {
      child.kill(signal);
      await exited;
    },
  };
}

/** It prints one document once it listens. */
function readyLine({ stdout }: ChildProcess): Promise<true> {
  return new Promise((resolve) => {
    let printed = '';
    stdout?.on('data', (chunk) => {
      printed += String(chunk);
      if (printed.endsWith('}\n')) resolve(true);
    });
  });
}
