/** One company that is open: its coordinator, and the folder with everything else that belongs to it. */
import path from 'node:path';
import type { BoardStore } from '../contract/board-store.ts';
import type { BranchStore } from '../contract/branch-store.ts';
import type { EventLog } from '../contract/event-log.ts';
import type { ChainVerdict } from '../contract/hash-chain.ts';
import type { WorkspacePlace } from '../contract/queries.ts';
import { contextPath } from '../core/approval/decide-approval.ts';
import type { Command } from '../core/command.ts';
import { CoordError } from '../core/error.ts';
import type { CompanyId, HostId, SessionId } from '../core/ids.ts';
import type { Company } from '../core/org/org.ts';
import { requireCompany } from '../core/org/require-company.ts';
import type { Submission } from '../core/task/task.ts';
import { AnchoredLog } from './anchored-log.ts';
import { ArtifactSharing } from './artifact-sharing.ts';
import { ArtifactStore } from './artifact-store.ts';
import { Board } from './board/board.ts';
import { anchorFileOf, readAnchor } from './chain-anchor.ts';
import { CompanyCoordinator } from './company-coordinator.ts';
import { noteName } from './company-name.ts';
import { EndedSessions } from './ended-sessions.ts';
import { ExternalWorkers } from './external-workers.ts';
import type { OnFault } from './fault.ts';
import { namedArtifacts, whoHandedIn } from './named-artifacts.ts';
import { Scheduler } from './scheduler.ts';
import { UnsharedArtifacts } from './unshared-artifacts.ts';
import { verifyLog } from './verify-log.ts';
import { WorkerVitals } from './worker-vitals.ts';
import type { WorkspaceOptions } from './workspace/workspace.ts';
import { Workspace } from './workspace/workspace.ts';
import { Worktrees } from './worktrees/worktrees.ts';
import type { World } from './world.ts';

/** Opens the log in a file, or starts one there. */
export type OpenLog = (file: string) => EventLog | Promise<EventLog>;

/** Opens the projection of the board in a file, or starts one there. */
export type OpenBoardStore = (file: string) => BoardStore;

/** Opens what is kept of an outage in a file, or starts it there. */
export type OpenBranchStore = (file: string) => BranchStore;

export interface CompanyOptions {
  readonly openLog: OpenLog;
  readonly openBoardStore: OpenBoardStore;
  readonly world: World;
  readonly onFault: OnFault;
  /** Who opens it; left out: there is no other. */
  readonly host?: HostId;
  /** For logs that may be away; left out: its log never is. */
  readonly openBranchStore?: OpenBranchStore;
  /** Where members write files; without a folder each company has one of its own. */
  readonly workspace?: Partial<Pick<WorkspaceOptions, 'folder' | 'fencing'>>;
  /** The git repository that people work in, when each task gets a worktree of its own; left out: they share the workspace. */
  readonly worktreesOf?: string;
}

export function logFileOf(companyFolder: string): string {
  return path.join(companyFolder, 'log.sqlite');
}

/** Of what was done while the log was away. */
export function branchFileOf(companyFolder: string): string {
  return path.join(companyFolder, 'branch.sqlite');
}

/** Those that are here, and how the other hosts get them. */
interface Artifacts {
  readonly store: ArtifactStore;
  readonly sharing: ArtifactSharing;
}

export class OpenCompany {
  readonly id: CompanyId;
  readonly folder: string;
  readonly coordinator: CompanyCoordinator;
  readonly artifacts: ArtifactStore;
  /** With the other hosts. */
  readonly artifactSharing: ArtifactSharing;
  readonly board: Board;
  readonly workspace: Workspace;
  /** Null: all tasks share the workspace. */
  readonly worktrees: Worktrees | null;
  readonly workspacePlace: WorkspacePlace;
  readonly externalWorkers: ExternalWorkers;
  readonly vitals: WorkerVitals;
  /** What was wrong with its log when it was opened, and did not keep it closed: a person should look. */
  readonly warning: CoordError | null;
  readonly #endedSessions: EndedSessions;
  readonly #scheduler: Scheduler;

  private constructor(
    id: CompanyId,
    folder: string,
    coordinator: CompanyCoordinator,
    { store, sharing }: Artifacts,
    board: Board,
    { onFault, workspace, worktreesOf }: Pick<CompanyOptions, 'onFault' | 'workspace' | 'worktreesOf'>,
    warning: CoordError | null,
  ) {
    this.warning = warning;
    this.id = id;
    this.folder = folder;
    this.coordinator = coordinator;
    this.artifacts = store;
    this.artifactSharing = sharing;
    this.board = board;
    const own = path.join(folder, 'workspace');
    this.workspace = new Workspace({ folder: own, companyId: id, coordinator, ...workspace });
    this.workspacePlace =
      worktreesOf === undefined
        ? { mode: 'shared', folder: workspace?.folder ?? own }
        : { mode: 'worktree', folder: worktreesOf };
    this.worktrees =
      worktreesOf === undefined
        ? null
        : new Worktrees({
            companyId: id,
            companyFolder: folder,
            workspace: worktreesOf,
            coordinator,
            artifacts: store,
            onFault,
          });
    this.externalWorkers = new ExternalWorkers(coordinator, onFault);
    this.vitals = new WorkerVitals(coordinator);
    this.#endedSessions = new EndedSessions(coordinator, onFault);
    this.#scheduler = new Scheduler(coordinator, onFault);
  }

