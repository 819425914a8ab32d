/** Gives every company that is open, or is opened later, its supervisor of worker processes. */
import type { Companies } from '../coordinator/companies.ts';
import type { OpenCompany } from '../coordinator/open-company.ts';
import type { Sessions } from '../coordinator/sessions.ts';
import type { SupervisorSettings } from '../coordinator/supervisor/supervisor.ts';
import { Supervisor } from '../coordinator/supervisor/supervisor.ts';
import type { RunnerChoice } from '../core/org/org.ts';
import { createSubprocessLauncher } from '../launchers/subprocess.ts';
import { workerProgram } from './installation.ts';

export interface SupervisionOptions {
  readonly companies: Companies;
  readonly sessions: Sessions;
  /** Where workers connect to; null: nowhere, so there are none. */
  readonly socketPath: string | null;
  /** Does the tasks of agents that name no runner of their own. */
  readonly runner: RunnerChoice;
  readonly settings: Partial<SupervisorSettings>;
  readonly onFault: (error: unknown) => void;
}

export interface Supervision {
  /** Lets every worker finish or give back its task, and starts no more. */
  stop(): Promise<void>;
}

export function superviseCompanies(options: SupervisionOptions): Supervision {
  const { socketPath, settings } = options;
  if (socketPath === null || settings.cap === 0) return { stop: async () => undefined };
  const supervisors: Supervisor[] = [];
  const launcher = createSubprocessLauncher(workerProgram);
  const stopListening = options.companies.onOpen((company) => {
    const supervisor = supervisorOf(company, launcher, socketPath, options);
    supervisors.push(supervisor);
    supervisor.start().catch(options.onFault);
  });
  return {
    stop: async () => {
      stopListening();
      await Promise.all(supervisors.map((supervisor) => supervisor.stop()));
    },
  };
}

function supervisorOf(
  company: OpenCompany,
  launcher: ReturnType<typeof createSubprocessLauncher>,
  socket: string,
  { sessions, runner, settings, onFault }: SupervisionOptions,
): Supervisor {
  return new Supervisor(
    {
      companyId: company.id,
      coordinator: company.coordinator,
      sessions,
      launcher,
      socket,
      logFolder: company.workersFolder,
      runner,
      onFault,
    },
    settings,
  );
}
