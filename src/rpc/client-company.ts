/** Keeps a face of the product joined to its host: says hello, follows the company, and when the line is lost, heals it. */
import { followCompany, OtherVersion, restoreCompany } from '../contract/follow-company.ts';
import type { Soon } from '../contract/live-company.ts';
import { LiveCompany } from '../contract/live-company.ts';
import type { CompanySummary, Coordination, Hello } from '../contract/rpc.ts';
import { rpcVersion } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import type { CompanyId, HostId, MemberId } from '../core/ids.ts';
import type { ClientConnection } from './client.ts';

export type ConnectionStatus =
  | { readonly kind: 'connecting' }
  /** The host has no company yet. */
  | { readonly kind: 'no-company' }
  /** The host has several companies; one must be chosen. */
  | { readonly kind: 'choose'; readonly companies: readonly CompanySummary[] }
  | { readonly kind: 'live' }
  /** Tries again at `retryAt`; what was on the screen stays, as of then. */
  | { readonly kind: 'lost'; readonly since: number; readonly retryAt: number; readonly hadCompany: boolean }
  /** Trying again would not help. */
  | { readonly kind: 'refused'; readonly error: CoordError };

const firstRetryMs = 500;
const lastRetryMs = 8_000;

/** An open line, and the token that opens a session on it. */
export interface Line {
  readonly client: ClientConnection;
  readonly token: string;
}

export interface Face {
  readonly openLine: () => Promise<Line>;
  /** What it calls itself in logs. */
  readonly client: string;
  /** When to draw. */
  readonly soon: Soon;
  /** The company of the last visit, by name or id; null: none yet. */
  readonly kept: { read(): string | null; write(company: string | null): void };
}

export class Connection {
  readonly live: LiveCompany;
  #status: ConnectionStatus = { kind: 'connecting' };
  #memberId: MemberId | null = null;
  #hostId: HostId | null = null;
  #line: Line | null = null;
  /** The number of the last one: what becomes of an earlier one is of no interest. */
  #attempt = 0;
  #failures = 0;
  #isClosed = false;
  #lostSince = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #stopFollowing = new AbortController();
  readonly #face: Face;
  readonly #listeners = new Set<() => void>();

  constructor(face: Face) {
    this.#face = face;
    this.live = new LiveCompany(face.soon);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly status = (): ConnectionStatus => this.#status;

  /** Who the person is, as the host said last. */
  readonly memberId = (): MemberId | null => this.#memberId;

  /** Which of the company's hosts it is joined to; null: it has but one, without a name. */
  readonly hostId = (): HostId | null => this.#hostId;

  /** While the line is lost, each call of it is refused as `NOT_CONNECTED`, as any call may be. */
  get coordination(): Coordination {
    return this.#line?.client ?? lostLine;
  }

  /** Connects now, also in place of a wait for the next attempt. */
  readonly connect = async (): Promise<void> => {
    clearTimeout(this.#retryTimer);
    this.#drop();
    this.#attempt += 1;
    const attempt = this.#attempt;
    try {
      const line = await this.#face.openLine();
      // Somebody was quicker, or nobody wants it any more.
      if (attempt !== this.#attempt) return line.client.close();
      this.#line = line;
      void line.client.closed.then(() => this.#line === line && this.#lose(null));
      await this.#greet(line);
      if (attempt === this.#attempt) this.#failures = 0;
    } catch (error) {
      if (attempt === this.#attempt) this.#lose(error);
    }
  };

  /** Goes over to a company of the host. */
  async choose(id: CompanyId): Promise<void> {
    this.#face.kept.write(id);
    await this.connect();
  }

  /** Makes the company and follows it; the connection is bound to it from then on. */
  async createCompany(from: { template: string }, name: string): Promise<void> {
    const created = await this.coordination.createCompany({ from, name });
    await this.choose(created.id);
  }

  /** Ends it: nothing is tried again. */
  close(): void {
    clearTimeout(this.#retryTimer);
    this.#isClosed = true;
    this.#attempt += 1;
    this.#drop();
  }

  async #greet({ client, token }: Line): Promise<void> {
    const name = this.#face.client;
    const say = (company: string | null) =>
      client.hello({ version: rpcVersion, token, company, client: name });
    const kept = this.#face.kept.read();
    let hello: Hello;
    try {
      hello = await say(kept);
    } catch (error) {
      if (!(error instanceof CoordError)) throw error;
      if (error.code === 'COMPANY_AMBIGUOUS') return await this.#offerChoice(client);
      if (error.code !== 'NOT_FOUND' || kept === null) throw error;
      // The company of the last visit is not at this host.
      this.#face.kept.write(null);
      return await this.connect();
    }
    if (!hello.company || !hello.memberId) return await this.#offerChoice(client);
    this.#hostId = hello.hostId;
    await this.#follow(client, hello.memberId);
  }

  /** A hello that names no company is bound to none where there is none, and where there are several. */
  async #offerChoice(client: Coordination): Promise<void> {
    const companies = await client.companies();
    this.#become(companies.length === 0 ? { kind: 'no-company' } : { kind: 'choose', companies });
  }

  async #follow(client: Coordination, memberId: MemberId): Promise<void> {
    await restoreCompany(client, this.live);
    this.#stopFollowing = new AbortController();
    void this.#keepUp(client, this.#stopFollowing.signal);
    this.#memberId = memberId;
    this.#become({ kind: 'live' });
  }

  async #keepUp(client: Coordination, signal: AbortSignal): Promise<void> {
    try {
      await followCompany(client, this.live, signal);
    } catch (error) {
      if (!signal.aborted) return this.#lose(error);
    }
    if (!signal.aborted) this.#lose(null);
  }

  #drop(): void {
    this.#stopFollowing.abort();
    const line = this.#line;
    this.#line = null;
    line?.client.close();
  }

  #lose(error: unknown): void {
    if (this.#isClosed) return;
    this.#drop();
    clearTimeout(this.#retryTimer);
    if (error instanceof OtherVersion || (error instanceof CoordError && error.code === 'SESSION_INVALID')) {
      return this.#become({ kind: 'refused', error });
    }
    if (this.#status.kind !== 'lost') this.#lostSince = Date.now();
    const wait = Math.min(lastRetryMs, firstRetryMs * 2 ** this.#failures);
    this.#failures += 1;
    this.#become({
      kind: 'lost',
      since: this.#lostSince,
      retryAt: Date.now() + wait,
      hadCompany: this.live.state.company !== null,
    });
    this.#retryTimer = setTimeout(() => void this.connect(), wait);
  }

  #become(status: ConnectionStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener();
  }
}

const lostLine = new Proxy({} as Coordination, {
  get: (_target, name) => {
    if (name === 'then') return undefined;
    return name === 'follow' ? () => noEvents() : () => Promise.reject(notConnected());
  },
});

// biome-ignore lint/correctness/useYield: it refuses as soon as somebody wants an event
async function* noEvents(): AsyncGenerator<never> {
  throw notConnected();
}

function notConnected(): CoordError {
  return new CoordError(
    'NOT_CONNECTED',
    'The connection to the host is lost; it is being restored, then try again.',
  );
}
