/** What a process and all that it started use of this machine, as its operating system counts it. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface Counted {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly group: number;
  readonly cpuMs: number;
  /** In bytes. */
  readonly memory: number;
}

export interface GroupUse {
  readonly cpuMs: number;
  readonly memory: number;
  readonly processes: number;
  readonly tree: readonly Omit<Counted, 'group'>[];
}

/** One look at all processes serves all who ask within it. */
let looking: Promise<readonly Counted[]> | null = null;

/** Null: the process is gone, or the system (Windows) does not tell. @param pid the leader of the group */
export async function measureGroup(pid: number): Promise<GroupUse | null> {
  looking ??= countAll().finally(() => {
    looking = null;
  });
  const all = await looking;
  if (!all.some((counted) => counted.pid === pid)) return null;
  const own = descendants(pid, all);
  return {
    cpuMs: sum(own, ({ cpuMs }) => cpuMs),
    memory: sum(own, ({ memory }) => memory),
    processes: own.length,
    tree: own.map(({ group: _, ...one }) => one),
  };
}

/** What left the group is found by its parent, and what lost its parent by the group. */
function descendants(leader: number, all: readonly Counted[]): Counted[] {
  const own = new Set<number>([leader]);
  for (let before = 0; before < own.size; ) {
    before = own.size;
    for (const { pid, parent, group } of all) if (group === leader || own.has(parent)) own.add(pid);
  }
  return all.filter(({ pid }) => own.has(pid));
}

async function countAll(): Promise<readonly Counted[]> {
  if (process.platform === 'linux') return countOnLinux();
  return process.platform === 'win32' ? [] : countByPs();
}

/** Of Linux on every machine that Node 24 runs on: ticks of 10 ms. */
const tickMs = 10;

async function countOnLinux(): Promise<Counted[]> {
  const names = await readdir('/proc');
  const pids = names.filter((name) => /^\d+$/.test(name));
  const counted = await Promise.all(
    pids.map(async (pid): Promise<Counted | null> => {
      const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => null);
      // The name in brackets may hold anything; what follows the last bracket is numbers. See proc_pid_stat(5).
      const fields = text
        ?.slice(text.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      if (!fields) return null;
      const [, parent = 0, group = 0] = fields;
      const own = (fields[11] ?? 0) + (fields[12] ?? 0);
      const name = text?.slice(text.indexOf('(') + 1, text.lastIndexOf(')')) ?? '';
      const ofChildrenThatEnded = (fields[13] ?? 0) + (fields[14] ?? 0);
      const cpuMs = (own + ofChildrenThatEnded) * tickMs;
      const memory = (fields[21] ?? 0) * pageBytes;
      return { pid: Number(pid), parent, group, name: plainName(name), cpuMs, memory };
    }),
  );
  return counted.filter((one) => one !== null);
}

const pageBytes = 4_096;

/** A program may call itself anything. */
function plainName(name: string): string {
  return name.replace(/[^ -~]/g, '?').slice(0, 60);
}

async function countByPs(): Promise<Counted[]> {
  const columns = 'pid=,ppid=,pgid=,rss=,time=,comm=';
  const { stdout } = await run('ps', ['-axo', columns]).catch(() => ({ stdout: '' }));
  return stdout.split('\n').flatMap((line): Counted[] => {
    const [pid, parent, group, kilobytes, time, ...program] = line.trim().split(/\s+/);
    if (time === undefined) return [];
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        name: plainName(program.join(' ').split('/').at(-1) ?? ''),
        memory: Number(kilobytes) * 1_024,
        cpuMs: cpuTime(time),
      },
    ];
  });
}

/** `12:34.56`, `1:02:03`. */
function cpuTime(text: string): number {
  return text.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0) * 1_000;
}

function sum(all: readonly Counted[], of: (counted: Counted) => number): number {
  return all.reduce((total, counted) => total + of(counted), 0);
}
