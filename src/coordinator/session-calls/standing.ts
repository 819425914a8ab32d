/** For whom a connection acts: nobody at first, and after `hello` a member of a company. Every call asks here first. */
import { CoordError } from '../../core/error.ts';
import { ArrivalOrder } from '../arrival-order.ts';
import type { Binding } from '../binding.ts';
import { ambiguousCompany } from '../find-company.ts';
import type { Session } from '../sessions.ts';
import type { SessionHost } from './session-host.ts';

export class Standing {
  readonly host: SessionHost;
  /** Aborts when the connection is gone. */
  readonly ended: AbortSignal;
  /** Of its commands, whomever they are given for. */
  readonly order = new ArrivalOrder();
  #session: Session | null = null;
  #binding: Binding | null = null;

  constructor(host: SessionHost, ended: AbortSignal) {
    this.host = host;
    this.ended = ended;
  }

  /** Whom it acts for now; null: nobody, or no company is chosen. */
  get binding(): Binding | null {
    return this.#binding;
  }

  /** From now on it acts for somebody else; what it held for the one before comes free. */
  bind(binding: Binding | null, session: Session | null = this.#session): void {
    if (this.#binding !== binding) this.#binding?.end();
    this.#binding = binding;
    this.#session = session;
  }

  /** Its token was made out to look, and not to act. */
  get mayOnlyRead(): boolean {
    const holder = this.#session?.holder;
    return holder !== undefined && !('owner' in holder) && holder.access === 'read';
  }

  get isOwner(): boolean {
    return 'owner' in this.requireSession().holder;
  }

  /** @throws CoordError `FORBIDDEN` - it is not the owner's; @param what they alone may do, such as `move a company` */
  requireOwner(what: string): void {
    if (this.isOwner) return;
    throw new CoordError('FORBIDDEN', `Only the owner of this host may ${what}: ask them`);
  }

  /** @throws CoordError `SESSION_INVALID` - nobody has said hello, or their token was withdrawn */
  requireSession(): Session {
    if (this.#session && this.host.sessions.isCurrent(this.#session)) return this.#session;
    throw new CoordError(
      'SESSION_INVALID',
      this.#session
        ? 'The session has ended: its token was withdrawn. Say hello with a fresh one'
        : 'Nobody has said hello on this connection yet: the first call must be hello, with a token',
    );
  }

  /**
   * The binding, when nothing is in its way. It only saves the turn that `requireBinding` takes, which decides: null falls
   * through to its whole check, and that says what is in the way.
   */
  current(): Binding | null {
    const isCurrent = this.#session !== null && this.host.sessions.isCurrent(this.#session);
    return isCurrent && this.#binding?.isGone === false ? this.#binding : null;
  }

  /** @throws CoordError `SESSION_INVALID`, `AMBIGUOUS`, `NOT_FOUND` - there is no company to act in */
  async requireBinding(): Promise<Binding> {
    this.requireSession();
    this.#binding?.requireWorker();
    if (this.#binding) return this.#binding;
    const companies = await this.host.companies.list();
    if (companies.length > 0) throw ambiguousCompany('The call may be meant for', companies);
    throw new CoordError(
      'NOT_FOUND',
      'There is no company yet: create one from a template first, with `init`',
    );
  }

  /**
   * The binding, for what changes something. That a reader tried is put on record.
   * @param call its name; @param what it does, such as `write files`
   * @throws CoordError as `requireBinding`, and `FORBIDDEN` - its token was made out to read
   */
  async requireActing(call: string, what: string): Promise<Binding> {
    const binding = await this.requireBinding();
    if (this.mayOnlyRead) await onRecord(binding, call, refuseToReader(what));
    return binding;
  }
}

/** What somebody had no right to is put on record, as it is for a command. @throws whatever the call throws */
export async function onRecord<Result>(
  binding: Binding | null,
  type: string,
  call: Promise<Result>,
): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    if (binding && error instanceof CoordError) {
      await binding.company.coordinator.refuse(binding.actor, { type }, error);
    }
    throw error;
  }
}

/** @throws CoordError `FORBIDDEN` */
export async function refuseToReader(what: string): Promise<never> {
  throw new CoordError(
    'FORBIDDEN',
    `This token may look and not ${what}: it was made out to read. Use one that acts for the member (“agentcoord tokens create --access act”)`,
  );
}
