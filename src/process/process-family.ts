/** A process with all that it started, also what left its group or lost its parent, so that nothing of it stays behind. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { killGroup, tasksOfMachine } from './process-group.ts';

/** Inherited by whatever a process starts; it says nothing, and opens nothing. */
const markName = 'PROCESS_FAMILY';

/** The environment of a new family. */
export function familyEnvironment(environment: Readonly<Record<string, string>>): Record<string, string> {
  return { ...environment, [markName]: randomUUID() };
}

/**
 * For a shell that starts a family, with a pipe of this program's as descriptor 3: were this program killed, the pipe would
 * break and the watcher would kill the group, and by their mark (on Linux) those that left it. `exec 3<&-` must follow.
 */
export const familyWatcher = `(trap "" TERM; read -r _ <&3; read -r me _ </proc/self/stat
for e in /proc/[0-9]*/environ; do
  grep -qsF "${markName}=$${markName}" "$e" || continue
  p=\${e#/proc/}; p=\${p%/environ}; [ "$p" = "$me" ] || kill -9 "$p"
done; kill -9 0) </dev/null >/dev/null 2>&1 & `;

interface Seen {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** In ticks since the machine started: with the number it says which process it is, whoever had the number before. */
  readonly startedAt: number;
}

/** The longest between two looks that only remember who belongs to it, in ms. */
const longestPause = 5_000;
const betweenCounts = 200;

export class ProcessFamily {
  readonly #leader: number;
  readonly #mark: string;
  /** When each member that was ever seen started, by its number. */
  readonly #members = new Map<number, number>();
  /** Of the leader, in ticks: nothing older belongs to it. */
  #since = 0;

  /** @param leader started `detached`. @param environment what it was started with */
  constructor(leader: number, environment: Readonly<Record<string, string>>) {
    this.#leader = leader;
    this.#mark = `${markName}=${environment[markName]}`;
    const self = process.platform === 'linux' ? seen(String(leader)) : null;
    if (self === null) return;
    this.#since = self.startedAt;
    this.#members.set(leader, self.startedAt);
  }

  /**
   * Looks now and then while it runs, and often while the machine has many more processes than at the start.
   * @returns ends it
   */
  watch(most: number, onTooMany: () => void): () => void {
    if (process.platform !== 'linux') return () => undefined;
    const before = tasksOfMachine();
    let pause = betweenCounts;
    let nextLook = performance.now() + pause;
    const timer = setInterval(async () => {
      const isMany = (await tasksOfMachine()) - (await before) > most;
      if (!isMany && performance.now() < nextLook) return;
      pause = Math.min(pause * 2, longestPause);
      nextLook = performance.now() + pause;
      if (this.#alive().length > most) onTooMany();
    }, betweenCounts);
    return () => clearInterval(timer);
  }

  /** Kills its group and, on Linux, whatever else belongs to it. Resolves when nothing of it is left that can be found. */
  async kill(): Promise<void> {
    if (process.platform !== 'linux') return killGroup(this.#leader);
    // What is stopped starts nothing, and is still the parent of what it started: first all stand still, then all are killed.
    for (let turn = 0; turn < 50; turn += 1) {
      const before = this.#members.size;
      for (const { pid } of this.#alive()) send(pid, 'SIGSTOP');
      if (this.#members.size === before) break;
    }
    for (let turn = 0; turn < 50; turn += 1) {
      const left = this.#alive();
      for (const { pid } of left) send(pid, 'SIGKILL');
      if (left.length === 0) return;
      await delay(10);
    }
  }

  /** Reads at once: while a program waits for its reads, a family that grows fast is another one. */
  #alive(): readonly Seen[] {
    const all = new Map<number, Seen>();
    for (const name of readdirSync('/proc')) {
      const one = /^\d+$/.test(name) && Number(name) !== process.pid ? seen(name) : null;
      if (one && one.startedAt >= this.#since) all.set(one.pid, one);
    }
    for (const { pid, startedAt } of all.values()) {
      // Somebody else has the number by now.
      if ((this.#members.get(pid) ?? startedAt) !== startedAt) this.#members.delete(pid);
    }
    const found = new Set<Seen>();
    const add = (one: Seen) => {
      found.add(one);
      this.#members.set(one.pid, one.startedAt);
    };
    for (const one of all.values()) if (this.#members.has(one.pid) || this.#isMarked(one)) add(one);
    for (let before = -1; before < found.size; ) {
      before = found.size;
      for (const one of all.values()) if (!found.has(one) && this.#isOfMember(one)) add(one);
    }
    return [...found];
  }

  /** Groups and sessions keep the number of whoever began them, also when that is gone. */
  #isOfMember({ parent, group, session, startedAt }: Seen): boolean {
    return [parent, group, session].some((number) => {
      const since = this.#members.get(number);
      return since !== undefined && since <= startedAt;
    });
  }

  #isMarked({ pid }: Seen): boolean {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(this.#mark);
    } catch {
      // Gone, or somebody else's.
      return false;
    }
  }
}

/** Null when there is none of that number, or only its end that nobody asked for yet. See proc_pid_stat(5). */
function seen(number: string): Seen | null {
  try {
    const stat = readFileSync(`/proc/${number}/stat`, 'latin1');
    // The name of the program stands in parentheses, and may have any character in it.
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if ('ZX'.includes(state)) return null;
    const [parent = 0, group = 0, session = 0] = fields.map(Number);
    return { pid: Number(number), parent, group, session, startedAt: Number(fields[18]) };
  } catch {
    return null;
  }
}

function send(pid: number, signal: 'SIGSTOP' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone by itself, or by now of another user: what remains is said in SECURITY.md.
  }
}
