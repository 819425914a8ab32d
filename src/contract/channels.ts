/** Channels as a host keeps them: their settings, how they are, and the ports between those who deliver and those who carry. */
import { z } from 'zod';
import type { ChannelRules } from '../core/channel/channel-rules.ts';
import { channelRulesSchema } from '../core/channel/channel-rules.ts';
import type { Notice } from '../core/channel/notice.ts';
import type { ArtifactHash, CompanyId, GateId, MemberId, RoleId, Seq } from '../core/ids.ts';
import { memberIdSchema, seqSchema } from '../core/ids.ts';
import { channelNameSchema } from '../core/org/channel-file.ts';
import type { EpochMs } from '../core/units.ts';
import type { Capability, Manifest } from './plugin/manifest.ts';
import type {
  InboundAnswer,
  InboundMessage,
  MessageRef,
  OutboundMessage,
  Person,
} from './plugin/messages.ts';
import type { SettingsProblem } from './plugin/settings-schema.ts';

const settingValueSchema = z.union([
  z.string().max(20_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(4_000)),
]);

/** What somebody agreed to that a plugin asks for. */
export const consentSchema = z.strictObject({
  hosts: z.array(z.string()),
  capabilities: z.array(z.string()),
});

/** A channel as it lies in the data directory: of secrets, only where they are. */
export const storedChannelSchema = z.strictObject({
  name: channelNameSchema,
  plugin: z.string(),
  enabled: z.boolean(),
  settings: z.record(z.string(), settingValueSchema),
  /** Names of the settings that lie in the keychain. */
  secrets: z.array(z.string()),
  rules: channelRulesSchema,
  consent: consentSchema.nullable(),
  /** Only what happens after this event goes there. */
  since: seqSchema,
});
export type StoredChannel = z.output<typeof storedChannelSchema>;

/** What a person says of a channel: what is left out stays as it is. */
export const setChannelSchema = z.strictObject({
  name: channelNameSchema,
  /** Of a new channel it must be said, and never changes. */
  plugin: z.string().max(40).optional(),
  enabled: z.boolean().optional(),
  /** With secrets, which go into the keychain; null takes a setting away. */
  settings: z.record(z.string().max(40), settingValueSchema.nullable()).optional(),
  rules: channelRulesSchema.optional(),
  /** It is understood what the plugin may reach and do. */
  consent: z.boolean().optional(),
});
export type SetChannel = z.output<typeof setChannelSchema>;
/** As somebody writes it. */
export type ChannelWish = z.input<typeof setChannelSchema>;
/** An archive as somebody has it. */
const archiveCall = {
  /** What the file is called, for refusals. */
  name: z.string().trim().min(1).max(200),
  base64: z.base64().max(28_000_000),
};
export const inspectPluginSchema = z.strictObject(archiveCall);
export const installPluginSchema = z.strictObject({
  ...archiveCall,
  /** It may take the place of one that is signed by another key. */
  changeSigner: z.boolean().default(false),
});
export type InstallPlugin = z.output<typeof installPluginSchema>;
export const removePluginSchema = z.strictObject({ id: z.string().max(40) });

export const unlinkChannelSchema = z.strictObject({ name: z.string().max(40), person: z.string().max(200) });
export const namedChannelSchema = z.strictObject({ name: z.string().max(40) });

export const linkChannelSchema = z.strictObject({
  name: z.string().max(40),
  /** The human for whom the owner asks for a code; left out: oneself. */
  memberId: memberIdSchema.optional(),
});

export type ChannelState =
  | 'installed'
  | 'configured'
  | 'starting'
  | 'ready'
  | 'degraded'
  | 'failed'
  | 'disabled';

export interface ChannelCondition {
  readonly state: ChannelState;
  /** Why, for a person; empty when there is nothing to say. */
  readonly reason: string;
}

