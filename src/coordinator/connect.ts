/** One session with a host: nobody at first, and after `hello` a member of a company. Every transport gets its own. */
import type { z } from 'zod';
import type { IssuedToken, TokenView } from '../contract/access-tokens.ts';
import { createTokenSchema, revokeTokenSchema } from '../contract/access-tokens.ts';
import type { Acting } from '../contract/act-as.ts';
import { actAsSchema } from '../contract/act-as.ts';
import type { ChannelDesk, ChannelView, LinkCode, PluginList } from '../contract/channels.ts';
import {
  linkChannelSchema,
  namedChannelSchema,
  setChannelSchema,
  unlinkChannelSchema,
} from '../contract/channels.ts';
import type { CompanyPlace, CompanyPlaces, MovedCompany } from '../contract/company-places.ts';
import { moveCompanySchema } from '../contract/company-places.ts';
import { concernsHolders } from '../contract/holder-events.ts';
import type { HostFacts } from '../contract/host-facts.ts';
import type { QueryAnswers, QueryInput, QueryName } from '../contract/queries.ts';
import type { ReviewDesk, ReviewView } from '../contract/reviews.ts';
import { namedReviewSchema, startReviewSchema } from '../contract/reviews.ts';
import type {
  BuiltInTemplates,
  CompanySummary,
  Coordination,
  FollowedEvents,
  Hello,
  HostWarning,
  Receipt,
} from '../contract/rpc.ts';
import { createCompanyCallSchema, helloSchema, putArtifactSchema, rpcVersion } from '../contract/rpc.ts';
import type { CommittedTree, OpenTree } from '../contract/task-tree.ts';
import { taskTreeSchema } from '../contract/task-tree.ts';
import type { TokenDesk } from '../contract/token-desk.ts';
import type { fileChangeSchema, ListedFile, ReadFile, WrittenFile } from '../contract/workspace.ts';
import { listFilesSchema, mergeFilesSchema, readFileSchema, writeFileSchema } from '../contract/workspace.ts';
import type { CommandInput } from '../core/command.ts';
import { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { CompanyId, MemberId, Seq, TaskId } from '../core/ids.ts';
import type { Artifact } from '../core/task/task.ts';
import { beginActing } from './act-as.ts';
import { ArrivalOrder } from './arrival-order.ts';
import { checkInput } from './bad-input.ts';
import { Binding } from './binding.ts';
import type { CallCap } from './call-cap.ts';
import type { Companies } from './companies.ts';
import { ambiguousCompany } from './find-company.ts';
import type { OpenCompany } from './open-company.ts';
import { answerQuery } from './queries/answer-query.ts';
import type { Session, SessionHolder, Sessions } from './sessions.ts';
import type { FileWrite, Workspace } from './workspace/workspace.ts';
import type { Worktrees } from './worktrees/worktrees.ts';
import { randomId } from './world.ts';

export interface SessionHost {
  readonly companies: Companies;
  readonly sessions: Sessions;
  /** Of calls to models at once; left out: there is no limit. */
  readonly calls?: CallCap;
  /** Where the companies are kept; left out: on this host alone, for good. */
  readonly places?: CompanyPlaces;
  /** What carries messages out; left out: nothing does. */
  readonly channels?: ChannelDesk;
  /** Access tokens; left out: the host keeps none. */
  readonly tokens?: TokenDesk;
  /** Whose tokens are taken on this door; left out: everybody's. */
  readonly admits?: (holder: SessionHolder) => boolean;
  /** What reviews folders; left out: nothing does. */
  readonly reviews?: ReviewDesk;
  /** What it says of itself; left out: nothing. */
  readonly facts?: () => HostFacts;
  /** The built-in templates, for a client to show. */
  readonly templates: () => Promise<BuiltInTemplates>;
}

const never = new AbortController().signal;

/** @param ended aborts when the connection is gone: what still waits for an answer then ends */
export function connect(host: SessionHost, ended: AbortSignal = never): Coordination {
  return new HostSession(host, ended);
}

class HostSession implements Coordination {
  readonly #host: SessionHost;
  readonly #ended: AbortSignal;
  /** Of its commands, whomever they are given for. */
  readonly #order = new ArrivalOrder();
  #session: Session | null = null;
  #binding: Binding | null = null;
  #isHandedOver = false;
  /** What the caller is, in its own words. */
  #client = '';

  constructor(host: SessionHost, ended: AbortSignal) {
    this.#host = host;
    this.#ended = ended;
  }

  /** Binds the connection; a second one binds it anew, such as to another company. */
  async hello(call: Parameters<Coordination['hello']>[0]): Promise<Hello> {
    const { version, token, company: wanted, client } = checkInput('hello', helloSchema, call);
    if (version !== rpcVersion) throw otherVersion(version);
    const session = this.#host.sessions.resolve(token);
    if (this.#host.admits?.(session.holder) === false) throw notAdmitted();
    const company = await this.#companyFor(session, wanted);
    const binding = company && (await this.#bind(company, session));
    this.#binding?.end();
    this.#binding = binding;
    this.#session = session;
    this.#client = client;
    return this.#greeting();
  }

  async takeHandover(): Promise<string> {
    const { holder } = this.#requireSession();
    const away = 'away' in holder ? holder.away : undefined;
    if (!away || this.#isHandedOver) throw nothingHandedOver();
    this.#isHandedOver = true;
    return away.handover;
  }

  async actAs(call: Parameters<Coordination['actAs']>[0]): Promise<Acting> {
    const { holder } = this.#requireSession();
    if (!('owner' in holder)) {
      throw new CoordError(
        'FORBIDDEN',
        'Only the owner of this host may act for others: this token is a member’s',
      );
    }
    const { company } = await this.#requireBinding();
    const { actedBy, ...acting } = await beginActing(
      company,
      checkInput('actAs', actAsSchema, call),
      this.#client,
    );
    const { memberId, sessionId, workerId } = acting;
    this.#binding?.end();
    const worker = workerId === null ? {} : { workerId };
    const actor = { kind: 'member', memberId, sessionId, actedBy, ...worker } as const;
    this.#binding = new Binding({ company, actor, sessionId, ended: this.#ended });
    if (workerId !== null) this.#binding.own(workerId);
    return acting;
  }

  async companies(): Promise<readonly CompanySummary[]> {
    const { holder } = this.#requireSession();
    const all = await this.#host.companies.list();
    return 'owner' in holder ? all : all.filter(({ id }) => id === holder.companyId);
  }

  async hostFacts(): Promise<HostFacts> {
    if (!('owner' in this.#requireSession().holder)) {
      throw new CoordError(
        'FORBIDDEN',
        'Only the owner of this host may look where it keeps things: ask them',
      );
    }
    if (this.#host.facts) return this.#host.facts();
    throw new CoordError('WRONG_STATE', 'This host says nothing of itself');
  }

  async templates(): Promise<BuiltInTemplates> {
    this.#requireSession();
    return this.#host.templates();
  }

  async createCompany(call: Parameters<Coordination['createCompany']>[0]): Promise<CompanySummary> {
    const session = this.#requireSession();
    if (!('owner' in session.holder)) {
      throw new CoordError('FORBIDDEN', 'Only the owner of this host may create a company: ask them');
    }
    // Its file is passed on as it came: the command that takes it checks it once.
    checkInput('createCompany', createCompanyCallSchema, call);
    const company = await this.#host.companies.create(call.from, call.name ?? null);
    this.#binding ??= await this.#bind(company, session);
    const { id, name, template } = await company.details();
    return { id, name, template };
  }

  async companyPlaces(): Promise<readonly CompanyPlace[]> {
    return this.#requirePlaces('look where companies are kept').list();
  }

  async joinCompanies(): Promise<readonly CompanyPlace[]> {
    return this.#requirePlaces('join companies').join();
  }

  async moveCompany(call: Parameters<Coordination['moveCompany']>[0]): Promise<MovedCompany> {
    const places = this.#requirePlaces('move a company');
    const { company } = await this.#requireBinding();
    return places.move(company.id, checkInput('moveCompany', moveCompanySchema, call));
  }

  async plugins(): Promise<PluginList> {
    return this.#requireChannels('look at its plugins').plugins();
  }

  async channels(): Promise<readonly ChannelView[]> {
    const isOwner = 'owner' in this.#requireSession().holder;
    const { company } = await this.#requireBinding();
    return this.#channels().list(company.id, isOwner);
  }

  async setChannel(call: Parameters<Coordination['setChannel']>[0]): Promise<ChannelView> {
    const desk = this.#requireChannels('set up channels');
    const { company, actor } = await this.#requireBinding();
    return desk.set(company.id, checkInput('setChannel', setChannelSchema, call), actor.memberId);
  }

  async removeChannel(call: Parameters<Coordination['removeChannel']>[0]): Promise<null> {
    const desk = this.#requireChannels('remove channels');
    const { company, actor } = await this.#requireBinding();
    const { name } = checkInput('removeChannel', namedChannelSchema, call);
    await desk.remove(company.id, name, actor.memberId);
    return null;
  }

  async testChannel(call: Parameters<Coordination['testChannel']>[0]): Promise<null> {
    const desk = this.#requireChannels('test channels');
    const { company } = await this.#requireBinding();
    await desk.test(company.id, checkInput('testChannel', namedChannelSchema, call).name);
    return null;
  }

  async linkChannel(call: Parameters<Coordination['linkChannel']>[0]): Promise<LinkCode> {
    const { company, actor } = await this.#requireBinding();
    if (this.#mayOnlyRead) await refuseToReader('link a channel');
    const { name, memberId = actor.memberId } = checkInput('linkChannel', linkChannelSchema, call);
    requireOwnIdentity(actor);
    return this.#channels().newCode(company.id, name, memberId, actor.memberId);
  }

  async unlinkChannel(call: Parameters<Coordination['unlinkChannel']>[0]): Promise<null> {
    const desk = this.#requireChannels('take links away');
    const { company, actor } = await this.#requireBinding();
    const { name, person } = checkInput('unlinkChannel', unlinkChannelSchema, call);
    await desk.unlink(company.id, name, person, actor.memberId);
    return null;
  }

  async tokens(): Promise<readonly TokenView[]> {
    const desk = this.#requireTokens('look at access tokens');
    const { company } = await this.#requireBinding();
    return desk.list(company.id);
  }

  async createToken(call: Parameters<Coordination['createToken']>[0]): Promise<IssuedToken> {
    const desk = this.#requireTokens('make out access tokens');
    const { company, actor } = await this.#requireBinding();
    return desk.create(company.id, checkInput('createToken', createTokenSchema, call), actor.memberId);
  }

  async revokeToken(call: Parameters<Coordination['revokeToken']>[0]): Promise<null> {
    const desk = this.#requireTokens('withdraw access tokens');
    const { company, actor } = await this.#requireBinding();
    await desk.revoke(company.id, checkInput('revokeToken', revokeTokenSchema, call).id, actor.memberId);
    return null;
  }

  async reviews(): Promise<readonly ReviewView[]> {
    return this.#requireReviews('look at reviews').list();
  }

  async startReview(call: Parameters<Coordination['startReview']>[0]): Promise<ReviewView> {
    const desk = this.#requireReviews('review a folder');
    return desk.start(checkInput('startReview', startReviewSchema, call));
  }

  async stopReview(call: Parameters<Coordination['stopReview']>[0]): Promise<ReviewView> {
    const desk = this.#requireReviews('stop a review');
    return desk.stop(checkInput('stopReview', namedReviewSchema, call).id);
  }

  async command(command: CommandInput): Promise<Receipt> {
    const binding =
      this.#current() ?? (await onRecord(this.#binding, String(command?.type), this.#requireBinding()));
    if (this.#mayOnlyRead) await onRecord(binding, String(command?.type), refuseToReader('give a command'));
    const { company, actor } = binding;
    const { calls } = this.#host;
    if (command?.type === 'usage.reserve' && calls) {
      // Outside the order of arrival: the heartbeat behind it does not wait for its turn.
      const reserve = async () => {
        const still = await this.#requireBinding();
        return still.company.coordinator.execute(still.actor, command, this.#order);
      };
      return calls.begin(company.coordinator, reserve, this.#ended);
    }
    if (command?.type !== 'lock.acquire') return company.coordinator.execute(actor, command, this.#order);
    binding.endWithLine();
    try {
      return await company.coordinator.execute(actor, command, this.#order);
    } finally {
      // The line went while it was decided: nobody is left to release it.
      if (this.#ended.aborted || this.#binding !== binding) await company.endSession(binding.sessionId);
    }
  }

  async query<Name extends QueryName>(name: Name, params: QueryInput<Name>): Promise<QueryAnswers[Name]> {
    const { company, actor } = await this.#requireBinding();
    const { memberId, workerId = null } = actor;
    return answerQuery({ company, memberId, workerId, ended: this.#ended }, name, params);
  }

  async putArtifact(call: Parameters<Coordination['putArtifact']>[0]): Promise<Artifact> {
    const binding = await this.#requireBinding();
    const { company } = binding;
    if (this.#mayOnlyRead) await onRecord(binding, 'putArtifact', refuseToReader('hand in an artifact'));
    const { path, base64, hash } = checkInput('putArtifact', putArtifactSchema, call);
    return company.artifacts.put(path, Buffer.from(base64, 'base64'), hash);
  }

  async listFiles(call: Parameters<Coordination['listFiles']>[0]): Promise<readonly ListedFile[]> {
    const binding = await this.#requireBinding();
    const { folder, taskId } = checkInput('listFiles', listFilesSchema, call);
    const list = filesFor(binding, taskId).then((files) => files.list(folder));
    return onRecord(binding, 'listFiles', list);
  }

  async readFile(call: Parameters<Coordination['readFile']>[0]): Promise<ReadFile | null> {
    const binding = await this.#requireBinding();
    const { path, taskId } = checkInput('readFile', readFileSchema, call);
    const read = filesFor(binding, taskId).then((files) => files.read(path));
    return onRecord(binding, 'readFile', read);
  }

  async writeFile(call: Parameters<Coordination['writeFile']>[0]): Promise<WrittenFile> {
    const binding = await this.#requireBinding();
    if (this.#mayOnlyRead) await onRecord(binding, 'writeFile', refuseToReader('write files'));
    const { taskId, ...change } = checkInput('writeFile', writeFileSchema, call);
    const write = filesFor(binding, taskId).then((files) =>
      files.write(binding.sessionId, fileWrite(change)),
    );
    return onRecord(binding, 'writeFile', write);
  }

  async mergeFiles(call: Parameters<Coordination['mergeFiles']>[0]): Promise<readonly WrittenFile[]> {
    const binding = await this.#requireBinding();
    if (this.#mayOnlyRead) await onRecord(binding, 'mergeFiles', refuseToReader('write files'));
    const { files: changes, taskId } = checkInput('mergeFiles', mergeFilesSchema, call);
    const merge = filesFor(binding, taskId).then((files) =>
      files.merge(binding.sessionId, changes.map(fileWrite)),
    );
    return onRecord(binding, 'mergeFiles', merge);
  }

  async openTree(call: Parameters<Coordination['openTree']>[0]): Promise<OpenTree> {
    const binding = await this.#requireBinding();
    if (this.#mayOnlyRead) await onRecord(binding, 'openTree', refuseToReader('open a worktree'));
    const holder = { ...checkInput('openTree', taskTreeSchema, call), memberId: binding.actor.memberId };
    return onRecord(
      binding,
      'openTree',
      treesOf(binding).then((trees) => trees.open(holder)),
    );
  }

  async commitTree(call: Parameters<Coordination['commitTree']>[0]): Promise<CommittedTree | null> {
    const binding = await this.#requireBinding();
    if (this.#mayOnlyRead) await onRecord(binding, 'commitTree', refuseToReader('commit'));
    const holder = { ...checkInput('commitTree', taskTreeSchema, call), memberId: binding.actor.memberId };
    return onRecord(
      binding,
      'commitTree',
      treesOf(binding).then((trees) => trees.commit(holder)),
    );
  }

  async *follow(
    after: Seq,
    signal: AbortSignal,
    only?: FollowedEvents,
  ): AsyncGenerator<readonly StoredEvent[]> {
    const { company } = await this.#requireBinding();
    const { revoked } = this.#requireSession();
    const either = AbortSignal.any([signal, this.#ended, revoked]);
    for await (const events of company.coordinator.follow(after, either, only && concernsHolders)) {
      // The token may have run out since the last ones.
      this.#requireSession();
      yield events;
    }
    if (revoked.aborted) this.#requireSession();
  }

  async #companyFor({ holder }: Session, wanted: string | null): Promise<OpenCompany | null> {
    const { companies } = this.#host;
    if ('owner' in holder) return companies.find(wanted);
    const own = companies.get(holder.companyId);
    if (!own) throw notOpen(holder.companyId);
    if (wanted === null || (await companies.find(wanted)) === own) return own;
    throw new CoordError(
      'FORBIDDEN',
      `This token is for ${holder.companyId} only; it opens no other company`,
      {
        companyId: holder.companyId,
      },
    );
  }

  async #greeting(): Promise<Hello> {
    const warnings = await this.#warnings();
    if (!this.#binding) {
      return {
        company: null,
        memberId: null,
        sessionId: null,
        hostId: null,
        head: 0 as Seq,
        version: rpcVersion,
        warnings,
      };
    }
    const { company, actor, sessionId } = this.#binding;
    const { id, name } = await company.details();
    const head = await company.coordinator.read((state) => state.seq);
    const { memberId } = actor;
    const hostId = company.coordinator.host;
    return { company: { id, name }, memberId, sessionId, hostId, head, version: rpcVersion, warnings };
  }

  async #warnings(): Promise<readonly HostWarning[]> {
    const { holder } = this.#requireSession();
    const all = await this.#host.companies.warnings();
    return 'owner' in holder ? all : all.filter(({ company }) => company.id === holder.companyId);
  }

  /** The owner's token stands for the member who owns the company. */
  async #bind(company: OpenCompany, { holder }: Session): Promise<Binding> {
    const sessionId = randomId('session');
    const isOwner = 'owner' in holder;
    const memberId: MemberId = isOwner ? (await company.details()).ownerId : holder.memberId;
    const worker = !isOwner && holder.workerId !== undefined ? { workerId: holder.workerId } : {};
    const actedBy = !isOwner && holder.actedBy !== undefined ? { actedBy: holder.actedBy } : {};
    const actor = { kind: 'member', memberId, sessionId, ...worker, ...actedBy } as const;
    return new Binding({ company, actor, sessionId, ended: this.#ended });
  }

  #requirePlaces(what: string): CompanyPlaces {
    if (!('owner' in this.#requireSession().holder)) {
      throw new CoordError('FORBIDDEN', `Only the owner of this host may ${what}: ask them`);
    }
    if (this.#host.places) return this.#host.places;
    throw new CoordError('WRONG_STATE', `This host keeps its companies to itself: it can’t ${what}`);
  }

  #requireChannels(what: string): ChannelDesk {
    if ('owner' in this.#requireSession().holder) return this.#channels();
    throw new CoordError('FORBIDDEN', `Only the owner of this host may ${what}: ask them`);
  }

  #requireTokens(what: string): TokenDesk {
    if (!('owner' in this.#requireSession().holder)) {
      throw new CoordError('FORBIDDEN', `Only the owner of this host may ${what}: ask them`);
    }
    if (this.#host.tokens) return this.#host.tokens;
    throw new CoordError('WRONG_STATE', 'This host keeps no access tokens');
  }

  get #mayOnlyRead(): boolean {
    const holder = this.#session?.holder;
    return holder !== undefined && !('owner' in holder) && holder.access === 'read';
  }

  /** A review reads any folder of this person's, so nobody else may ask for one. */
  #requireReviews(what: string): ReviewDesk {
    if (!('owner' in this.#requireSession().holder)) {
      throw new CoordError('FORBIDDEN', `Only the owner of this host may ${what}: ask them`);
    }
    if (this.#host.reviews) return this.#host.reviews;
    throw new CoordError(
      'WRONG_STATE',
      'This host reviews no folders: start it with `agentcoord serve` or the app',
    );
  }

  #channels(): ChannelDesk {
    this.#requireSession();
    if (this.#host.channels) return this.#host.channels;
    throw new CoordError('WRONG_STATE', 'This host carries no channels');
  }

  #requireSession(): Session {
    if (this.#session && this.#host.sessions.isCurrent(this.#session)) return this.#session;
    throw new CoordError(
      'SESSION_INVALID',
      this.#session
        ? 'The session has ended: its token was withdrawn. Say hello with a fresh one'
        : 'Nobody has said hello on this connection yet: the first call must be hello, with a token',
    );
  }

  /**
   * The binding, when nothing is in its way. It only saves the turn that `#requireBinding` takes, which decides: null falls
   * through to its whole check, and that says what is in the way.
   */
  #current(): Binding | null {
    const isCurrent = this.#session !== null && this.#host.sessions.isCurrent(this.#session);
    return isCurrent && this.#binding?.isGone === false ? this.#binding : null;
  }

  async #requireBinding(): Promise<Binding> {
    this.#requireSession();
    this.#binding?.requireWorker();
    if (this.#binding) return this.#binding;
    const companies = await this.#host.companies.list();
    if (companies.length > 0) throw ambiguousCompany('The call may be meant for', companies);
    throw new CoordError(
      'NOT_FOUND',
      'There is no company yet: create one from a template first, with `init`',
    );
  }
}

async function refuseToReader(what: string): Promise<never> {
  throw new CoordError(
    'FORBIDDEN',
    `This token may look and not ${what}: it was made out to read. Use one that acts for the member (“agentcoord tokens create --access act”)`,
  );
}

/** What somebody had no right to is put on record, as it is for a command. @throws whatever the call throws */
async function onRecord<Result>(
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

/** A task that has a worktree writes there, and nowhere else. */
async function filesFor({ company, actor }: Binding, taskId: TaskId | null): Promise<Workspace> {
  if (taskId === null || !company.worktrees) return company.workspace;
  return company.worktrees.filesOf(actor.memberId, taskId);
}

/** @throws CoordError `WRONG_STATE` - the tasks of this host share one folder */
async function treesOf({ company }: Binding): Promise<Worktrees> {
  if (company.worktrees) return company.worktrees;
  throw new CoordError(
    'WRONG_STATE',
    'There are no worktrees at this host: start it with `serve --workspace FOLDER --workspace-mode worktree`',
  );
}

function fileWrite({ base64, ...write }: z.output<typeof fileChangeSchema>): FileWrite {
  return { ...write, bytes: base64 === null ? null : Buffer.from(base64, 'base64') };
}

/** Whoever is linked signs by that: so nobody links themselves as another person. */
function requireOwnIdentity({ memberId, actedBy }: Binding['actor']): void {
  if (actedBy === undefined || actedBy === memberId) return;
  throw new CoordError(
    'NOT_IN_PERSON',
    'The code was refused: this session acts for another member, and each person links their own account',
    { memberId, actedBy },
  );
}

function otherVersion(version: number): CoordError {
  return new CoordError(
    'BAD_INPUT',
    `hello was refused: the client speaks version ${version} of the protocol, this host ${rpcVersion}. ` +
      'Use the same AgentCoord on both sides',
    { version, known: rpcVersion },
  );
}

function notOpen(companyId: CompanyId): CoordError {
  return new CoordError('NOT_FOUND', `The company ${companyId} of this token is not open on this host`, {
    companyId,
  });
}

function notAdmitted(): CoordError {
  return new CoordError(
    'SESSION_INVALID',
    'The token was refused: only workers that this host started on another machine come in here',
  );
}

function nothingHandedOver(): CoordError {
  return new CoordError(
    'FORBIDDEN',
    'Nothing is handed over: only a worker on another machine asks for it, and once',
  );
}
