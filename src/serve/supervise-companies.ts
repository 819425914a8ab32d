/** Gives every company that is open, or is opened later, its supervisor of worker processes. */
import type { Launcher } from '../contract/launcher.ts';
import type { Companies } from '../coordinator/companies.ts';
import type { OpenCompany } from '../coordinator/open-company.ts';
import type { Sessions } from '../coordinator/sessions.ts';
import { LauncherRooms } from '../coordinator/supervisor/launcher-rooms.ts';
import { StartTurns } from '../coordinator/supervisor/start-turns.ts';
import { Supervisor } from '../coordinator/supervisor/supervisor.ts';
import type { SupervisorPorts } from '../coordinator/supervisor/supervisor-ports.ts';
import type { SupervisorSettings } from '../coordinator/supervisor/supervisor-settings.ts';
import type { WorkerPlaces } from '../coordinator/supervisor/worker-places.ts';
import type { RunnerChoice } from '../core/org/org.ts';

export interface SupervisionOptions {
  readonly companies: Companies;
  readonly sessions: Sessions;
  /** Where workers connect to; null: nowhere, so there are none. */
  readonly socketPath: string | null;
  /** Where workers on other machines connect to; null: there are none. */
  readonly publicUrl: string | null;
  /** Does the tasks of agents that name no runner of their own. */
  readonly runner: RunnerChoice;
  /** What a worker with that runner needs beside its token: one line. Never rejects. */
  readonly handover: (runner: RunnerChoice) => Promise<string>;
  /** The first one starts what names no other. */
  readonly launchers: readonly [Launcher, ...Launcher[]];
  /** Of worker processes, for all companies together. */
  readonly places: WorkerPlaces;
  readonly settings: Partial<SupervisorSettings>;
  readonly onFault: (error: unknown) => void;
}

export interface Supervision {
  /** Lets every worker finish or give back its task, and starts no more. */
  stop(): Promise<void>;
  /** Starts no more, and lets every worker finish what it has, however long that takes. */
  finish(): Promise<void>;
}

export function superviseCompanies(options: SupervisionOptions): Supervision {
  const { socketPath, places } = options;
  if (socketPath === null || places.atMost === 0)
    return { stop: async () => undefined, finish: async () => undefined };
  const supervisors: Supervisor[] = [];
  const shared = {
    launchers: options.launchers,
    places,
    turns: new StartTurns(),
    socket: socketPath,
    publicUrl: options.publicUrl,
    rooms: new LauncherRooms(),
  };
  for (const launcher of options.launchers) launcher.removeOrphans?.().catch(options.onFault);
  const stopListening = options.companies.onOpen((company) => {
    const supervisor = supervisorOf(company, shared, options);
    supervisors.push(supervisor);
    supervisor.start().catch(options.onFault);
  });
  return {
    stop: async () => {
      stopListening();
      await Promise.all(supervisors.map((supervisor) => supervisor.stop()));
    },
    finish: async () => {
      stopListening();
      await Promise.all(supervisors.map((supervisor) => supervisor.finish()));
    },
  };
}

function supervisorOf(
  company: OpenCompany,
  shared: Pick<SupervisorPorts, 'launchers' | 'places' | 'turns' | 'rooms' | 'socket' | 'publicUrl'>,
  { sessions, runner, handover, settings, onFault }: SupervisionOptions,
): Supervisor {
  return new Supervisor(
    {
      ...shared,
      companyId: company.id,
      coordinator: company.coordinator,
      vitals: company.vitals,
      sessions,
      logFolder: company.workersFolder,
      runner,
      handover,
      onFault,
    },
    settings,
  );
}
