/** What a supervisor starts workers with, and for which company. */
import type { Launcher } from '../../contract/launcher.ts';
import type { CompanyId } from '../../core/ids.ts';
import type { RunnerChoice } from '../../core/org/org.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import type { Sessions } from '../sessions.ts';
import type { WorkerVitals } from '../worker-vitals.ts';
import type { HostAddresses } from './launcher-named.ts';
import type { LauncherRooms } from './launcher-rooms.ts';
import type { StartTurns } from './start-turns.ts';
import type { WorkerPlaces } from './worker-places.ts';

export interface SupervisorPorts extends HostAddresses {
  readonly companyId: CompanyId;
  readonly coordinator: Pick<
    CompanyCoordinator,
    'actOn' | 'execute' | 'read' | 'onCommit' | 'now' | 'host' | 'hostAmongOthers'
  >;
  readonly sessions: Pick<Sessions, 'issue' | 'revoke'>;
  /** Is told which processes can be measured. */
  readonly vitals: Pick<WorkerVitals, 'watch'>;
  /** The first one starts what names no other. */
  readonly launchers: readonly [Launcher, ...Launcher[]];
  /** One for all supervisors of the host, as is `turns`. */
  readonly places: WorkerPlaces;
  readonly turns: StartTurns;
  /** One for all supervisors of the host: launchers that may have only some workers at once. */
  readonly rooms: LauncherRooms;
  /** Holds `<workerId>.log` of each. */
  readonly logFolder: string;
  /** Does the tasks of members that name no runner of their own. */
  readonly runner: RunnerChoice;
  /** What a worker with that runner needs beside its token: one line. Never rejects. */
  readonly handover: (runner: RunnerChoice) => Promise<string>;
  /** Faults that nobody waits for the answer of: the host's log. */
  readonly onFault: (error: unknown) => void;
}
