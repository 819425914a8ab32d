/** What a script does in a company, in the name of one of its members. */
import type { z } from 'zod';
import type { ChannelView, ChannelWish } from '../contract/channels.ts';
import type {
  ApprovalView,
  InboxView,
  QueryAnswers,
  QueryInput,
  QueryName,
  StatusView,
} from '../contract/queries.ts';
import type { Receipt } from '../contract/rpc.ts';
import type { requestApprovalSchema } from '../core/approval/approval-commands.ts';
import type { MessageKind } from '../core/board/board.ts';
import type { CommandInput } from '../core/command.ts';
import { CoordError } from '../core/error.ts';
import type { ArtifactHash, GateId, TaskId, ThreadId } from '../core/ids.ts';
import { ms } from '../core/units.ts';
import type { Priority } from '../core/workflow/workflow.ts';
import { Deadline } from './abort.ts';
import type { ClaimOptions } from './claim-task.ts';
import { claimTask } from './claim-task.ts';
import type { NewTask } from './create-tasks.ts';
import { createTasks } from './create-tasks.ts';
import { eventIn } from './event-in.ts';
import type { EventHandler, EventOptions } from './events.ts';
import { EventSubscription } from './events.ts';
import type { HeldLock } from './held-lock.ts';
import type { HeldTask } from './held-task.ts';
import type { Line } from './line.ts';
import type { LockOptions } from './lock-file.ts';
import { lockFile } from './lock-file.ts';
import type { OrchestrateOptions } from './orchestrate.ts';
import { orchestrate } from './orchestrate.ts';
import { SessionHoldings } from './session-holdings.ts';
import type { SeenVerdict } from './sign-gate.ts';
import { signGate } from './sign-gate.ts';

export interface Post {
  readonly title: string;
  /** Markdown; `@name` brings it to that member's inbox. */
  readonly message: string;
  readonly kind?: MessageKind;
  readonly priority?: Priority;
  /** Only to these channels, and in the app; `all`: to every channel. Left out: where the rules of each channel lead. */
  readonly channels?: readonly string[] | 'all';
}

export interface ApprovalWish
  extends Omit<z.input<typeof requestApprovalSchema>, 'type' | 'roles' | 'timeout'> {
  /** One sign-off of each, or how many of each. */
  readonly roles: readonly string[] | Readonly<Record<string, number>>;
  /** How long it waits before `onTimeout` happens, in ms; for ever by default. */
  readonly timeout?: number;
  /** How long this call waits for it, in ms; until it is decided by default. 0: only asks. */
  readonly wait?: number;
  /** Ends the waiting and takes the question back. */
  readonly signal?: AbortSignal;
}

export class Session implements AsyncDisposable {
  readonly #line: Line;
  readonly #holdings: SessionHoldings;
  readonly #subscriptions = new Set<EventSubscription>();

  constructor(line: Line) {
    this.#line = line;
    this.#holdings = new SessionHoldings(line);
  }

  get company() {
    return this.#line.last.company;
  }

  /** Whom it acts for. */
  get member() {
    return this.#line.last.member;
  }

