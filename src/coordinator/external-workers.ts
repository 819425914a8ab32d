/** Workers that the host did not start: programs of the owner that act for an agent as long as their connection lasts. */
import { endableBy } from '../core/host/among-hosts.ts';
import type { HostId, MemberId, WorkerId } from '../core/ids.ts';
import { leasesOf } from '../core/worker/leases-of.ts';
import { externalLauncher } from '../core/worker/worker.ts';
import type { CompanyCoordinator } from './company-coordinator.ts';
import type { OnFault } from './fault.ts';
import { untilWritten } from './until-written.ts';
import { randomId } from './world.ts';

/** A worker that was started here, until its connection is gone or somebody was told of its end. */
interface Watched {
  /** Why it has ended, while nobody has asked to be told. */
  reason: string | null;
  tell: ((reason: string) => void) | null;
}

export class ExternalWorkers {
  readonly #coordinator: CompanyCoordinator;
  readonly #onFault: OnFault;
  readonly #watched = new Map<WorkerId, Watched>();

  constructor(coordinator: CompanyCoordinator, onFault: OnFault) {
    this.#coordinator = coordinator;
    this.#onFault = onFault;
    coordinator.onCommit((events) => {
      for (const { event } of events) {
        if (event.type === 'worker.crashed' || event.type === 'worker.stopped')
          this.#noteEnd(event.workerId, event.reason);
      }
    });
  }

  /** Tells once why the worker has ended: at once if it has already. Nobody is told of one that `end` has let go. */
  whenEnded(workerId: WorkerId, listener: (reason: string) => void): void {
    const watched = this.#watched.get(workerId);
    if (!watched) return;
    watched.tell = listener;
    if (watched.reason !== null) this.#noteEnd(workerId, watched.reason);
  }

  /**
   * @param runner what the program calls itself
   * @throws CoordError `AGENT_BUSY` - the agent has its workers; `PAUSED` - the company is stopped
   * @throws CoordError `BAD_INPUT` - it is a person; `WRONG_STATE` - it was ended before it was ready
   */
  async start(memberId: MemberId, runner: string, pid: number): Promise<WorkerId> {
    const workerId = randomId('worker');
    const launcher = externalLauncher;
    // From before it is there: it may end in the batch that it starts in, and nobody would hear of that later.
    this.#watched.set(workerId, { reason: null, tell: null });
    try {
      await this.#coordinator.execute(
        { kind: 'host' },
        { type: 'worker.start', workerId, memberId, launcher, runner },
      );
    } catch (error) {
      this.#watched.delete(workerId);
      throw error;
    }
    try {
      await this.#coordinator.execute(
        { kind: 'member', memberId },
        { type: 'worker.report_ready', workerId, pid },
      );
    } catch (error) {
      void this.end(workerId);
      throw error;
    }
    return workerId;
  }

  /** Its connection is gone. With a task in its hands that is a crash. Never rejects. */
  end(workerId: WorkerId): Promise<void> {
    this.#watched.delete(workerId);
    return untilWritten(this.#coordinator, this.#onFault, async () => {
      const holding = await this.#coordinator.read((state) => {
        const worker = state.workers.get(workerId);
        return worker ? leasesOf(state, worker).length : 0;
      });
      return holding === 0
        ? { type: 'worker.end', workerId, outcome: 'stopped', reason: 'closed its connection' }
        : {
            type: 'worker.end',
            workerId,
            outcome: 'crashed',
            reason: 'its connection ended in the middle of a task',
          };
    });
  }

  /**
   * At the start: they were connected to an earlier run of this host, so each connects anew, as another worker.
   * @param host who it is; null: there is no other
   */
  async endAllOfEarlierRuns(host: HostId | null): Promise<void> {
    const left = await this.#coordinator.read((state) => {
      const isOurs = endableBy(state, host);
      return [...state.workers.values()].filter(
        ({ launcher, endedAt, hostId }) =>
          launcher === externalLauncher && endedAt === null && isOurs(hostId),
      );
    });
    await Promise.all(left.map(({ id }) => this.end(id)));
  }

  #noteEnd(workerId: WorkerId, reason: string): void {
    const watched = this.#watched.get(workerId);
    if (!watched) return;
    watched.reason = reason;
    if (!watched.tell) return;
    this.#watched.delete(workerId);
    watched.tell(reason);
  }
}
