/** The two lines of a log to its Redis: one that is asked, one that waits. What gets no answer in time is given up. */
import type { RedisAddress } from './redis-address.ts';
import type { LineOptions, RedisClient } from './redis-connection.ts';
import { openLine, requireReachable } from './redis-connection.ts';

export interface LinesOptions extends Pick<LineOptions, 'ca'> {
  readonly address: RedisAddress;
  /** How long Redis may take for a command before it counts as gone, in ms. */
  readonly commandTimeout: number;
  /** Makes the scripts known to a new line. */
  readonly prepare: (client: RedisClient) => void;
}

/** Whether it was done is not known. */
export class NoAnswer extends Error {}

/** How long a read waits for something new, in ms. */
export const longestWait = 5_000;

export class RedisLines {
  readonly #options: LinesOptions;
  /** Both are usable, as far as is known. */
  #isOpen = false;
  #asked: RedisClient | null = null;
  #waiting: RedisClient | null = null;
  #isClosed = false;
  /** What is on its way, to be given up. */
  readonly #underway = new Set<(reason: Error) => void>();

  constructor(options: LinesOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /**
   * Lines that were there before are given up.
   * @param within ms for both together
   * @throws CoordError `LOG_UNAVAILABLE` - this Redis will not do
   * @throws NoAnswer, or what was wrong on the way there
   */
  async open(within: number): Promise<void> {
    this.drop();
    if (this.#isClosed) throw new NoAnswer('the line is closed');
    await this.#inTime(this.#open(), within);
  }

  /** @throws NoAnswer not within the time that a command may take; whatever Redis answers */
  ask<Answer>(command: (client: RedisClient) => Promise<Answer>): Promise<Answer> {
    return this.#use(this.#asked, command, this.#options.commandTimeout);
  }

  /** The same on the line that may wait. */
  wait<Answer>(command: (client: RedisClient) => Promise<Answer>): Promise<Answer> {
    return this.#use(this.#waiting, command, longestWait + this.#options.commandTimeout);
  }

  /** Gives up whatever is on its way, at once. */
  drop(): void {
    this.#isOpen = false;
    this.#asked?.disconnect();
    this.#waiting?.disconnect();
    this.#asked = null;
    this.#waiting = null;
    for (const giveUp of [...this.#underway]) giveUp(new NoAnswer('the line was given up'));
  }

  close(): void {
    this.#isClosed = true;
    this.drop();
  }

  async #open(): Promise<void> {
    const { address, ca, prepare } = this.#options;
    const asked = openLine(address, { ca });
    this.#asked = asked;
    prepare(asked);
    await requireReachable(asked, address);
    const waiting = openLine(address, { ca });
    // It may have been given up meanwhile.
    if (this.#asked !== asked) return waiting.disconnect();
    this.#waiting = waiting;
    await requireReachable(waiting, address);
    this.#isOpen = this.#waiting === waiting;
  }

  #use<Answer>(
    client: RedisClient | null,
    command: (client: RedisClient) => Promise<Answer>,
    within: number,
  ): Promise<Answer> {
    if (client === null) return Promise.reject(new NoAnswer('there is no line'));
    return this.#inTime(command(client), within);
  }

  #inTime<Answer>(answer: Promise<Answer>, within: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const giveUp = (reason: Error) => {
        done();
        reject(reason);
      };
      // An answer that came while this process was busy is heard first.
      const timer = setTimeout(() => setImmediate(() => giveUp(new NoAnswer('timed out'))), within);
      const done = () => {
        clearTimeout(timer);
        this.#underway.delete(giveUp);
      };
      this.#underway.add(giveUp);
      answer.then(
        (value) => {
          done();
          resolve(value);
        },
        (error: unknown) => {
          done();
          reject(error);
        },
      );
    });
  }
}
