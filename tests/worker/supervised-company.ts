/** A real company whose supervisor starts real worker processes from the sources. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Launcher } from '../../src/contract/launcher.ts';
import type { CompanyFileInput } from '../../src/contract/templates.ts';
import { LauncherRooms } from '../../src/coordinator/supervisor/launcher-rooms.ts';
import { StartTurns } from '../../src/coordinator/supervisor/start-turns.ts';
import { Supervisor } from '../../src/coordinator/supervisor/supervisor.ts';
import type { SupervisorSettings } from '../../src/coordinator/supervisor/supervisor-settings.ts';
import { WorkerPlaces } from '../../src/coordinator/supervisor/worker-places.ts';
import type { WorkerId } from '../../src/core/ids.ts';
import type { RunnerChoice } from '../../src/core/org/org.ts';
import type { Task } from '../../src/core/task/task.ts';
import { ms } from '../../src/core/units.ts';
import type { Worker } from '../../src/core/worker/worker.ts';
import { createSubprocessLauncher } from '../../src/launchers/subprocess.ts';
import { openWorkerDoor } from '../../src/serve/worker-door.ts';
import type { RealCompany } from '../real-company.ts';
import { openRealCompany, smallCompany } from '../real-company.ts';

export interface SupervisedCompany extends RealCompany {
  readonly supervisor: Supervisor;
  readonly faults: readonly unknown[];
  /** Creates an epic of the small workflow. */
  route(title: string): Promise<void>;
  /** The task of that title. */
  task(title: string): Promise<Task>;
  workers(): Promise<readonly Worker[]>;
  /** Resolves with the worker that holds the task of that title. */
  holderOf(title: string): Promise<Worker & { readonly pid: number }>;
  logOf(id: WorkerId): Promise<string>;
}

export interface SupervisedOptions {
  readonly file?: Partial<CompanyFileInput>;
  readonly settings?: Partial<SupervisorSettings>;
  readonly places?: WorkerPlaces;
  readonly runner?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly command?: readonly [string, ...string[]];
  /** What a worker gets beside its token. */
  readonly handover?: (runner: RunnerChoice) => Promise<string>;
  /** Workers have nothing of the host but its door for workers on other machines. */
  readonly isAway?: boolean;
  /** In place of the one that starts processes. */
  readonly launcher?: Launcher;
  /** A git repository: each task gets a worktree from it. */
  readonly worktreesOf?: string;
  /** Before the supervisor starts. */
  readonly prepare?: (real: RealCompany) => Promise<void>;
}

const workerEntry = path.resolve(import.meta.dirname, '../../src/worker/index.ts');

/** A lease and waits that are short enough for a test, and long enough for a machine that is busy. */
export const briskPolicy = { lease: '3s', heartbeat: '1s', retry_base: '0s' };

export async function superviseCompany({
  file = {},
  settings = {},
  places = new WorkerPlaces(8),
  runner = 'script',
  options = {},
  command = [process.execPath, workerEntry],
  handover = async () => '',
  isAway = false,
  launcher = processesOf(command, isAway),
  worktreesOf,
  prepare = async () => undefined,
}: SupervisedOptions = {}): Promise<SupervisedCompany> {
  const real = await openRealCompany(smallCompany({ policy: briskPolicy, ...file }), {}, worktreesOf ?? null);
  const { company, sessions, socket } = real;
  const faults: unknown[] = [];
  const supervisor = new Supervisor(
    {
      companyId: company.id,
      coordinator: company.coordinator,
      vitals: company.vitals,
      sessions,
      launchers: [launcher],
      places,
      turns: new StartTurns(),
      socket,
      publicUrl: isAway ? (await openDoor(real)).url : null,
      rooms: new LauncherRooms(),
      logFolder: company.workersFolder,
      runner: { name: runner, options },
      handover,
      onFault: (error) => faults.push(error),
    },
    { grace: ms(4_000), ...settings },
  );
  await prepare(real);
  await supervisor.start();
  onTestFinished(() => supervisor.stop());

  const task = async (title: string) => {
    const found = await company.coordinator.read((state) =>
      [...state.tasks.values()].find((one) => one.title === title),
    );
    if (!found) throw new Error(`there is no task "${title}"`);
    return found;
  };
  const workers = () => company.coordinator.read((state) => [...state.workers.values()]);
  const holderOf = async (title: string) => {
    await real.until((state) => [...state.tasks.values()].some((one) => one.title === title && one.lease));
    const { lease } = await task(title);
    const worker = (await workers()).find(({ id }) => id === lease?.workerId);
    if (!worker || worker.pid === null) throw new Error(`nobody holds "${title}"`);
    return { ...worker, pid: worker.pid };
  };
  return {
    ...real,
    supervisor,
    faults,
    task,
    workers,
    holderOf,
    route: async (title) => {
      await real.owner.command({
        type: 'epic.create',
        title,
        description: 'It is dark. It saves power.',
        workflow: 'small',
      });
    },
    logOf: (id) => readFile(path.join(company.workersFolder, `${id}.log`), 'utf8'),
  };
}

/** Without TLS: for this machine alone. */
export async function openDoor({ connectAway, sessions }: RealCompany) {
  const isExpected = (token: string) => sessions.isExpected(token);
  const choice = { url: 'ws://127.0.0.1:0/worker', port: 0 };
  const door = await openWorkerDoor(choice, connectAway, { isExpected });
  onTestFinished(() => door.close());
  return door;
}

/** Away, the token comes in the environment, as from a service that has no standard input. */
function processesOf(command: readonly [string, ...string[]], isAway: boolean): Launcher {
  const launcher = createSubprocessLauncher({ command });
  if (!isAway) return launcher;
  return {
    ...launcher,
    reach: 'network',
    launch: (request) => {
      const environment = { ...request.environment, AGENTCOORD_TOKEN: request.token };
      return launcher.launch({ ...request, environment, token: '' });
    },
  };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