export interface ChannelView extends ChannelCondition {
  readonly name: string;
  /** Null: it needs none. */
  readonly plugin: string | null;
  readonly displayName: string;
  readonly capabilities: readonly Capability[];
  readonly enabled: boolean;
  /** Without secrets. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Names of the secrets that it has. */
  readonly secrets: readonly string[];
  readonly rules: ChannelRules;
  /** Waits to be sent. */
  readonly outbox: number;
  /** Since when the oldest of it is due; null: nothing is. */
  readonly waitingSince: EpochMs | null;
  /** What the service would not have. */
  readonly setAside: number;
  readonly lastSentAt: EpochMs | null;
  readonly linked: readonly LinkedPerson[];
  /** The last lines that its plugin said. */
  readonly log: readonly string[];
  /** What somebody must agree to first; null: nothing. */
  readonly asksFor: { readonly hosts: readonly string[]; readonly capabilities: readonly string[] } | null;
}

export interface LinkedPerson {
  readonly person: Person;
  readonly memberId: MemberId;
  readonly at: EpochMs;
}

export interface PluginView {
  readonly manifest: Manifest;
  readonly isBuiltIn: boolean;
}

export interface InstalledPluginView extends PluginView {
  /** By whose key its archive was signed: the SHA-256 of the public key. Null: by nobody’s, or it came from no archive. */
  readonly signer: string | null;
}

/** What an archive holds, before it is installed. */
export interface PluginInspection {
  readonly manifest: Manifest;
  readonly signer: string | null;
  /** What it would take the place of; null: nothing. */
  readonly replaces: { readonly version: string; readonly signer: string | null } | null;
  /** That one is signed, and not by the same key. */
  readonly changesSigner: boolean;
}

export interface PluginList {
  readonly plugins: readonly InstalledPluginView[];
  /** Those that were not taken, and why. */
  readonly refused: readonly string[];
}

export interface LinkCode {
  readonly code: string;
  readonly channel: string;
  readonly expiresAt: EpochMs;
}

/** One message that waits in the outbox of a channel. */
export interface OutboxRow {
  readonly seq: Seq;
  readonly at: EpochMs;
  readonly due: EpochMs;
  readonly inDigest: boolean;
  readonly attempts: number;
  readonly notice: Notice;
}

/** A message that was sent, or waits to be, and has to say something else since. */
export interface OutboxEdit {
  /** Of the event after which it has; a later one takes its place. */
  readonly seq: Seq;
  /** Of the message. */
  readonly about: Seq;
  readonly at: EpochMs;
  readonly attempts: number;
  /** As it was first. */
  readonly notice: Notice;
  /** Null: the message was never sent. */
  readonly ref: MessageRef | null;
  /** A newer message asks for the same gate. */
  readonly isAskedAgain: boolean;
}

/** What is to be done next in a channel: several rows are one digest. */
export type OutboxWork =
  | { readonly act: 'send'; readonly rows: readonly OutboxRow[] }
  | { readonly act: 'edit'; readonly edit: OutboxEdit };

/** What the channels get of some events. */
export interface OutboxPage {
  readonly rows: readonly (OutboxRow & {
    readonly channel: string;
    /** What it asks is brought up to date there when it was sent already. */
    readonly isEdited: boolean;
  })[];
  readonly addresses: readonly { readonly thread: string; readonly channels: readonly string[] | null }[];
  /** Gates of which earlier messages no longer say how they are. */
  readonly touched: readonly { readonly gateId: GateId; readonly seq: Seq; readonly at: EpochMs }[];
  /** Of its last event. */
  readonly position: { readonly seq: Seq; readonly at: EpochMs };
}

/** What a button stands for. */
export interface ApprovalOffer {
  readonly id: string;
  readonly channel: string;
  readonly gateId: GateId;
  readonly roleId: RoleId;
  readonly memberId: MemberId;
  readonly artifactHash: ArtifactHash;
  readonly expiresAt: EpochMs;
  readonly usedAt: EpochMs | null;
}

/** What a member does by a message from a channel, as long as nobody was told what came of it. */
export interface Undertaking {
  readonly memberId: MemberId;
  /** What they write; empty where they sign. */
  readonly text: string;
  /** What the log held then: whatever it led to comes after that. */
  readonly after: Seq;
  readonly at: EpochMs;
}

/** What was begun is done, if at all, within so long. In ms. */
const undertakenWithin = 60_000;

