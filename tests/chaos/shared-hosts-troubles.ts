/** What goes wrong while several hosts work: Redis, the way there, and the hosts themselves, at random by a seed. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RedisServer } from '../log/redis/redis-servers.ts';
import type { SharedFleet } from './shared-hosts-fleet.ts';

export interface TroubleParts {
  readonly server: RedisServer;
  readonly fleet: SharedFleet;
  readonly random: () => number;
  /** The longest that a host is cut off, in ms. */
  readonly longestCut: number;
}

/** Ways to cut a host off: its connections end; nothing comes through any more, or only later. */
type Way = 'reset' | 'dropped' | 'late';

const shortestCut = 500;
/** By then the others have read what a host that is cut off had appended, in ms. */
const untilRead = 1_500;

export class Troubles {
  readonly #parts: TroubleParts;
  /** How often each happened. */
  readonly met = new Map<string, number>();
  /** What happened, in its order, for people. */
  readonly story: string[] = [];
  readonly #beganAt = performance.now();

  constructor(parts: TroubleParts) {
    this.#parts = parts;
  }

  /** Redis stands still. */
  async pause(): Promise<void> {
    const duration = this.#between(300, 3_000);
    this.#note('Redis stopped', `for ${duration} ms`);
    await this.#parts.server.signal('SIGSTOP');
    await delay(duration);
    await this.#parts.server.signal('SIGCONT');
  }

  /** Redis is killed, and comes back with its data. */
  async kill(): Promise<void> {
    await this.#parts.fleet.calm();
    await this.#chooseSync();
    await this.#restartAfter(this.#between(0, 1_500), false);
    await this.#parts.fleet.calm();
  }

  /** Redis is killed, and comes back without anything. */
  async forget(): Promise<void> {
    await this.#parts.fleet.calm();
    await this.#restartAfter(this.#between(0, 1_500), true);
    await this.#parts.fleet.calm();
  }

  /** A host is cut off. */
  async cut(): Promise<void> {
    await this.#cutFor(this.#anyHost(), this.#cutTime(), async () => undefined);
  }

  /** What a host sends comes after it has given the connection up. */
  async sendLate(): Promise<void> {
    const n = this.#anyHost();
    this.#note('host heard late', `${n + 1}`);
    await this.#parts.fleet.line(n).deliverLate();
  }

  /** A host is killed, and starts again. */
  async killHost(): Promise<void> {
    const n = this.#anyHost();
    await this.#parts.fleet.calm();
    this.#note('host killed', `${n + 1}`);
    await this.#parts.fleet.kill(n);
    await delay(this.#between(0, 2_000));
    await this.#parts.fleet.start(n);
  }

  /** A host is down for so long that the others take over what it had. */
  async loseHost(): Promise<void> {
    const n = this.#anyHost();
    await this.#parts.fleet.calm();
    this.#note('host gone for long', `${n + 1}`);
    await this.#parts.fleet.kill(n);
    await delay(this.#between(13_000, 16_000));
    await this.#parts.fleet.start(n);
  }

  /** A host is killed and starts again while there is no Redis. */
  async killHostAlone(): Promise<void> {
    const { fleet } = this.#parts;
    const n = this.#anyHost();
    await fleet.calm();
    await this.#chooseSync();
    await this.#restartAfter(0, false, async () => {
      await delay(this.#between(0, 3_500));
      this.#note('host killed while Redis was away', `${n + 1}`);
      await fleet.kill(n);
      await fleet.start(n);
      await delay(this.#between(0, 1_500));
    });
    await fleet.calm();
  }

  /** A host is killed and starts again while it is cut off, and the others go on. */
  async killHostCutOff(): Promise<void> {
    const { fleet } = this.#parts;
    const n = this.#anyHost();
    await fleet.calm();
    await this.#cutFor(n, this.#cutTime(), async () => {
      this.#note('host killed while cut off', `${n + 1}`);
      await fleet.kill(n);
      await fleet.start(n);
    });
  }

  /** Redis loses everything while a host is cut off and goes on by itself. */
  async forgetWhileCutOff(): Promise<void> {
    const { fleet } = this.#parts;
    await fleet.calm();
    const rest = Math.max(0, this.#parts.longestCut - untilRead);
    await this.#cutFor(this.#anyHost(), untilRead, async () => {
      await this.#restartAfter(this.#between(0, 500), true);
      await delay(this.#between(rest / 2, rest));
    });
    await fleet.calm();
  }

  /** Between one and the next. */
  async rest(): Promise<void> {
    await delay(this.#between(100, 1_500));
  }

  /** One of these, at random. */
  async oneOf(names: readonly TroubleName[]): Promise<void> {
    const name = names[Math.floor(this.#parts.random() * names.length)];
    if (name) await this[name]();
  }

  async #cutFor(n: number, duration: number, meanwhile: () => Promise<void>): Promise<void> {
    const line = this.#parts.fleet.line(n);
    const ways: readonly Way[] = ['reset', 'dropped', 'late'];
    const way = ways[Math.floor(this.#parts.random() * ways.length)] ?? 'reset';
    this.#note(`host cut off (${way})`, `${n + 1} for ${duration} ms`);
    if (way === 'reset') line.cut();
    else line.hang();
    try {
      await delay(duration);
      await meanwhile();
      if (way === 'dropped') line.cut();
    } finally {
      line.mend();
    }
  }

  /** Each command is on the disk before its answer, or those of the last second may not be. */
  async #chooseSync(): Promise<void> {
    const sync = this.#parts.random() < 0.5 ? 'always' : 'everysec';
    await this.#parts.server.cli('CONFIG', 'SET', 'appendfsync', sync);
    this.#note(`Redis killed (${sync})`, '');
  }

  async #restartAfter(
    duration: number,
    isForgetful: boolean,
    meanwhile: () => Promise<void> = async () => undefined,
  ): Promise<void> {
    const { server } = this.#parts;
    if (isForgetful) this.#note('Redis killed and empty', `for ${duration} ms`);
    await server.signal('SIGKILL');
    if (isForgetful) await rm(path.join(server.folder, 'appendonlydir'), { recursive: true, force: true });
    await delay(duration);
    await meanwhile();
    await server.restart();
  }

  #note(what: string, more: string): void {
    this.met.set(what, (this.met.get(what) ?? 0) + 1);
    const at = ((performance.now() - this.#beganAt) / 1_000).toFixed(1);
    this.story.push(`${at} s: ${what} ${more}`.trimEnd());
  }

  #anyHost(): number {
    return Math.floor(this.#parts.random() * this.#parts.fleet.size);
  }

  #cutTime(): number {
    return this.#between(shortestCut, this.#parts.longestCut);
  }

  #between(least: number, most: number): number {
    return Math.round(least + this.#parts.random() * (most - least));
  }
}

export type TroubleName =
  | 'pause'
  | 'kill'
  | 'forget'
  | 'cut'
  | 'sendLate'
  | 'killHost'
  | 'loseHost'
  | 'killHostAlone'
  | 'killHostCutOff'
  | 'forgetWhileCutOff';
