/** The tokens that a host hands out, and whom each of them stands for. Only their SHA-256 is kept. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { CoordError } from '../core/error.ts';
import type { CompanyId, MemberId, WorkerId } from '../core/ids.ts';

/** One member of one company, perhaps by a worker; or the owner, who is a member of every company of the host. */
export type SessionHolder =
  | { readonly companyId: CompanyId; readonly memberId: MemberId; readonly workerId?: WorkerId }
  | { readonly owner: true };

/** What a token was resolved to. It stays true until `isCurrent` says that it was revoked. */
export interface Session {
  readonly holder: SessionHolder;
}

interface IssuedSession extends Session {
  readonly digest: Buffer;
}

export class Sessions {
  readonly #issued = new Set<IssuedSession>();

  /** A token of 32 random bytes, in base64url; nobody can ask for it again. */
  issue(holder: SessionHolder): string {
    const token = randomBytes(32).toString('base64url');
    this.#issued.add({ holder, digest: digestOf(token) });
    return token;
  }

  /** @throws CoordError `SESSION_INVALID` */
  resolve(token: string): Session {
    const session = this.#find(token);
    if (session) return session;
    throw new CoordError(
      'SESSION_INVALID',
      'The token was refused: this host did not hand it out, or has withdrawn it. ' +
        'Take a fresh one: start the client again, or open the address that the host prints',
    );
  }

  /** Whoever holds the token is refused from now on, on open connections too. */
  revoke(token: string): void {
    const session = this.#find(token);
    if (session) this.#issued.delete(session);
  }

  isCurrent(session: Session): boolean {
    return this.#issued.has(session as IssuedSession);
  }

  /** Compares with every digest, each in constant time, so that the time taken tells nothing of a token. */
  #find(token: string): IssuedSession | null {
    const digest = digestOf(token);
    let found: IssuedSession | null = null;
    for (const session of this.#issued) {
      if (timingSafeEqual(session.digest, digest)) found = session;
    }
    return found;
  }
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
