/** Several hosts of one company, each a process that reaches Redis by a line of its own, and what they say of themselves. */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { CompanyId, HostId } from '../../src/core/ids.ts';
import type { CutLine } from '../log/redis/cut-line.ts';
import { cutLineTo } from '../log/redis/cut-line.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { FromSharedHost, SharedHostSettings, Sight, ToSharedHost } from './shared-hosts-child.ts';
import { machineTime } from './shared-hosts-journal.ts';
import type { Habits } from './shared-hosts-worker.ts';

interface SharedHost {
  readonly line: CutLine;
  readonly folder: string;
  child: ChildProcess | null;
  /** Of this run; null: it has said nothing yet. */
  sight: Sight | null;
  /** When it said that. */
  seenAt: number;
  finished: boolean;
  state: string | null;
  runs: number;
  /** What was created in the runs before. */
  createdBefore: number;
}

interface FleetOptions {
  readonly hosts: number;
  readonly workersEach: number;
  readonly habits: Habits;
  readonly seed: number;
}

const companyId = 'company_shared' as CompanyId;
/** How long a host may take to be connected again once everything works, in ms. */
const patience = 40_000;

export class SharedFleet {
  readonly journals: string;
  /** Faults of the hosts themselves, and ends that nobody asked for. */
  readonly faults: string[] = [];
  /** When each run ended that was killed, by its name. */
  readonly deaths = new Map<string, number>();
  readonly #hosts: readonly SharedHost[];
  readonly #options: FleetOptions;

  private constructor(folder: string, hosts: readonly SharedHost[], options: FleetOptions) {
    this.journals = path.join(folder, 'journals');
    this.#hosts = hosts;
    this.#options = options;
  }

  /** Founds the company on the first host, then starts the others. */
  static async open(port: number, options: FleetOptions): Promise<SharedFleet> {
    const folder = await temporaryFolder();
    const lines = await Promise.all(Array.from({ length: options.hosts }, () => cutLineTo(port)));
    onTestFinished(async () => {
      await Promise.all(lines.map((line) => line.close()));
    });
    const hosts = lines.map((line, n): SharedHost => {
      const said = { sight: null, seenAt: 0, finished: false, state: null };
      return {
        line,
        folder: path.join(folder, hostName(n)),
        child: null,
        ...said,
        runs: 0,
        createdBefore: 0,
      };
    });
    const fleet = new SharedFleet(folder, hosts, options);
    for (const place of [fleet.journals, ...hosts.map((one) => one.folder)]) await mkdir(place);
    await fleet.start(0);
    await Promise.all(hosts.slice(1).map((_, n) => fleet.start(n + 1)));
    return fleet;
  }

  get size(): number {
    return this.#hosts.length;
  }

  line(n: number): CutLine {
    return this.#host(n).line;
  }

  folder(n: number): string {
    return this.#host(n).folder;
  }

  /** The creations that were acknowledged, as far as is known here. */
  get created(): number {
    return this.#hosts.reduce((sum, one) => sum + one.createdBefore + (one.sight?.created ?? 0), 0);
  }

