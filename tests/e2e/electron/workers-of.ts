/** The worker processes that an app has started. */
import { runCommand } from '../../../build/run-command.ts';

/** @param parent the process id of the app */
export async function workersOf(parent: number): Promise<number[]> {
  const rows = await runCommand('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  return rows.split('\n').flatMap((line) => {
    const [, pid, ppid, args = ''] = line.trim().match(/^(\d+)\s+(\d+)\s+(.*)$/) ?? [];
    return Number(ppid) === parent && args.includes('worker.js') ? [Number(pid)] : [];
  });
}
