/** One session's line to its host: kept up, and opened anew when it is lost, until somebody closes it. */

import type { Acting } from '../contract/act-as.ts';
import type { ChannelView, ChannelWish } from '../contract/channels.ts';
import type { QueryAnswers, QueryInput, QueryName } from '../contract/queries.ts';
import type { Hello, Receipt } from '../contract/rpc.ts';
import { rpcVersion } from '../contract/rpc.ts';
import type { CommandInput } from '../core/command.ts';
import type { ErrorCode } from '../core/error.ts';
import { CoordError } from '../core/error.ts';
import type { MemberId, WorkerId } from '../core/ids.ts';
import type { Policy } from '../core/org/org.ts';
import type { ClientConnection } from '../rpc/client.ts';
import { connectClient } from '../rpc/client.ts';
import { pause, unlessAborted } from './abort.ts';
import type { HostAddress } from './find-host.ts';
import { findHost } from './find-host.ts';
import { startHeartbeat } from './heartbeat.ts';

export interface Identity {
  /** Id or name of the company; left out, `$AGENTCOORD_COMPANY`; not needed while the host has one. */
  readonly company?: string;
  /** Id or name of a member to act for. */
  readonly member?: string;
  /** Without `member`: an agent of this role that nobody works as yet. */
  readonly role?: string;
  /** What for, in words: it goes on record. */
  readonly workingOn?: string;
  /** What the script calls itself; `script` by default. */
  readonly client?: string;
}

/** The line as it is between two losses. */
export interface Bound {
  readonly connection: ClientConnection;
  readonly company: NonNullable<Hello['company']>;
  readonly member: { readonly id: MemberId; readonly name: string; readonly kind: 'agent' | 'human' };
  /** An agent is online by it. */
  readonly workerId: WorkerId | null;
  readonly policy: Policy;
  readonly head: Hello['head'];
}

/** What may pass while the host starts again, or has not yet seen that the former line is gone, or all is stopped. */
const passing: readonly ErrorCode[] = [
  'NOT_CONNECTED',
  'SESSION_INVALID',
  'AGENT_BUSY',
  'LOG_UNAVAILABLE',
  'PAUSED',
];

/** Between two tries to connect, in ms: doubling from the first to the last. */
const firstPause = 100;
const longestPause = 5_000;

export class Line {
  readonly #options: HostAddress & Identity;
  readonly #closing = new AbortController();
  readonly #lostListeners = new Set<{ readonly tell: (why: CoordError) => void }>();
  readonly #boundListeners = new Set<{ readonly tell: () => void }>();
  #bound: Promise<Bound>;
  #last: Bound;

  private constructor(options: HostAddress & Identity, first: Bound) {
    this.#options = options;
    this.#last = first;
    this.#bound = Promise.resolve(first);
    void this.#keep();
  }

  /** @throws CoordError why there is no line: the first time nothing is tried again */
  static async open(options: HostAddress & Identity): Promise<Line> {
    return new Line(options, await bind(options));
  }

  /** As it was when it was last up. */
  get last(): Bound {
    return this.#last;
  }

  /** Why a task that it holds at its end goes back: who left it. */
  get unfinished(): string {
    const { client = 'script' } = this.#options;
    return client === 'mcp'
      ? 'The MCP session ended before it was finished'
      : `The ${client} left it unfinished`;
  }

