/** Whom a connection acts for, and what ends with it: file locks, and the worker that lives by it alone. */
import type { Actor } from '../core/context.ts';
import { CoordError } from '../core/error.ts';
import type { SessionId, WorkerId } from '../core/ids.ts';
import type { OpenCompany } from './open-company.ts';

export interface Bound {
  readonly company: OpenCompany;
  readonly actor: Extract<Actor, { kind: 'member' }>;
  /** Of this binding: a second hello is another session. */
  readonly sessionId: SessionId;
  /** Aborts when the connection is gone. */
  readonly ended: AbortSignal;
}

export class Binding {
  readonly company: OpenCompany;
  readonly actor: Bound['actor'];
  readonly sessionId: SessionId;
  readonly #ended: AbortSignal;
  #ownWorker: WorkerId | null = null;
  /** Why its worker is no more: nothing is done in its name. */
  #gone: CoordError | null = null;
  #endsWithLine = false;

  constructor({ company, actor, sessionId, ended }: Bound) {
    this.company = company;
    this.actor = actor;
    this.sessionId = sessionId;
    this.#ended = ended;
  }

  /** The worker lives by this connection alone. One that was declared hung, or that somebody ended, takes it along. */
  own(id: WorkerId): void {
    this.#ownWorker = id;
    this.endWithLine();
    // It may have ended while the session was opened: then this tells so at once.
    this.company.externalWorkers.whenEnded(id, (reason) => {
      this.#gone = workerGone(id, reason);
      this.end();
    });
  }

  /** Its worker has ended. */
  get isGone(): boolean {
    return this.#gone !== null;
  }

  /** @throws CoordError `SESSION_INVALID` - its worker has ended */
  requireWorker(): void {
    if (this.#gone) throw this.#gone;
  }

  /** What it holds comes free when the connection is gone. */
  endWithLine(): void {
    if (this.#endsWithLine) return;
    this.#endsWithLine = true;
    if (this.#ended.aborted) this.end();
    else this.#ended.addEventListener('abort', this.end, { once: true });
  }

  /** Frees what it holds; does nothing to one that holds nothing. */
  readonly end = (): void => {
    if (!this.#endsWithLine) return;
    this.#endsWithLine = false;
    this.#ended.removeEventListener('abort', this.end);
    void this.company.endSession(this.sessionId);
    if (this.#ownWorker) void this.company.externalWorkers.end(this.#ownWorker);
  };
}

function workerGone(workerId: WorkerId, reason: string): CoordError {
  return new CoordError(
    'SESSION_INVALID',
    `This session has ended with its worker ${workerId}: ${reason}. What it held is others’ to do: connect anew, and claim again`,
    { workerId, reason },
  );
}
