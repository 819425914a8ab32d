/** Frees the file locks of sessions that have ended, also when the log can't be written just then. */
import { endableBy } from '../core/host/among-hosts.ts';
import type { HostId, SessionId } from '../core/ids.ts';
import type { CompanyCoordinator } from './company-coordinator.ts';
import type { OnFault } from './fault.ts';
import { untilWritten } from './until-written.ts';

export class EndedSessions {
  readonly #coordinator: CompanyCoordinator;
  readonly #onFault: OnFault;

  constructor(coordinator: CompanyCoordinator, onFault: OnFault) {
    this.#coordinator = coordinator;
    this.#onFault = onFault;
  }

  /** Never rejects. Once the host stops it is left to the next start. */
  end(sessionId: SessionId): Promise<void> {
    return untilWritten(this.#coordinator, this.#onFault, async () => ({ type: 'session.end', sessionId }));
  }

  /**
   * At the start: whoever held a lock here did so by a connection to an earlier run of this host. Its writes find no lock.
   * @param host who it is; null: there is no other
   */
  async endAllOfEarlierRuns(host: HostId | null): Promise<void> {
    const sessions = await this.#coordinator.read((state) => {
      const isOurs = endableBy(state, host);
      const holders = [...state.locks.values()].map(({ holder }) => holder);
      return new Set(holders.filter(({ hostId }) => isOurs(hostId)).map(({ sessionId }) => sessionId));
    });
    await Promise.all([...sessions].map((sessionId) => this.end(sessionId)));
  }
}