  /** Resolves when it is up, connected or not. */
  async start(n: number): Promise<void> {
    const one = this.#host(n);
    const { workersEach, habits, seed, hosts } = this.#options;
    one.runs += 1;
    Object.assign(one, { sight: null, finished: false, state: null });
    const run = `${hostName(n)}-${one.runs}`;
    const names = Array.from({ length: hosts }, (_, host) => workersOf(host, workersEach));
    const settings: SharedHostSettings = {
      ...{ host: hostName(n) as HostId, port: one.line.port, companyId },
      ...{ folder: one.folder, journals: this.journals, run, habits, workers: names[n] ?? [] },
      seed: seed + 1_000 * n + 100 * one.runs,
      found: n === 0 && one.runs === 1 ? names.flat() : null,
    };
    const program = path.join(import.meta.dirname, 'shared-hosts-child.ts');
    const child = fork(program, [JSON.stringify(settings)]);
    one.child = child;
    onTestFinished(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      if (child.kill('SIGKILL')) await ended;
    });
    await new Promise<void>((resolve, reject) => {
      child.on('exit', (code, signal) => {
        if (one.child === child) this.faults.push(`${run} ended by itself with ${code ?? signal}`);
        reject(new Error(`${run} ended before it was ready`));
      });
      child.on('message', (message: FromSharedHost) => {
        if (message.kind === 'ready') resolve();
        else this.#hear(one, run, message);
      });
    });
  }

  async kill(n: number): Promise<void> {
    const one = this.#host(n);
    const { child } = one;
    if (!child) throw new Error(`${hostName(n)} does not run`);
    const ended = once(child, 'exit');
    one.child = null;
    one.createdBefore += one.sight?.created ?? 0;
    one.sight = null;
    child.kill('SIGKILL');
    await ended;
    this.deaths.set(`${hostName(n)}-${one.runs}`, machineTime());
  }

  tellAll(message: ToSharedHost): void {
    for (const { child } of this.#hosts) child?.send(message);
  }

  /** Resolves when every host is connected, and for as long as that takes word to come. @throws Error one does not find back */
  async calm(): Promise<void> {
    const from = machineTime();
    await this.#until('is cut off', ({ sight, seenAt }) => seenAt > from && sight?.isAway === false);
  }

  /** Resolves when so many creations were acknowledged. @throws Error it takes too long */
  async createdAtLeast(count: number): Promise<void> {
    await this.#until('creates too little', () => this.created >= count);
  }

  /** Resolves when all that was to be done is, everywhere. @throws Error it takes too long */
  async done(): Promise<void> {
    await this.#until('has work left', ({ sight }) => sight?.open === 0);
  }

  /** Ends the workers, and waits until every host has the same log. @throws Error they do not agree */
  async finish(): Promise<void> {
    this.tellAll('finish');
    await this.#until('has workers left', ({ finished }) => finished);
    await this.calm();
    const [first] = this.#hosts;
    await this.#until('has another log', ({ sight }) => sight?.chain === first?.sight?.chain);
  }

  /** The SHA-256 of the state of each. */
  async states(): Promise<string[]> {
    this.tellAll('state');
    await this.#until('does not tell its state', ({ state }) => state !== null);
    return this.#hosts.map(({ state }) => state ?? '');
  }

  /** Ends them in order. */
  async close(): Promise<void> {
    await Promise.all(
      this.#hosts.map(async (one, n) => {
        const { child } = one;
        if (!child) return;
        one.child = null;
        const ended = once(child, 'exit');
        child.disconnect();
        const [code, signal] = await ended;
        if (code !== 0) this.faults.push(`${hostName(n)} ended with ${code ?? signal}`);
      }),
    );
  }

  #host(n: number): SharedHost {
    const one = this.#hosts[n];
    if (!one) throw new Error(`there is no host ${n}`);
    return one;
  }

  #hear(one: SharedHost, run: string, message: Exclude<FromSharedHost, { readonly kind: 'ready' }>): void {
    // Words of a run that was killed meanwhile.
    if (run !== `${path.basename(one.folder)}-${one.runs}` || !one.child) return;
    switch (message.kind) {
      case 'finished':
        one.finished = true;
        return;
      case 'sight':
        one.sight = message.sight;
        one.seenAt = machineTime();
        return;
      case 'state':
        one.state = message.hash;
        return;
      case 'fault':
        this.faults.push(`${run}: ${message.text}`);
        return;
    }
  }

  async #until(trouble: string, isSo: (one: SharedHost) => boolean): Promise<void> {
    const end = machineTime() + patience;
    for (;;) {
      const late = this.#hosts.filter((one) => !isSo(one));
      const [first] = late;
      if (!first) return;
      if (this.faults.length > 0 || machineTime() > end) {
        const sights = this.#hosts.map(({ sight }, n) => `${hostName(n)}: ${JSON.stringify(sight)}`);
        throw new Error(
          `${path.basename(first.folder)} ${trouble}\n${[...sights, ...this.faults].join('\n')}`,
        );
      }
      await delay(20);
    }
  }
}

function hostName(n: number): string {
  return `host_${n + 1}`;
}

function workersOf(host: number, count: number): string[] {
  return Array.from({ length: count }, (_, n) => `worker-${host + 1}-${n + 1}`);
}