/** Whether a message is what it was to lead to. */
export function isCut(
  { memberId, text, at }: Undertaking,
  posted: { readonly author: MemberId; readonly text: string },
  postedAt: EpochMs,
): boolean {
  const took = postedAt - at;
  return posted.author === memberId && posted.text === text && took >= 0 && took <= undertakenWithin;
}

/** Synchronous, as its caller needs each step to be one. */
export interface ChannelStore {
  position(): { readonly seq: Seq; readonly at: EpochMs } | null;
  /** What happened up to here is none of the channels' business. */
  begin(position: { readonly seq: Seq; readonly at: EpochMs }): void;
  /** Adds what the channels get, and moves the position: all of it or nothing. */
  fold(page: OutboxPage): void;
  /** To which channels a thread is written; null: to all; undefined: to whichever its notices lead. */
  addressOf(thread: string): readonly string[] | null | undefined;
  /**
   * The oldest that is due: a message, a digest of all that are due together, or a change of a message that was sent.
   * @param past only what comes after that one
   * @returns null: nothing is
   */
  next(channel: string, now: EpochMs, past?: Seq): OutboxWork | null;
  /** When the first of those that wait is due; null: none waits. */
  nextDue(channel: string): EpochMs | null;
  /** What waits and was not tried yet is due anew. @param dueOf null: as it was */
  reschedule(
    channel: string,
    dueOf: (row: OutboxRow) => { readonly at: EpochMs; readonly inDigest: boolean } | null,
  ): void;
  depth(channel: string): {
    readonly waiting: number;
    readonly since: EpochMs | null;
    readonly setAside: number;
  };
  /** A digest is on its way: whatever happens, it is sent again as it is, and nothing joins it. */
  sending(channel: string, rows: readonly OutboxRow[]): void;
  /** They have arrived, under this name. */
  sent(channel: string, rows: readonly OutboxRow[], ref: MessageRef | null): void;
  /** It says what it has to, unless it has to say something else again by now. @param isLast it always will */
  edited(channel: string, edit: OutboxEdit, isLast: boolean): void;
  failedOnce(channel: string, work: OutboxWork): void;
  /** It never will be done. */
  setAside(channel: string, work: OutboxWork, reason: string, now: EpochMs): void;
  threadRef(channel: string, thread: string): MessageRef | null;
  threadOf(channel: string, ref: MessageRef): string | null;
  /** What a message that comes again was answered; null: it is new. */
  answered(channel: string, id: string): InboundAnswer | null;
  answer(channel: string, id: string, answer: InboundAnswer, now: EpochMs): void;
  /** What was begun for a delivery, whether or not it was answered. */
  undertaken(channel: string, id: string): Undertaking | null;
  allUndertaken(channel: string): readonly Undertaking[];
  /** As long as answers are kept: what it led to may be carried out only in the next life of the host. */
  undertake(channel: string, id: string, undertaking: Undertaking): void;
  offer(offer: ApprovalOffer): void;
  offerOf(id: string): ApprovalOffer | null;
  /** @returns false: it was used before */
  use(id: string, now: EpochMs): boolean;
  /** It was not taken after all. */
  giveBack(id: string): void;
  /** What is written there belongs to this thread of the board from now on. */
  joinThread(channel: string, thread: string, ref: MessageRef): void;
  addCode(hash: string, channel: string, memberId: MemberId, expiresAt: EpochMs): void;
  /** Takes the code away, whoever it was for. */
  takeCode(hash: string, channel: string, now: EpochMs): MemberId | null;
  link(channel: string, person: Person, memberId: MemberId, now: EpochMs): void;
  unlink(channel: string, personId: string): boolean;
  linked(channel: string): readonly LinkedPerson[];
  memberOf(channel: string, personId: string): MemberId | null;
  /** Everything of a channel. */
  forget(channel: string): void;
  close(): void;
}

/** A channel that is carried by a plugin: started again when it ends, never more often than is good. */
export interface ChannelLine {
  readonly condition: ChannelCondition;
  readonly log: readonly string[];
  /** Resolves once it can send; rejects when the signal aborts. */
  ready(signal: AbortSignal): Promise<void>;
  /** @throws ChannelError; CoordError `PLUGIN_FAILED` - its process ended over it */
  send(message: OutboundMessage): Promise<MessageRef>;
  /** Only of a channel with `edit`. @throws as `send` */
  edit(ref: MessageRef, message: OutboundMessage): Promise<void>;
  stop(): Promise<void>;
}

