/** What crosses a process line between a host and its clients: the calls, their shapes, and how errors travel. */
import { z } from 'zod';
import type { CommandInput } from '../core/command.ts';
import { commandSchema } from '../core/command.ts';
import type { CoordErrorJson, ErrorCode } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { CompanyId, HostId, MemberId, Seq, SessionId } from '../core/ids.ts';
import { artifactHashSchema, seqSchema } from '../core/ids.ts';
import { companyFileSchema } from '../core/org/company-file.ts';
import type { Artifact } from '../core/task/task.ts';
import type { workflowFileSchema } from '../core/workflow/workflow-file.ts';
import type { IssuedToken, TokenView } from './access-tokens.ts';
import { createTokenSchema, revokeTokenSchema } from './access-tokens.ts';
import type { Acting } from './act-as.ts';
import { actAsSchema } from './act-as.ts';
import type { ChannelView, InstalledPluginView, LinkCode, PluginInspection, PluginList } from './channels.ts';
import {
  inspectPluginSchema,
  installPluginSchema,
  linkChannelSchema,
  namedChannelSchema,
  removePluginSchema,
  setChannelSchema,
  unlinkChannelSchema,
} from './channels.ts';
import type { CompanyPlace, MovedCompany } from './company-places.ts';
import { moveCompanySchema } from './company-places.ts';
import type { HostFacts } from './host-facts.ts';
import type { QueryAnswers, QueryInput, QueryName } from './queries.ts';
import { querySchemas } from './queries.ts';
import type { ReviewView } from './reviews.ts';
import { namedReviewSchema, startReviewSchema } from './reviews.ts';
import type { CodingAgent, Staffing } from './staffing.ts';
import { setLimitsSchema } from './staffing.ts';
import type { CommittedTree, OpenTree } from './task-tree.ts';
import { taskTreeSchema } from './task-tree.ts';
import type { ListedFile, ReadFile, WrittenFile } from './workspace.ts';
import { listFilesSchema, mergeFilesSchema, readFileSchema, writeFileSchema } from './workspace.ts';

/** Raised when a call changes in a way that an older peer can't follow. */
export const rpcVersion = 1;

/** The largest frame either side accepts, in bytes of UTF-8. */
export const maxFrameBytes = 32 * 1024 * 1024;

export const helloSchema = z.strictObject({
  version: z.number().int(),
  /** What the host handed out; binds the connection to a member. */
  token: z.string().min(1).max(200),
  /** Id or name; may be left out while the host has one company or none. */
  company: z.string().max(80).nullable().default(null),
  /** Who calls, for logs: `cli`, `worker`, `browser` … */
  client: z.string().max(60),
});

export interface Hello {
  /**
   * Null while the host has no company (`createCompany` then makes one and binds the connection to it), and when it
   * has several and none was named: say hello again with one of `companies`.
   */
  readonly company: { readonly id: CompanyId; readonly name: string } | null;
  readonly memberId: MemberId | null;
  /** The public name of this session: what it locks is under it. Null while it is bound to no company. */
  readonly sessionId: SessionId | null;
  /** Which of the company's hosts answers. Null while it is bound to no company, and where hosts have no names. */
  readonly hostId: HostId | null;
  readonly head: Seq;
  readonly version: number;
  /** Of all companies of the host for its owner, of their own for a member. */
  readonly warnings: readonly HostWarning[];
}

/** What is wrong with a company, needs a person, and does not stop the host. */
export interface HostWarning {
  /** `name` is null when nothing tells it. */
  readonly company: { readonly id: CompanyId; readonly name: string | null };
  readonly code: ErrorCode;
  readonly message: string;
}

export interface Receipt {
  /** The last event of the command, or the head when it had none. */
  readonly seq: Seq;
  readonly events: readonly StoredEvent[];
}

export const putArtifactSchema = z.strictObject({
  path: z.string().min(1).max(500),
  base64: z.base64(),
  /** Refused when the bytes have another hash. */
  hash: artifactHashSchema.optional(),
});

export const createCompanyCallSchema = z.strictObject({
  /** A built-in template's name, or a company file's content (as YAML reads it, unchecked). */
  from: z.union([
    z.strictObject({ template: z.string().max(60) }),
    z.strictObject({ file: companyFileSchema }),
  ]),
  /** Null: the name in the file. */
  name: z.string().trim().min(1).max(80).nullable().default(null),
});

/** The client chooses the number, so that it knows its subscription before the first event can arrive. */
const subscriptionSchema = z.number().int().nonnegative();
/** `holdings`: only what concerns whoever holds tasks and locks, or is a worker. */
const followedEventsSchema = z.enum(['holdings']);
export type FollowedEvents = z.output<typeof followedEventsSchema>;
export const followSchema = z.strictObject({
  subscription: subscriptionSchema,
  after: seqSchema,
  /** Left out: everything. */
  only: followedEventsSchema.optional(),
});