  /**
   * Is told each time the line to the host is lost: locks and an agent's tasks are lost with it. It comes back by itself.
   * To close the session is no loss.
   * @returns what ends the telling
   */
  onLineLost(listener: (why: CoordError) => void): () => void {
    return this.#line.onLost((why) => {
      if (!this.#line.closing.aborted) listener(why);
    });
  }

  /** Is told each time the line is back. @returns what ends the telling */
  onLineBack(listener: () => void): () => void {
    return this.#line.onBound(listener);
  }

  /** Locks a path or a glob. @throws CoordError `LOCK_HELD` - naming who has it, for what and until when */
  lockFile(scope: string, options: LockOptions): Promise<HeldLock> {
    return lockFile(this.#line, this.#holdings, scope, options);
  }

  /** Claims the best task that is ready for this agent, or the one that is named. Null: none came in time. */
  claimTask(options: ClaimOptions = {}): Promise<HeldTask | null> {
    return claimTask(this.#line, this.#holdings, options);
  }

  /**
   * In order, any number; their ids.
   * @throws CoordError the first refusal, with the ids `created` in its details; what was not under way then was not asked for
   */
  createTasks(tasks: readonly NewTask[]): Promise<TaskId[]> {
    return createTasks(this.#line, tasks);
  }

  /** Starts a thread for everybody. */
  async postThread({ title, message, kind, priority, channels }: Post): Promise<ThreadId> {
    if (channels !== undefined)
      return this.#postToChannels({
        title,
        message,
        channels,
        ...(kind && { kind }),
        ...(priority && { priority }),
      });
    const receipt = await this.command({
      type: 'thread.start',
      title,
      text: message,
      ...(kind && { kind }),
      ...(priority && { priority }),
    });
    return eventIn(receipt, 'thread.started').thread.id;
  }

  /** A thread that announces something to everybody, in every channel. */
  broadcast(post: Omit<Post, 'kind'>): Promise<ThreadId> {
    return this.postThread({ channels: 'all', ...post, kind: 'ANNOUNCEMENT' });
  }

  /** The channels of this host, and how each is. */
  channels(): Promise<readonly ChannelView[]> {
    return this.#line.channels();
  }

  /** Sets a channel up or changes it; what is left out stays. With the owner’s token alone. @throws CoordError `FORBIDDEN`, `BAD_INPUT`, `CONSENT_REQUIRED` */
  setChannel(channel: ChannelWish): Promise<ChannelView> {
    return this.#line.setChannel(channel);
  }

  async #postToChannels({
    title,
    message,
    channels,
    ...how
  }: Post & Required<Pick<Post, 'channels'>>): Promise<ThreadId> {
    const known = channels === 'all' ? [] : (await this.channels()).map(({ name }) => name);
    const unknown = channels === 'all' ? undefined : channels.find((name) => !known.includes(name));
    if (unknown !== undefined) {
      throw new CoordError(
        'NOT_FOUND',
        `The message was not sent: there is no channel ${unknown}. There are: ${known.join(', ')}`,
        {
          channel: unknown,
        },
      );
    }
    const named = channels === 'all' ? null : [...channels];
    const receipt = await this.command({
      type: 'channel.post',
      channels: named,
      title,
      text: message,
      ...how,
    });
    return eventIn(receipt, 'thread.started').thread.id;
  }

  async reply(
    threadId: string,
    message: string,
    options: Pick<Post, 'kind' | 'priority'> = {},
  ): Promise<void> {
    await this.command({ type: 'message.post', threadId: threadId as ThreadId, text: message, ...options });
  }

  /** A direct message. @throws CoordError `NOT_FOUND` - there is no member of that name or id */
  async send(to: string, message: string, options: Pick<Post, 'kind' | 'priority'> = {}): Promise<void> {
    const members = await this.query('members', {});
    const name = to.toLowerCase();
    const found = members.find(({ member }) => member.id === to || member.name.toLowerCase() === name);
    if (!found)
      throw new CoordError('NOT_FOUND', `The message was not sent: there is no member “${to}”`, { to });
    await this.command({ type: 'message.send', to: found.member.id, text: message, ...options });
  }

  /** What reached this member: mentions, replies, direct messages, and what they must approve. */
  inbox(options: { readonly onlyUnread?: boolean; readonly limit?: number } = {}): Promise<InboxView> {
    return this.query('inbox', options);
  }

  /** Puts a decision on record that no command makes. */
  async logDecision(decision: { kind: string; context: string; reason: string }): Promise<void> {
    await this.command({ type: 'decision.log', ...decision });
  }

  /** Asks roles to approve something and waits for it; `gate.state` is `open` when it is given. `settled` says whether it is decided. */
  async requestApproval({
    roles,
    timeout,
    wait = Infinity,
    signal,
    ...wish
  }: ApprovalWish): Promise<ApprovalView> {
    signal?.throwIfAborted();
    const counts = Array.isArray(roles) ? Object.fromEntries(roles.map((role) => [role, 1])) : { ...roles };
    const receipt = await this.command({
      ...wish,
      type: 'approval.request',
      roles: counts as Record<string, number>,
      timeout: timeout === undefined ? null : ms(timeout),
    });
    const gateId = eventIn(receipt, 'approval.requested').gate.id;
    try {
      return await this.waitForApproval(gateId, { wait, ...(signal && { signal }) });
    } catch (error) {
      if (signal?.aborted) await this.command({ type: 'approval.cancel', gateId });
      throw error;
    }
  }

  /** @throws what the signal aborts with: the approval stays asked for */
  async waitForApproval(
    gateId: string,
    { wait = Infinity, signal }: { readonly wait?: number; readonly signal?: AbortSignal } = {},
  ): Promise<ApprovalView> {
    const deadline = new Deadline(wait);
    for (;;) {
      const view = await this.#line.query(
        'approval',
        { gateId: gateId as GateId, wait: ms(deadline.share) },
        signal,
      );
      if (view.settled || deadline.isOver) return view;
    }
  }

  /**
   * Hears of events as they happen, each once and in order, also when the line was lost meanwhile. What the handler
   * throws is told to `onError`; without that it ends the subscription, and Node prints a warning.
   * @throws CoordError `BAD_INPUT` - there are no events of a type that is asked for
   */
  onEvent(options: EventOptions, handler: EventHandler): EventSubscription {
    const subscription: EventSubscription = new EventSubscription(this.#line, options, handler, () =>
      this.#subscriptions.delete(subscription),
    );
    this.#subscriptions.add(subscription);
    return subscription;
  }

  /**
   * Signs a gate or sends back what it is about: a person directly, an agent by answering the review that is made for it.
   * @throws CoordError `ARTIFACT_CHANGED`, `GATE_NOT_WAITING`, `WRONG_STATE` (not just now), or why this member may not
   */
  signGate(gateId: string, verdict: SeenVerdict): Promise<void> {
    return signGate({ line: this.#line, claim: this.#claim }, gateId, verdict);
  }

  /** Looks after what waits for a sign-off until the signal aborts. It approves nothing unless it is told to. */
  orchestrate(options: OrchestrateOptions = {}): Promise<void> {
    return orchestrate({ line: this.#line, claim: this.#claim }, options);
  }

  readonly #claim = (taskId: string): Promise<HeldTask | null> => this.claimTask({ taskId });

  status(): Promise<StatusView> {
    return this.query('status', {});
  }

  /** A file of the workspace; null when there is none. Writing it needs a lock. */
  async readFile(path: string): Promise<Uint8Array | null> {
    const { connection } = await this.#line.bound();
    const file = await connection.readFile({ path });
    return file && Buffer.from(file.base64, 'base64');
  }

  /**
   * The files of the workspace by path, without those of git and of installed packages.
   * @param folder left out: all of it
   */
  async listFiles(folder: string | null = null): Promise<readonly { path: string; bytes: number }[]> {
    const { connection } = await this.#line.bound();
    const files = await connection.listFiles({ folder });
    return files.map(({ path, bytes }) => ({ path, bytes }));
  }

  async readArtifact(hash: string): Promise<Uint8Array> {
    const { base64 } = await this.query('artifact', { hash: hash as ArtifactHash });
    return Buffer.from(base64, 'base64');
  }

  /** Whatever else can be asked. Asked again when the line is lost meanwhile. */
  query<Name extends QueryName>(
    name: Name,
    params: QueryInput<Name>,
    signal?: AbortSignal,
  ): Promise<QueryAnswers[Name]> {
    return this.#line.query(name, params, signal);
  }

  /** Whatever else can be done. @throws CoordError `NOT_CONNECTED` - the line was lost before the answer: it may be done or not */
  command(command: CommandInput): Promise<Receipt> {
    return this.#line.command(command);
  }

  /** Ends what waits, gives back what it holds and what it is given just then, and closes the line. */
  async close(): Promise<void> {
    this.#line.startClosing();
    await this.#holdings.giveBackAll();
    const ended = [...this.#subscriptions].map((subscription) => subscription.ended.catch(() => undefined));
    await this.#line.close();
    await Promise.all(ended);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