  /** Aborts when the session is closed. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** The line, once it is up. @throws CoordError why it will not be: the host refuses this session */
  bound(signal?: AbortSignal): Promise<Bound> {
    return unlessAborted(this.#bound, signal);
  }

  /** Is told each time the line is lost, and why. @returns what ends the telling */
  onLost(listener: (why: CoordError) => void): () => void {
    return told(this.#lostListeners, listener);
  }

  /** Is told each time the line is up again. @returns what ends the telling */
  onBound(listener: () => void): () => void {
    return told(this.#boundListeners, listener);
  }

  /** Asks again on the next line when this one is lost meanwhile. */
  async query<Name extends QueryName>(
    name: Name,
    params: QueryInput<Name>,
    signal?: AbortSignal,
  ): Promise<QueryAnswers[Name]> {
    for (;;) {
      const { connection } = await this.bound(signal);
      try {
        return await unlessAborted(connection.query(name, params), signal);
      } catch (error) {
        if (!isLineLost(error) || this.#closing.signal.aborted) throw error;
        await unlessAborted(connection.closed, signal);
      }
    }
  }

  /** Of this host. @throws CoordError `NOT_CONNECTED` */
  async channels(): Promise<readonly ChannelView[]> {
    const { connection } = await this.bound();
    return connection.channels();
  }

  /** Never given twice. @throws CoordError `NOT_CONNECTED`, or why not */
  async setChannel(wish: ChannelWish): Promise<ChannelView> {
    const { connection } = await this.bound();
    return connection.setChannel(wish);
  }

  /** Never given twice. @throws CoordError `NOT_CONNECTED` - the line was lost before the answer: it may be done or not */
  async command(command: CommandInput): Promise<Receipt> {
    const { connection } = await this.bound();
    return connection.command(command);
  }

  /** Ends what waits; what is held may be given back until the line is closed. */
  startClosing(): void {
    this.#closing.abort(closed());
  }

  async close(): Promise<void> {
    this.startClosing();
    this.#last.connection.close();
    await this.#bound.then(({ connection }) => connection.close()).catch(() => undefined);
  }

  async #keep(): Promise<void> {
    for (;;) {
      const heartbeat = keepAlive(this.#last);
      await this.#last.connection.closed;
      heartbeat?.stop();
      const why = heartbeat?.refusal ?? this.#last.connection.closedBecause ?? lineLost();
      if (this.#closing.signal.aborted) {
        this.#bound = Promise.reject(closed());
        this.#bound.catch(() => undefined);
      } else {
        this.#bound = this.#reconnect();
      }
      for (const { tell } of this.#lostListeners) tell(why);
      const bound = await this.#bound.catch(() => null);
      if (!bound) return;
      this.#last = bound;
      for (const { tell } of this.#boundListeners) tell();
    }
  }

  async #reconnect(): Promise<Bound> {
    const { signal } = this.#closing;
    for (let wait = firstPause; ; wait = Math.min(2 * wait, longestPause)) {
      await pause(wait * (0.5 + Math.random() / 2), signal);
      if (signal.aborted) throw closed();
      try {
        const bound = await bind(this.#options, signal);
        if (!signal.aborted) return bound;
        bound.connection.close();
      } catch (error) {
        if (!(error instanceof CoordError) || !passing.includes(error.code)) throw error;
      }
    }
  }
}

/** The same function twice is told twice, and each is ended by itself. */
function told<Tell>(listeners: Set<{ readonly tell: Tell }>, tell: Tell): () => void {
  const listener = { tell };
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

interface KeptAlive {
  /** Why the company has given the worker up. */
  readonly refusal: CoordError | null;
  stop(): void;
}

/** A worker that was given up ends its line: a new line makes a new worker. */
function keepAlive({ connection, workerId, policy }: Bound): KeptAlive | null {
  if (workerId === null) return null;
  const heartbeat = startHeartbeat(connection, workerId, policy);
  let refusal: CoordError | null = null;
  heartbeat.refused.catch((why: CoordError) => {
    refusal = why;
    connection.close();
  });
  return {
    get refusal() {
      return refusal;
    },
    stop: heartbeat.stop,
  };
}

export function isLineLost(error: unknown): boolean {
  return error instanceof CoordError && error.code === 'NOT_CONNECTED';
}

/** @param signal gives it up, also while the host says nothing */
async function bind(options: HostAddress & Identity, signal?: AbortSignal): Promise<Bound> {
  const { member = null, role = null, workingOn = null, client = 'script' } = options;
  const wanted = options.company ?? (process.env['AGENTCOORD_COMPANY'] || null);
  const host = await findHost(options);
  const connection = connectClient(await host.open());
  const giveUp = () => connection.close();
  signal?.addEventListener('abort', giveUp);
  try {
    const hello = await connection.hello({ version: rpcVersion, token: host.token, company: wanted, client });
    if (!hello.company) throw await noCompany(connection);
    const acting =
      member === null && role === null
        ? null
        : await connection.actAs({ member, role, workingOn, pid: process.pid });
    const status = await connection.query('status', {});
    return {
      connection,
      company: hello.company,
      member: acting ? memberOf(acting) : await ownMember(connection, hello),
      workerId: acting?.workerId ?? null,
      policy: status.company.policy,
      head: status.seq,
    };
  } catch (error) {
    connection.close();
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

const memberOf = ({ memberId, name, kind }: Acting) => ({ id: memberId, name, kind });

async function ownMember(connection: ClientConnection, { memberId }: Hello): Promise<Bound['member']> {
  const members = await connection.query('members', {});
  const own = members.find(({ member }) => member.id === memberId)?.member;
  if (!own)
    throw new CoordError('NOT_FOUND', `The member ${memberId} of this token is not in the company any more`);
  return { id: own.id, name: own.name, kind: own.kind };
}

async function noCompany(connection: ClientConnection): Promise<CoordError> {
  const names = (await connection.companies()).map(({ name }) => name);
  return names.length === 0
    ? new CoordError(
        'NOT_FOUND',
        'The host has no company yet: create one with createCompany, or "agentcoord init"',
      )
    : new CoordError(
        'COMPANY_AMBIGUOUS',
        `The host has several companies: ${names.join(', ')}. Name one, or set AGENTCOORD_COMPANY`,
        {
          companies: names,
        },
      );
}

function lineLost(): CoordError {
  return new CoordError(
    'NOT_CONNECTED',
    'The line to the host is lost; it is opened anew as soon as a host is there',
  );
}

function closed(): CoordError {
  return new CoordError('NOT_CONNECTED', 'This session is closed: connect again for another one');
}
