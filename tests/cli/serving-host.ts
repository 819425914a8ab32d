/** A running `agentcoord serve`, and how it is ended. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Json } from './run-agentcoord.ts';
import { startAgentcoord } from './run-agentcoord.ts';

export interface ServingHost {
  readonly process: ChildProcess;
  /** What it printed when it was ready. */
  readonly ready: Json;
  /** By a signal, SIGTERM unless told; resolves with the exit code, null when the signal killed it. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

export function serve(dataDir: string, ...args: readonly string[]): Promise<ServingHost> {
  return serveWith({}, dataDir, ...args);
}

/** @param env what it finds in its environment */
export async function serveWith(
  env: Readonly<Record<string, string>>,
  dataDir: string,
  ...args: readonly string[]
): Promise<ServingHost> {
  const child = startAgentcoord(['serve', '--data-dir', dataDir, '--json', ...args], { env });
  let printed = '';
  let complaints = '';
  child.stderr?.on('data', (chunk) => {
    complaints += String(chunk);
  });
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk);
    if (printed.endsWith('}\n')) break;
  }
  if (!printed.endsWith('}\n')) throw new Error(`agentcoord serve did not start: ${complaints}`);
  return {
    process: child,
    ready: JSON.parse(printed),
    end: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const exited = once(child, 'exit');
      child.kill(signal);
      const [code] = await exited;
      return code;
    },
  };
}
