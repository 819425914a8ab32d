/** A host: everything that one running AgentCoord consists of, opened in order and closed in the reverse one. */
import { join, resolve } from 'node:path';
import type { BuiltInTemplates, Coordination } from '../contract/rpc.ts';
import type { WorkspaceMode } from '../contract/task-tree.ts';
import { CallCap } from '../coordinator/call-cap.ts';
import { Companies } from '../coordinator/companies.ts';
import { connect } from '../coordinator/connect.ts';
import { isOfWorkerAway, Sessions } from '../coordinator/sessions.ts';
import { WorkerPlaces } from '../coordinator/supervisor/worker-places.ts';
import { CoordError } from '../core/error.ts';
import type { RunnerChoice } from '../core/org/org.ts';
import type { DurationMs } from '../core/units.ts';
import { openSqliteBoardStore } from '../log/sqlite/board/sqlite-board-store.ts';
import { openSqliteBranchStore } from '../log/sqlite/branch/sqlite-branch-store.ts';
import { cannotWrite } from '../log/sqlite/data-dir.ts';
import type { DataDirLock } from '../log/sqlite/data-dir-lock.ts';
import type { Connect } from '../rpc/serve-connection.ts';
import { findRunner } from '../runners/registry.ts';
import type { BuiltinTemplates } from '../template/builtin-templates.ts';
import { loadTemplates } from '../template/builtin-templates.ts';
import { companyDraftReader } from '../template/company-draft.ts';
import { AccessTokens } from './access-tokens.ts';
import { channelsOfFile } from './channels/channels-of-file.ts';
import type { HostChannelsOptions } from './channels/host-channels.ts';
import { openHostChannels, pluginPlaces } from './channels/host-channels.ts';
import { Closers } from './closers.ts';
import type { Doors } from './doors.ts';
import { noDoors, openDoors } from './doors.ts';
import { hostFacts } from './host-facts.ts';
import { writeHostFile } from './host-file.ts';
import { hostIdOf } from './host-id.ts';
import type { HttpOptions } from './http-server.ts';
import { sqliteOptions, templatesFolder } from './installation.ts';
import type { LauncherChoice } from './launchers.ts';
import { launchersOf } from './launchers.ts';
import { lockPatiently } from './lock-patiently.ts';
import { modelKeychain } from './models/model-settings.ts';
import { workerHandovers } from './models/worker-handovers.ts';
import { namedWorkspace, requireRepository } from './named-workspace.ts';
import { openApi } from './open-api.ts';
import { railwayWorkers } from './railway/railway-workers.ts';
import { CompanyLogs } from './redis/company-logs.ts';
import { RedisChoice } from './redis/redis-choice.ts';
import { redisKeychain } from './redis/redis-keychain.ts';
import { SharedCompanies } from './redis/shared-companies.ts';
import { HostReviews } from './review/host-reviews.ts';
import type { RunReview } from './review/review-wish.ts';
import { hostLimits, limitsDocument } from './staffing/host-limits.ts';
import { HostStaffing } from './staffing/host-staffing.ts';
import { superviseCompanies } from './supervise-companies.ts';
import { openHostTraces, otlpAddress } from './tracing/host-traces.ts';
import type { WorkerDoorChoice } from './worker-door.ts';
import { openWorkerDoor } from './worker-door.ts';

export interface HostOptions {
  readonly dataDir: string;
  /** What kind of host it is, for people who meet its lock: `agentcoord serve`. */
  readonly name: string;
  /** Whether other programs may connect, by the socket. Without it there are no workers and no UI either. */
  readonly listen?: boolean;
  /** Null: no UI. */
  readonly http?: HttpOptions | null;
  /** Where workers on other machines come in; null: they can't. */
  readonly workerDoor?: WorkerDoorChoice | null;
  /** Worker processes at once, of all companies together, at most; 0: nobody works. Left out: as was set, or 8. */
  readonly workers?: number;
  /** What starts the workers; left out: processes of this machine. */
  readonly launcher?: Partial<LauncherChoice>;
  /** Calls to models at once, of all workers together, at most. Left out: as was set, or 16. */
  readonly llmCalls?: number;
  /** Does the tasks of agents that name no runner of their own. */
  readonly runner?: RunnerChoice;
  /** The folder that members write files in, which must be there; null: each company has one of its own. */
  readonly workspace?: string | null;
  /** Whether each task gets a git worktree from that folder, or all share it. */
  readonly workspaceMode?: WorkspaceMode;
  /** The data directory whose models, prices and prompts are used; left out: its own. */
  readonly modelsFrom?: string;
  /** Which Redis to use, without a password; null: the one in the environment or the settings, if there is one. */
  readonly redisUrl?: string | null;
  /** It is understood that anybody who reaches a Redis without a password reads and changes the companies in it. */
  readonly openToAnybody?: boolean;
  /** How long a worker without a task stays; null: as the supervisor has it. */
  readonly idleStop?: DurationMs | null;
  /** Where traces are sent, such as `http://127.0.0.1:4318`; null: as the variables of OpenTelemetry say. */
  readonly otlpEndpoint?: string | null;
  /** A line for the host's log: companies that can't be opened, faults that nobody waits for. */
  readonly log?: (line: string) => void;
  /** Reviews folders for the owner; left out: nothing does. */
  readonly review?: RunReview;
  /** What is otherwise for the plugins of channels: no terminal, where the host draws on it itself. */
  readonly channelParts?: NonNullable<HostChannelsOptions['carrier']>;
}

