/** Workers that the host did not start: programs of the owner that act for an agent as long as their connection lasts. */
import type { MemberId, WorkerId } from '../core/ids.ts';
import { leasesOf } from '../core/worker/leases-of.ts';
import { externalLauncher } from '../core/worker/worker.ts';
import type { CompanyCoordinator } from './company-coordinator.ts';
import type { OnFault } from './fault.ts';
import { untilWritten } from './until-written.ts';
import { randomId } from './world.ts';

export class ExternalWorkers {
  readonly #coordinator: CompanyCoordinator;
  readonly #onFault: OnFault;
  /** Whoever wants to hear of the end of a worker. */
  readonly #endings = new Map<WorkerId, (reason: string) => void>();

  constructor(coordinator: CompanyCoordinator, onFault: OnFault) {
    this.#coordinator = coordinator;
    this.#onFault = onFault;
    coordinator.onCommit((events) => {
      for (const { event } of events) {
        if (event.type === 'worker.crashed' || event.type === 'worker.stopped')
          this.#endings.get(event.workerId)?.(event.reason);
      }
    });
  }

  /** Tells once why the worker has ended. @returns what ends the waiting */
  whenEnded(workerId: WorkerId, listener: (reason: string) => void): () => void {
    const forget = () => void this.#endings.delete(workerId);
    this.#endings.set(workerId, (reason) => {
      forget();
      listener(reason);
    });
    return forget;
  }

  /**
   * @param runner what the program calls itself
   * @throws CoordError `AGENT_BUSY` - the agent has its workers; `BAD_INPUT` - it is a person
   */
  async start(memberId: MemberId, runner: string, pid: number): Promise<WorkerId> {
    const workerId = randomId('worker');
    const launcher = externalLauncher;
    await this.#coordinator.execute(
      { kind: 'host' },
      { type: 'worker.start', workerId, memberId, launcher, runner },
    );
    await this.#coordinator.execute(
      { kind: 'member', memberId },
      { type: 'worker.report_ready', workerId, pid },
    );
    return workerId;
  }

  /** Its connection is gone. With a task in its hands that is a crash. Never rejects. */
  end(workerId: WorkerId): Promise<void> {
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

  /** At the start: they were connected to an earlier host, so each connects anew, as another worker. */
  async endAllOfEarlierHosts(): Promise<void> {
    const left = await this.#coordinator.read((state) =>
      [...state.workers.values()].filter(
        ({ launcher, endedAt }) => launcher === externalLauncher && endedAt === null,
      ),
    );
    await Promise.all(left.map(({ id }) => this.end(id)));
  }
}