/** Reads a query's name and leaves its parameters to the query's own schema. */
export const queryCallSchema = z.strictObject({
  name: z.enum(Object.keys(querySchemas) as [QueryName, ...QueryName[]]),
  params: z.unknown(),
});

/** The schema of each call's one argument. */
export const callSchemas = {
  hello: helloSchema,
  takeHandover: z.strictObject({}),
  actAs: actAsSchema,
  companies: z.strictObject({}),
  hostFacts: z.strictObject({}),
  templates: z.strictObject({}),
  createCompany: createCompanyCallSchema,
  companyPlaces: z.strictObject({}),
  joinCompanies: z.strictObject({}),
  moveCompany: moveCompanySchema,
  plugins: z.strictObject({}),
  inspectPlugin: inspectPluginSchema,
  installPlugin: installPluginSchema,
  removePlugin: removePluginSchema,
  channels: z.strictObject({}),
  setChannel: setChannelSchema,
  removeChannel: namedChannelSchema,
  testChannel: namedChannelSchema,
  linkChannel: linkChannelSchema,
  unlinkChannel: unlinkChannelSchema,
  tokens: z.strictObject({}),
  createToken: createTokenSchema,
  revokeToken: revokeTokenSchema,
  reviews: z.strictObject({}),
  startReview: startReviewSchema,
  stopReview: namedReviewSchema,
  staffing: z.strictObject({}),
  setLimits: setLimitsSchema,
  codingAgents: z.strictObject({}),
  command: commandSchema,
  query: queryCallSchema,
  putArtifact: putArtifactSchema,
  listFiles: listFilesSchema,
  readFile: readFileSchema,
  writeFile: writeFileSchema,
  mergeFiles: mergeFilesSchema,
  openTree: taskTreeSchema,
  commitTree: taskTreeSchema,
  follow: followSchema,
  unfollow: z.strictObject({ subscription: subscriptionSchema }),
} as const;

export type CallName = keyof typeof callSchemas;

export interface CompanySummary {
  readonly id: CompanyId;
  readonly name: string;
  readonly template: string;
}

/** The built-in templates, each as its file gives it: what a client shows before there is a company. */
export interface BuiltInTemplates {
  readonly companies: readonly z.input<typeof companyFileSchema>[];
  readonly workflows: readonly z.input<typeof workflowFileSchema>[];
}