export interface Host {
  readonly dataDir: string;
  /** Null when it does not listen. */
  readonly socketPath: string | null;
  /** Address of the UI, without the token. */
  readonly url: string | null;
  /** Opens sessions of the owner, in whatever company. */
  readonly token: string;
  readonly companies: Companies;
  /** A session that nobody has said hello to yet; it ends with the host, or before it with the signal. */
  connect(ended?: AbortSignal): Coordination;
  /** Lets every worker finish or give back its task, and starts no more. */
  drain(): Promise<void>;
  /** Starts no worker more, and lets each finish what it has, however long that takes; `close` ends the wait. */
  finish(): Promise<void>;
  /** Drains, then closes everything. Called again, it waits for the first call. */
  close(): Promise<void>;
}

/**
 * @throws CoordError `DATA_DIR_IN_USE` - naming the host that has it; `DATA_DIR_UNUSABLE`
 * @throws CoordError `NOT_FOUND` - there is no such runner, or the UI is not built; `IN_USE` - the port is taken
 * @throws CoordError `BAD_INPUT` - no address to send traces to
 * @throws CoordError `BAD_INPUT`, `REDIS_UNPROTECTED`, `KEYCHAIN_UNAVAILABLE` - the Redis that was named for this start
 * @throws CoordError `WORKSPACE_UNUSABLE` - the folder that was named is not there, or no git repository though it must be one
 */