export interface LineRequest {
  readonly companyId: CompanyId;
  readonly channel: StoredChannel;
  /** Settings that it gets from the environment of the host. */
  readonly fromEnvironment: readonly string[];
  readonly receive: (message: InboundMessage) => Promise<InboundAnswer>;
  readonly changed: () => void;
}

/** What a host offers its owner about its plugins. */
export interface PluginDesk {
  plugins(): Promise<PluginList>;
  /** Nothing is written. @throws CoordError `PLUGIN_INVALID` */
  inspectPlugin(call: Pick<InstallPlugin, 'name' | 'base64'>): Promise<PluginInspection>;
  /**
   * Channels that it carries go on with it at once.
   * @param companyId where it is put on record
   * @throws CoordError `PLUGIN_INVALID` - nothing was changed
   */
  installPlugin(companyId: CompanyId, call: InstallPlugin, by: MemberId): Promise<InstalledPluginView>;
  /** @throws CoordError `IN_USE` - it carries channels; `NOT_FOUND` */
  removePlugin(companyId: CompanyId, id: string, by: MemberId): Promise<void>;
}

/** What a host offers its clients about the channels of a company. */
export interface ChannelDesk extends PluginDesk {
  /** @param inFull with what only the owner may see */
  list(companyId: CompanyId, inFull: boolean): Promise<readonly ChannelView[]>;
  /** @throws CoordError `BAD_INPUT` - with the settings that are wrong; `NOT_FOUND`; `KEYCHAIN_UNAVAILABLE` */
  set(companyId: CompanyId, call: SetChannel, by: MemberId): Promise<ChannelView>;
  remove(companyId: CompanyId, name: string, by: MemberId): Promise<void>;
  /** @throws CoordError `PLUGIN_FAILED` */
  test(companyId: CompanyId, name: string): Promise<void>;
  /** @param by who asks for the code: the member themselves, or the owner for a human of the company */
  newCode(companyId: CompanyId, name: string, memberId: MemberId, by: MemberId): Promise<LinkCode>;
  unlink(companyId: CompanyId, name: string, personId: string, by: MemberId): Promise<void>;
}

/** What the host offers for the channels of its companies. */
export interface ChannelCarrier {
  plugins(): Promise<PluginList>;
  /** @throws CoordError `PLUGIN_INVALID` */
  inspect(call: Pick<InstallPlugin, 'name' | 'base64'>): Promise<PluginInspection>;
  /** @throws CoordError `PLUGIN_INVALID` - nothing was changed */
  install(call: InstallPlugin): Promise<InstalledPluginView>;
  /** @throws CoordError `NOT_FOUND` */
  remove(id: string): Promise<void>;
  /** Null: there is no such plugin (any more). */
  manifest(plugin: string): Promise<PluginView | null>;
  /** Starts at once, and goes on by itself. */
  open(request: LineRequest): ChannelLine;
  /**
   * What the plugin says of settings that fit its schema.
   * @param fromEnvironment settings that it gets from the environment of the host
   * @param secrets that are not kept yet
   * @throws CoordError `PLUGIN_FAILED`, `KEYCHAIN_UNAVAILABLE`
   */
  validate(
    companyId: CompanyId,
    channel: StoredChannel,
    fromEnvironment: readonly string[],
    secrets: Readonly<Record<string, string>>,
  ): Promise<readonly SettingsProblem[]>;
  /** By which name the environment of a host has a secret, as in a container. Two may have the same one. */
  variableOf(channel: string, setting: string): string;
  hasVariable(name: string): boolean;
  /** @throws CoordError `KEYCHAIN_UNAVAILABLE` */
  keepSecret(companyId: CompanyId, channel: string, setting: string, value: string | null): Promise<void>;
  /** Of the app; null: it serves none. */
  readonly url: () => string | null;
  /** Signs what a button stands for. */
  readonly key: Uint8Array;
}
