/** Keeps one connection of Socket Mode open, by which Slack tells what people do. */
import { setTimeout as pause } from 'node:timers/promises';
import { SocketModeClient } from '@slack/socket-mode';
import type { WebClientOptions } from '@slack/web-api';
import { at, textAt } from './read-payload.ts';
import { socketTrouble } from './slack-error.ts';
import { silent } from './web-client.ts';

/** What Slack hands over; it comes again when nobody acknowledges it in three seconds. */
export interface Envelope {
  readonly type: string;
  readonly body: unknown;
  /** Never rejects: what is not acknowledged comes again. */
  ack(answer?: Record<string, unknown>): Promise<void>;
}

export interface SocketLineParts {
  readonly appToken: string;
  readonly clientOptions: Omit<WebClientOptions, 'logger' | 'logLevel'>;
  readonly take: (envelope: Envelope) => Promise<void>;
  readonly log: (text: string) => void;
  /** It is connected, or no longer. */
  readonly changed: () => void;
}

/** After a first failure; each further one waits twice as long, up to the longest. In ms. */
const firstWait = 1_000;
const longestWait = 60_000;
/** How long a connection may take, in ms. */
const patience = 15_000;
/** Of what Slack sends at once, in characters. */
const longestFrame = 4_000_000;

export class SocketLine {
  readonly #parts: SocketLineParts;
  readonly #ended = new AbortController();
  readonly #clients = new Set<SocketModeClient>();
  readonly #running: Promise<void>;
  /** Resolves once the first connection stands or has failed. */
  readonly tried: Promise<void>;
  #trouble = 'it is not connected yet';

  constructor(parts: SocketLineParts) {
    this.#parts = parts;
    const first = later<void>();
    this.tried = first.promise;
    this.#running = this.#run(first.resolve);
  }

  /** Why nothing arrives; empty: it does. */
  get trouble(): string {
    return this.#trouble;
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await this.#running;
  }

  async #run(tried: () => void): Promise<void> {
    let wait = firstWait;
    while (!this.#ended.signal.aborted) {
      const client = this.#newClient();
      try {
        const { left } = await this.#connect(client);
        this.#turn('');
        tried();
        wait = firstWait;
        await left;
        if (this.#ended.signal.aborted) break;
        this.#turn('the connection broke and is made again');
      } catch (error) {
        void this.#leave(client);
        if (this.#ended.signal.aborted) break;
        this.#turn(socketTrouble(error));
        this.#parts.log(`no connection: ${this.#trouble}`);
        tried();
        await pause(wait, undefined, { signal: this.#ended.signal }).catch(() => undefined);
        wait = Math.min(longestWait, wait * 2);
      }
    }
    tried();
    await Promise.all([...this.#clients].map((client) => this.#leave(client)));
  }

  #turn(trouble: string): void {
    this.#trouble = trouble;
    this.#parts.changed();
  }

  /**
   * Resolves once Slack has greeted us. `left` resolves when another connection is needed: Slack says so beforehand, and
   * goes on serving this one for a moment.
   */
  async #connect(client: SocketModeClient): Promise<{ readonly left: Promise<void> }> {
    const { signal } = this.#ended;
    const left = later<void>();
    const failed = later<never>();
    failed.promise.catch(() => undefined);
    client.on('disconnected', () => {
      this.#clients.delete(client);
      left.resolve();
      failed.reject(new Error('the connection was closed before Slack had greeted us'));
    });
    client.on('disconnect_asked', () => left.resolve());
    signal.addEventListener('abort', () => left.resolve(), { once: true });
    const timer = setTimeout(() => failed.reject(new Error('Slack did not greet us in time')), patience);
    try {
      await Promise.race([client.start(), failed.promise, left.promise]);
    } finally {
      clearTimeout(timer);
    }
    return { left: left.promise };
  }

  #newClient(): SocketModeClient {
    const { appToken, clientOptions, take } = this.#parts;
    // It would end the process over what it can’t mend, such as a token that was withdrawn: we begin anew ourselves.
    const client = new SocketModeClient({
      appToken,
      clientOptions,
      logger: silent,
      autoReconnectEnabled: false,
    });
    this.#clients.add(client);
    const handlers = client.listeners('ws_message') as ((data: unknown, isBinary: boolean) => unknown)[];
    client.removeAllListeners('ws_message');
    client.on('ws_message', (data: unknown, isBinary: boolean) => {
      const frame = isBinary ? null : readFrame(data);
      if (!frame) {
        this.#parts.log('Slack sent what is no message of Socket Mode; it was left alone');
        return;
      }
      if (frame === 'disconnect') client.emit('disconnect_asked');
      for (const handle of handlers) handle(data, isBinary);
    });
    client.on('slack_event', ({ type, body, ack }: { type: string; body: unknown; ack: Acknowledge }) => {
      const quietly = (answer?: Record<string, unknown>) => ack(answer).catch(() => undefined);
      take({ type, body, ack: quietly }).catch((error: unknown) => {
        this.#parts.log(`what somebody did was not taken: ${error instanceof Error ? error.message : error}`);
      });
    });
    return client;
  }

  async #leave(client: SocketModeClient): Promise<void> {
    const gone = client.disconnect().catch(() => undefined);
    await Promise.race([gone, pause(goodbye)]);
    this.#clients.delete(client);
  }
}

function later<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<Value>((does, fails) => {
    resolve = does;
    reject = fails;
  });
  return { promise, resolve, reject };
}

type Acknowledge = (answer?: Record<string, unknown>) => Promise<void>;

/** How long we wait for the other side to say goodbye, in ms. */
const goodbye = 1_000;

/** What kind it is, when it has the shape that the client of Slack counts on; it would end the process over any other. */
function readFrame(data: unknown): string | null {
  if (typeof data !== 'string' || data.length > longestFrame) return null;
  let frame: unknown;
  try {
    frame = JSON.parse(data);
  } catch {
    return null;
  }
  const type = textAt(frame, 'type');
  if (type === 'hello' || type === 'disconnect') return type;
  if (type === '' || textAt(frame, 'envelope_id') === '') return null;
  return type !== 'events_api' || typeof at(frame, 'payload', 'event', 'type') === 'string' ? type : null;
}