export async function openHost({
  dataDir: named,
  name,
  listen = true,
  http = null,
  workerDoor = null,
  workers,
  llmCalls,
  launcher = {},
  runner = { name: 'script', options: {} },
  workspace = null,
  workspaceMode = 'shared',
  modelsFrom = named,
  redisUrl = null,
  openToAnybody = false,
  idleStop = null,
  otlpEndpoint = null,
  log = () => undefined,
  review,
  channelParts = {},
}: HostOptions): Promise<Host> {
  const dataDir = resolve(named);
  await findRunner(runner.name);
  const files = workspace === null ? null : { folder: await namedWorkspace(workspace) };
  const worktreesOf = workspaceMode === 'worktree' ? await requireRepository(files?.folder ?? null) : null;
  const traceUrl = listen ? otlpAddress(otlpEndpoint, process.env) : null;
  const onFault = (error: unknown) => log(faultText(error));
  const closers = new Closers();
  try {
    const lock = await lockPatiently(dataDir, name);
    closers.add(() => lock.release());

    const host = await hostIdOf(dataDir);
    const { env } = process;
    const redis = new RedisChoice({ dataDir, url: redisUrl, openToAnybody, env, keychain: redisKeychain });
    if (redisUrl !== null || (listen && env.AGENTCOORD_REDIS_URL)) await redis.find();
    const logs = new CompanyLogs({ host, redis: () => redis.find() });

    const templates = await loadTemplates(templatesFolder);
    const folder = join(dataDir, 'companies');
    const companies = await Companies.open({
      folder,
      host,
      openLog: logs.open,
      openBranchStore: (file) => openSqliteBranchStore(file, sqliteOptions),
      troubleOf: (id) => logs.get(id)?.gone ?? null,
      openBoardStore: (file) => openSqliteBoardStore(file, sqliteOptions),
      readDraft: companyDraftReader(templates),
      onFault,
      furnisher: channelsOfFile(dataDir, channelParts.places ?? pluginPlaces(dataDir)),
      ...(files && { workspace: files }),
      ...(worktreesOf !== null && { worktreesOf }),
    });
    closers.add(() => companies.close());
    for (const { company, message } of await companies.warnings())
      log(`${company.name ?? company.id}: ${message}`);

    const places = new SharedCompanies({ folder, host, companies, logs, redis, log });
    closers.add(() => places.close());

    const sessions = new Sessions();
    const token = sessions.issue({ owner: true });
    const stopped = new AbortController();
    closers.add(() => stopped.abort());
    const limitsFile = limitsDocument(dataDir);
    const limits = await hostLimits(limitsFile, { workers, llmCalls });
    const calls = new CallCap(limits.llmCalls);
    const seats = new WorkerPlaces(limits.workers);
    let url: string | null = null;
    const channels = await openHostChannels({
      ...{ dataDir, companies, carries: listen, url: () => url, onFault },
      carrier: channelParts,
    });
    closers.add(() => channels.close());
    const desk = channels.desk;
    const tokens = await AccessTokens.open({ dataDir, sessions, companies, onFault });
    const reviews = review && new HostReviews(review, resolve(modelsFrom));
    if (reviews) closers.add(() => reviews.close());
    const railway = await railwayWorkers({ dataDir, host, env, onFault });
    const launchers = launchersOf(
      { usual: 'subprocess', docker: {}, ...launcher },
      {
        host,
        workspace: worktreesOf === null ? (files?.folder ?? null) : null,
        compileCache: join(dataDir, 'compile-cache'),
        railway,
      },
    );
    let publicUrl: string | null = null;
    const staffing = new HostStaffing({
      ...{ places: seats, calls, launchers, document: limitsFile },
      isReached: () => publicUrl !== null,
      usualRunner: runner.name,
    });
    const parts = {
      ...{ companies, sessions, places, calls, tokens, staffing, channels: desk },
      ...(reviews && { reviews }),
      facts: () => hostFacts({ dataDir, holder: lock.holder, url }),
      templates: async () => builtInTemplates(templates),
    };
    const open: Connect = (ended) => connect(parts, AbortSignal.any([ended, stopped.signal]));

    const apiParts = { companies, channels: desk, connect: open, stopping: stopped.signal, onFault };
    const doors = listen
      ? await openDoors({ dataDir, http, openApi: () => openApi(apiParts), connect: open, onFault })
      : noDoors;
    closers.add(() => doors.close());
    url = doors.url;

    const openAway: Connect = (ended) =>
      connect({ ...parts, admits: isOfWorkerAway }, AbortSignal.any([ended, stopped.signal]));
    const isExpected = (shown: string) => sessions.isExpected(shown);
    const door = workerDoor && (await openWorkerDoor(workerDoor, openAway, { isExpected, onFault }));
    if (door) closers.add(() => door.close());
    publicUrl = door?.url ?? null;

    const supervision = superviseCompanies({
      companies,
      sessions,
      socketPath: doors.socketPath,
      publicUrl,
      runner,
      handover: workerHandovers({ dataDir: resolve(modelsFrom), env, keychain: modelKeychain }),
      launchers,
      places: seats,
      settings: idleStop === null ? {} : { idleAfter: idleStop },
      onFault,
    });
    closers.add(() => supervision.stop());

    if (traceUrl !== null) {
      const traces = await openHostTraces({ dataDir, companies, url: traceUrl, log, onFault });
      closers.add(() => traces.close());
    }

    if (listen) places.start();
    await announce(dataDir, lock, doors, token);
    return {
      dataDir,
      socketPath: doors.socketPath,
      url: doors.url,
      token,
      companies,
      connect: (ended = stopped.signal) => open(ended),
      drain: () => supervision.stop(),
      finish: () => supervision.finish(),
      close: () => closers.close(),
    };
  } catch (error) {
    await closers.close().catch(onFault);
    throw error;
  }
}

const builtInTemplates = ({ companies, workflows }: BuiltinTemplates): BuiltInTemplates => ({
  companies: [...companies.values()].map(({ raw }) => raw),
  workflows: [...workflows.values()].map(({ raw }) => raw),
});

/** Lets the other programs of this person find the host. */
async function announce(
  dataDir: string,
  { holder }: DataDirLock,
  { socketPath, url }: Doors,
  token: string,
): Promise<void> {
  if (socketPath === null) return;
  await writeHostFile(dataDir, { ...holder, socket: socketPath, url, token }).catch((error: unknown) => {
    throw cannotWrite(dataDir, error);
  });
}

/** A refusal says all that there is to know; anything else is a fault of ours, and is looked for by its stack. */
function faultText(error: unknown): string {
  if (error instanceof CoordError) return `fault: ${error.code}: ${error.message}`;
  return `fault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
