/** The tokens that a host hands out, and whom each of them stands for. Only their SHA-256 is kept. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { CoordError } from '../core/error.ts';
import type { CompanyId, MemberId, WorkerId } from '../core/ids.ts';
import type { EpochMs } from '../core/units.ts';
import { realWorld } from './world.ts';

/** One member of one company, perhaps by a worker; or the owner, who is a member of every company of the host. */
export type SessionHolder = MemberHolder | { readonly owner: true };

export interface MemberHolder {
  readonly companyId: CompanyId;
  readonly memberId: MemberId;
  readonly workerId?: WorkerId;
  /** It may look, and change nothing; left out: it may do what the member may. */
  readonly access?: 'read';
  /** Who had the token made out, and could use it too; left out: only the member's own program ever had it. */
  readonly actedBy?: MemberId;
  /**
   * The worker is on another machine: its token lies in an environment there, so it is good for one hello, and what the
   * worker needs beside comes over the line that this hello bound.
   */
  readonly away?: { readonly handover: string };
}

/** What a token was resolved to. It stays true until `isCurrent` says that it was revoked. */
export interface Session {
  readonly holder: SessionHolder;
  /** Aborts when it is revoked. */
  readonly revoked: AbortSignal;
}

interface IssuedSession extends Session {
  readonly digest: Buffer;
  /** Null: as long as nobody withdraws it. */
  readonly until: EpochMs | null;
  readonly revoke: () => void;
  /** Whether somebody has said hello with it. */
  used: boolean;
}

export class Sessions {
  readonly #issued = new Set<IssuedSession>();
  readonly #now: () => EpochMs;

  constructor(now: () => EpochMs = realWorld.now) {
    this.#now = now;
  }

  /** Nobody can ask for the token again. */
  issue(holder: SessionHolder): string {
    const token = randomToken();
    this.#add(holder, digestOf(token), null);
    return token;
  }

  /** Takes a token whose digest was kept from an earlier start. @returns what withdraws it */
  admit(holder: SessionHolder, digest: Buffer, until: EpochMs | null): () => void {
    const session = this.#add(holder, digest, until);
    return () => this.#withdraw(session);
  }

  #add(holder: SessionHolder, digest: Buffer, until: EpochMs | null): IssuedSession {
    const ending = new AbortController();
    const revoke = () => ending.abort();
    const session = { holder, digest, until, revoked: ending.signal, revoke, used: false };
    this.#issued.add(session);
    return session;
  }

  #withdraw(session: IssuedSession): void {
    this.#issued.delete(session);
    session.revoke();
  }

  /** Uses up a token that is good for one hello. @throws CoordError `SESSION_INVALID` */
  resolve(token: string): Session {
    const session = this.#find(token);
    if (session && isSpent(session)) throw spent();
    if (session) {
      session.used = true;
      return session;
    }
    throw new CoordError(
      'SESSION_INVALID',
      'The token was refused: this host did not hand it out, or has withdrawn it. ' +
        'Take a fresh one: start the client again, open the address that the host prints, or make one with “agentcoord tokens create”',
    );
  }

  /** Whether it is that of a worker on another machine which has not come yet. */
  isExpected(token: string): boolean {
    const session = this.#find(token);
    return session !== null && isOfWorkerAway(session.holder) && !session.used;
  }

  /** Whoever holds the token is refused from now on, on open connections too. */
  revoke(token: string): void {
    const session = this.#find(token);
    if (session) this.#withdraw(session);
  }

  isCurrent(session: Session): boolean {
    return this.#issued.has(session as IssuedSession) && !this.#hasRunOut(session as IssuedSession);
  }

  #hasRunOut({ until }: IssuedSession): boolean {
    return until !== null && until <= this.#now();
  }

  /** Compares with every digest, each in constant time, so that the time taken tells nothing of a token. */
  #find(token: string): IssuedSession | null {
    const digest = digestOf(token);
    let found: IssuedSession | null = null;
    for (const session of this.#issued) {
      if (timingSafeEqual(session.digest, digest)) found = session;
    }
    return found && this.#hasRunOut(found) ? null : found;
  }
}

/** 32 random bytes, in base64url. */
export const randomToken = (): string => randomBytes(32).toString('base64url');

export function isOfWorkerAway(holder: SessionHolder): boolean {
  return 'away' in holder && holder.away !== undefined;
}

const isSpent = ({ used, holder }: IssuedSession): boolean => used && isOfWorkerAway(holder);

function spent(): CoordError {
  return new CoordError(
    'SESSION_INVALID',
    'The token was refused: a worker has come with it already, and it is good for one connection. ' +
      'Let the host start another worker',
  );
}

export function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