  /** @throws CoordError `DATABASE_TOO_NEW`, `DATABASE_DAMAGED`, `LOG_UNAVAILABLE` */
  static async open(folder: string, options: CompanyOptions): Promise<OpenCompany> {
    const { openLog, openBoardStore, world, onFault, host, openBranchStore } = options;
    const log = await AnchoredLog.open(await openLog(logFileOf(folder)), anchorFileOf(folder), onFault);
    const store: ArtifactStore = new ArtifactStore(path.join(folder, 'artifacts'), (hash) =>
      sharing.fetch(hash),
    );
    const unshared = new UnsharedArtifacts(path.join(folder, 'unshared-artifacts'));
    const sharing = new ArtifactSharing({ log, store, unshared, host: host ?? null, onFault });
    const artifacts = { store, sharing };
    let opened: OpenCompany | null = null;
    const coordinator = await CompanyCoordinator.open({
      log,
      world,
      onFault,
      ...(host !== undefined && { host }),
      ...(openBranchStore && { openBranchStore: () => openBranchStore(branchFileOf(folder)) }),
      beforeDecision: (command) => {
        requireOwnChange(command, () => opened?.worktrees ?? null);
        return shareWhatIsNamed(command, artifacts);
      },
      beforeRebase: () => sharing.comeBack(),
    });
    const company = await coordinator.read((state) => state.company);
    if (!company) {
      await coordinator.close();
      throw emptyLog(folder);
    }
    await noteName(folder, company.name);
    const openStore = () => openBoardStore(path.join(folder, 'board.sqlite'));
    const board = new Board({ openStore, coordinator, onFault });
    opened = new OpenCompany(company.id, folder, coordinator, artifacts, board, options, log.broken);
    opened.workspace.finishEarlier();
    sharing.start({
      named: () => coordinator.read(namedArtifacts),
      whoHandedIn: (hash) => coordinator.read((state) => whoHandedIn(state, hash)),
    });
    void opened.#endedSessions.endAllOfEarlierRuns(coordinator.hostAmongOthers);
    void opened.externalWorkers.endAllOfEarlierRuns(coordinator.hostAmongOthers);
    return opened;
  }

  get workersFolder(): string {
    return path.join(this.folder, 'workers');
  }

  /** Walks the log along its hash chain, as far as its end is noted beside it and beyond. */
  async verify(signal: AbortSignal): Promise<ChainVerdict> {
    const anchor = await readAnchor(anchorFileOf(this.folder));
    return verifyLog(this.coordinator.records, { anchor, signal });
  }

  details(): Promise<Company> {
    return this.coordinator.read(requireCompany);
  }

  /** Frees what the session held. Never rejects. */
  endSession(sessionId: SessionId): Promise<void> {
    return this.#endedSessions.end(sessionId);
  }

  async close(): Promise<void> {
    await this.#scheduler.close();
    await this.worktrees?.close();
    await this.board.close();
    await this.artifactSharing.close();
    await this.coordinator.close();
    await this.workspace.close();
  }
}

/**
 * A completion or a request may only name what is stored, and what every host can get: nobody could look at anything else.
 * What a request says in words becomes an artifact too, since that is what its signers sign.
 * @returns null when the command names nothing of the kind, as most do
 */
function shareWhatIsNamed(command: Command, artifacts: Artifacts): Promise<void> | null {
  switch (command.type) {
    case 'task.complete':
      return command.artifacts.length > 0 ? shareAll(command, artifacts) : null;
    case 'approval.request':
      return shareAll(command, artifacts).then(async () => {
        const { hash } = await artifacts.store.put(contextPath, Buffer.from(command.context));
        await artifacts.sharing.share([hash]);
      });
    default:
      return null;
  }
}

/** A change is merged by its host alone, so it is one that the host itself committed. @throws CoordError `BAD_INPUT` */
function requireOwnChange(command: Command, worktrees: () => Worktrees | null): void {
  if (command.type !== 'task.complete' || command.change === null) return;
  const { taskId, token, change } = command;
  const own = worktrees();
  if (own) return own.requireCommitted(taskId, token, change.commit);
  throw new CoordError(
    'BAD_INPUT',
    'The completion was refused: it names a git commit, and this host has no worktrees. Hand in files instead',
    { taskId },
  );
}

async function shareAll(named: Pick<Submission, 'artifacts'>, { store, sharing }: Artifacts): Promise<void> {
  for (const artifact of named.artifacts) await store.requireStored(artifact);
  await sharing.share(named.artifacts.map(({ hash }) => hash));
}

function emptyLog(folder: string): CoordError {
  return new CoordError(
    'DATABASE_DAMAGED',
    `The log in ${folder} holds no company: its events are gone. Put a backup of the folder in its place, or remove it`,
    { folder },
  );
}