/** A client's view of its host: what every transport offers. Calls reject with `CoordError`. */
export interface Coordination {
  hello(call: z.input<typeof helloSchema>): Promise<Hello>;
  /**
   * What a worker on another machine needs beside its token: one line, once, on the connection that its hello bound.
   * `FORBIDDEN` for everybody else, and the second time.
   */
  takeHandover(): Promise<string>;
  /** The owner acts for a member from now on, in the company that hello bound the connection to. */
  actAs(call: z.input<typeof actAsSchema>): Promise<Acting>;
  /** The companies of the host: all of them for its owner, their own for a member. */
  companies(): Promise<readonly CompanySummary[]>;
  /** What the host says of itself; for the owner alone. */
  hostFacts(): Promise<HostFacts>;
  /** The built-in companies and workflows, each as its file has it. */
  templates(): Promise<BuiltInTemplates>;
  /** Creates a company; for the owner alone. */
  createCompany(call: z.input<typeof createCompanyCallSchema>): Promise<CompanySummary>;
  /** Where the companies of the host are kept, and what else its Redis holds; for the owner alone, as the next two. */
  companyPlaces(): Promise<readonly CompanyPlace[]>;
  /** Opens at once what the host's Redis holds. */
  joinCompanies(): Promise<readonly CompanyPlace[]>;
  /** Moves the log of the company that hello bound the connection to, while it is worked on. */
  moveCompany(call: z.input<typeof moveCompanySchema>): Promise<MovedCompany>;
  /** The plugins of the host; for the owner alone, as to set, remove and test a channel. */
  plugins(): Promise<PluginList>;
  /** Reads an archive of a plugin (`.acplug`) and says what it holds and asks for; nothing of it runs, and nothing is kept. */
  inspectPlugin(call: z.input<typeof inspectPluginSchema>): Promise<PluginInspection>;
  /** Puts a plugin beside the own ones of the host; it runs only for a channel whose consent was given. */
  installPlugin(call: z.input<typeof installPluginSchema>): Promise<InstalledPluginView>;
  /** Removes one that was installed and carries no channel. */
  removePlugin(call: z.input<typeof removePluginSchema>): Promise<null>;
  /** Those of the company, on this host; of settings and logs, members see nothing. */
  channels(): Promise<readonly ChannelView[]>;
  /** Makes a channel, or changes one. */
  setChannel(call: z.input<typeof setChannelSchema>): Promise<ChannelView>;
  /** With all that waits for it, and who is linked there. */
  removeChannel(call: z.input<typeof namedChannelSchema>): Promise<null>;
  /** Sends a message past the outbox; resolves once the service has it. */
  testChannel(call: z.input<typeof namedChannelSchema>): Promise<null>;
  /** A code for the member of this session, who proves by it in the channel who they are. */
  linkChannel(call: z.input<typeof linkChannelSchema>): Promise<LinkCode>;
  /** Takes away whom an account in a channel stands for. */
  unlinkChannel(call: z.input<typeof unlinkChannelSchema>): Promise<null>;
  /** The access tokens that were made out for members of the company, on this host; for the owner alone, as the next two. */
  tokens(): Promise<readonly TokenView[]>;
  /** Makes one out; the answer is the only place where it ever stands. */
  createToken(call: z.input<typeof createTokenSchema>): Promise<IssuedToken>;
  /** Withdraws an access token: whoever holds it is refused from now on. */
  revokeToken(call: z.input<typeof revokeTokenSchema>): Promise<null>;
  /** Those of the host, the newest first; for the owner alone, as the next two. */
  reviews(): Promise<readonly ReviewView[]>;
  /** Begins to review a folder of the host’s machine. */
  startReview(call: z.input<typeof startReviewSchema>): Promise<ReviewView>;
  /** Ends a review that is under way; one that has ended stays as it is. */
  stopReview(call: z.input<typeof namedReviewSchema>): Promise<ReviewView>;
  /** What this host starts workers with, and how many it may have; for the owner alone, as the next two. */
  staffing(): Promise<Staffing>;
  /** Sets how many workers and calls to models there may be at once; what is over stays until it ends. */
  setLimits(call: z.input<typeof setLimitsSchema>): Promise<Staffing>;
  /** The coding agents of the host’s machine: versions, and whether somebody has logged in. */
  codingAgents(): Promise<readonly CodingAgent[]>;
  /**
   * Resolves once the command's events are durable. Commands of one connection are decided in the order in which they
   * were sent, so the next one may be sent before the answer: a completion, and the claim that it makes room for. Each is
   * decided whether or not the one before it was refused.
   */
  command(command: CommandInput): Promise<Receipt>;
  query<Name extends QueryName>(name: Name, params: QueryInput<Name>): Promise<QueryAnswers[Name]>;
  /** Stores bytes, to be named in what is handed in. */
  putArtifact(call: z.input<typeof putArtifactSchema>): Promise<Artifact>;
  /** The files of the workspace by path, without those of git and of installed packages (`node_modules`). */
  listFiles(call: z.input<typeof listFilesSchema>): Promise<readonly ListedFile[]>;
  /** A file of the workspace; null when there is none. */
  readFile(call: z.input<typeof readFileSchema>): Promise<ReadFile | null>;
  /** Writes a file of the workspace under a lock of this session; resolves once it is durable. */
  writeFile(call: z.input<typeof writeFileSchema>): Promise<WrittenFile>;
  /** Writes several, each under its lock: all of them or none. */
  mergeFiles(call: z.input<typeof mergeFilesSchema>): Promise<readonly WrittenFile[]>;
  /** The git worktree of a task that this session holds. Refused where tasks have none. */
  openTree(call: z.input<typeof taskTreeSchema>): Promise<OpenTree>;
  /** Commits what the worktree holds, as the member, and stores it as a patch; null: it is as it was. */
  commitTree(call: z.input<typeof taskTreeSchema>): Promise<CommittedTree | null>;
  /**
   * Events after a `seq`, then each as it happens, until the signal aborts or the connection is lost.
   * @param only left out: everything
   */
  follow(after: Seq, signal: AbortSignal, only?: FollowedEvents): AsyncIterable<readonly StoredEvent[]>;
}

/** A call's outcome on the wire. */
export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: CoordErrorJson };

/** What a host serves on the wire; each takes unchecked input and answers an outcome, never throws. */
export type ServedCalls = { readonly [Name in CallName]: (argument: unknown) => Promise<Outcome> };

/** What a client serves to its host. */
export interface ClientCalls {
  /** Answered once the client has room for more: the host sends only some events ahead of the answers. */
  events(subscription: number, events: readonly StoredEvent[]): Promise<void>;
  /** The subscription ended: the host stops, or the client read too slowly and must follow again from its last `seq`. */
  unfollowed(subscription: number, error: CoordErrorJson | null): void;
  /** The last word of a host that closes the connection because of what the client sent. */
  closing(error: CoordErrorJson): void;
}
