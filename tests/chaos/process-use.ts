/** What one process has used, itself alone, as Linux counts it. */
import { readFile } from 'node:fs/promises';

export interface ProcessUse {
  /** Time on a core since its start, in ms. */
  readonly cpuMs: number;
  /** Resident, in bytes. */
  readonly memory: number;
}

export async function processUse(pid: number): Promise<ProcessUse> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1');
  // See proc_pid_stat(5): what follows the name in brackets is numbers; ticks are of 10 ms, pages of 4 kB.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return {
    cpuMs: ((fields[11] ?? 0) + (fields[12] ?? 0)) * 10,
    memory: (fields[21] ?? 0) * 4_096,
  };
}

/** When it began, in ticks since the machine did: numbers of processes are given again, this with them is not. Null: it is gone. */
export async function beganAt(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => null);
  if (text === null || /\) Z /.test(text)) return null;
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}
