/** Keeps a session for each token while it is used, so that what one request locks the next one may write. */
import { createHash } from 'node:crypto';
import type { Coordination, Hello } from '../../contract/rpc.ts';
import { rpcVersion } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import type { DurationMs } from '../../core/units.ts';
import { minutes } from '../../core/units.ts';
import type { Connect } from '../serve-connection.ts';
import { apiPrefix } from './match-operation.ts';

/** Requests of one session that may be under way at once, open streams among them. */
export const mostRequests = 64;

/** After so long without a request a session ends, and what it holds comes free. */
const usualIdle = minutes(15);

interface Kept {
  readonly session: Promise<Coordination>;
  readonly ended: AbortController;
  busy: number;
  timer: NodeJS.Timeout | undefined;
}

export class TooManyRequests extends CoordError {
  constructor() {
    super(
      'TOO_LARGE',
      `Refused the request: ${mostRequests} requests with this token are under way; wait for some of them first`,
    );
  }
}

/** A person may begin a name and be understood; what a program writes is all that it means. */
function requireExact(wanted: string, { company }: Hello): void {
  const names = company === null ? [] : [company.id, company.name.toLowerCase()];
  if (names.includes(wanted.trim().toLowerCase())) return;
  throw new CoordError(
    'NOT_FOUND',
    `There is no company “${wanted.slice(0, 80)}”: give its whole id or name; ${apiPrefix}/companies lists them`,
    { wanted },
  );
}

export class ApiSessions {
  readonly #connect: Connect;
  readonly #idle: DurationMs;
  readonly #kept = new Map<string, Kept>();

  constructor(connect: Connect, idle: DurationMs = usualIdle) {
    this.#connect = connect;
    this.#idle = idle;
  }

  /**
   * @param company by id or name; null: whichever the token is for
   * @throws CoordError `SESSION_INVALID`, `NOT_FOUND`, `FORBIDDEN`; `TooManyRequests`; whatever `act` throws
   */
  async use<Result>(
    token: string,
    company: string | null,
    act: (session: Coordination, ended: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const key = createHash('sha256')
      .update(JSON.stringify([token, company]))
      .digest('base64');
    const kept = this.#kept.get(key) ?? this.#open(key, token, company);
    if (kept.busy >= mostRequests) throw new TooManyRequests();
    kept.busy += 1;
    clearTimeout(kept.timer);
    try {
      return await act(await kept.session, kept.ended.signal);
    } catch (error) {
      if (error instanceof CoordError && error.code === 'SESSION_INVALID') this.#end(key, kept);
      throw error;
    } finally {
      kept.busy -= 1;
      if (kept.busy === 0) this.#endLater(key, kept);
    }
  }

  close(): void {
    for (const [key, kept] of this.#kept) this.#end(key, kept);
  }

  #open(key: string, token: string, company: string | null): Kept {
    const ended = new AbortController();
    const coordination = this.#connect(ended.signal);
    const greeting = { version: rpcVersion, token, company, client: 'http' };
    const session = coordination.hello(greeting).then((hello) => {
      if (company !== null) requireExact(company, hello);
      return coordination;
    });
    const kept: Kept = { session, ended, busy: 0, timer: undefined };
    this.#kept.set(key, kept);
    session.catch(() => this.#end(key, kept));
    return kept;
  }

  #endLater(key: string, kept: Kept): void {
    if (kept.ended.signal.aborted) return;
    kept.timer = setTimeout(() => this.#end(key, kept), this.#idle);
    kept.timer.unref();
  }

  #end(key: string, kept: Kept): void {
    clearTimeout(kept.timer);
    if (this.#kept.get(key) === kept) this.#kept.delete(key);
    kept.ended.abort();
  }
}
