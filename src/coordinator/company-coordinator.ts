/** The single writer of a company: takes commands, answers them once they are durable, and shows the state. */
import type { BranchStore } from '../contract/branch-store.ts';
import type { EventLog, WantsEvent } from '../contract/event-log.ts';
import type { RecordSource } from '../contract/hash-chain.ts';
import type { Moment } from '../contract/moment.ts';
import type { Presence } from '../contract/other-hosts.ts';
import type { Receipt } from '../contract/rpc.ts';
import { isWorthKnowing } from '../core/audit/refused.ts';
import type { Command, CommandInput, CommandType } from '../core/command.ts';
import { commandSchema } from '../core/command.ts';
import type { Actor, HostChoice } from '../core/context.ts';
import { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import { amongOthers } from '../core/host/among-hosts.ts';
import type { HostId, Seq } from '../core/ids.ts';
import type { CompanyState } from '../core/state.ts';
import type { EpochMs } from '../core/units.ts';
import { ArrivalOrder } from './arrival-order.ts';
import { checkInput } from './bad-input.ts';
import { BatchWriter } from './batch-writer.ts';
import { Branch } from './branch.ts';
import { BranchFeed } from './branch-feed.ts';
import { CommandQueue } from './command-queue.ts';
import { CompanyClock } from './company-clock.ts';
import type { Ask } from './decide-batch.ts';
import type { OnFault } from './fault.ts';
import { followOthers } from './follow-others.ts';
import { History } from './history/history.ts';
import { HostStanding } from './host-standing.ts';
import { LiveState } from './live-state.ts';
import { LoneWriter } from './lone-writer.ts';
import { openState } from './open-state.ts';
import type { Outage } from './outage-watch.ts';
import { OutageWatch } from './outage-watch.ts';
import { Snapshots } from './snapshots.ts';
import type { World } from './world.ts';
import { realWorld } from './world.ts';

export interface CoordinatorOptions {
  /** The coordinator closes it. */
  readonly log: EventLog;
  readonly world?: World;
  /** Which one of the hosts that share the log; left out: it is the only one. */
  readonly host?: HostId;
  /** Opens what keeps what is done while the log is away; for a log that can be. The coordinator closes it. */
  readonly openBranchStore?: () => BranchStore;
  /** Runs before a command is queued, which waits for it; what it throws refuses the command. Null: nothing to wait for. */
  readonly beforeDecision?: (command: Command) => Promise<void> | null;
  /** Is waited for when the log is there again, before what was done meanwhile goes into it. Never rejects. */
  readonly beforeRebase?: () => Promise<void>;
  /** Events between two snapshots, at least. */
  readonly snapshotEvery?: number;
  /** Commands that are decided and made durable together, at most. */
  readonly maxBatch?: number;
  readonly onFault?: OnFault;
}

/** Is told of the events of a batch once they are durable and folded. Must not throw. */
export type CommitListener = (events: readonly StoredEvent[]) => void;

/** What became of one command, whoever gave it. */
export interface Execution {
  /** Null: it was none of the commands that there are. */
  readonly type: CommandType | null;
  /** Null: it was done. */
  readonly error: unknown;
  /** Until its events were durable, or it was refused, in ms. */
  readonly took: number;
}

/** Must not throw. */
export type ExecutionListener = (execution: Execution) => void;

const commandTypes: ReadonlySet<string> = new Set(
  commandSchema.options.map((schema) => schema.shape.type.value),
);
const isCommandType = (type: unknown): type is CommandType =>
  typeof type === 'string' && commandTypes.has(type);

export class CompanyCoordinator {
  readonly #log: EventLog;
  readonly #state: CompanyState;
  readonly #world: World;
  readonly #clock: CompanyClock;
  readonly #beforeDecision: (command: Command) => Promise<void> | null;
  readonly #queue: CommandQueue<Ask>;
  readonly #live: LiveState;
  readonly #standing: HostStanding;
  readonly history: History;
  /** Which one of the hosts that share the log; null: it is the only one. */
  readonly host: HostId | null;
  /** The log as it is kept, for whoever searches or verifies it. */
  readonly records: RecordSource;
  readonly #snapshots: Snapshots;
  readonly #listeners = new Set<CommitListener>();
  readonly #watchers = new Set<ExecutionListener>();
  readonly #stopping = new AbortController();
  readonly #following: Promise<void>;
  readonly #branch: Branch | null;
  readonly #lone: LoneWriter | null;
  readonly #branchFeed = new BranchFeed();
  readonly #outageWatch: OutageWatch | null;
  #closing: Promise<void> | null = null;

  private constructor(state: CompanyState, snapshotSeq: Seq, options: CoordinatorOptions) {
    const { log, host = null, snapshotEvery, maxBatch = 256 } = options;
    this.#log = log;
    this.host = host;
    this.#state = state;
    const world = options.world ?? realWorld;
    this.#clock = new CompanyClock(log.now ?? world.now, log.now !== null);
    this.#world = { ...world, now: this.#clock.now };
    this.#beforeDecision = options.beforeDecision ?? (() => null);
    const onFault = options.onFault ?? (() => undefined);
    this.history = new History({ log, now: () => this.now() });
    this.records = log;
    this.#snapshots = new Snapshots({ log, last: snapshotSeq, every: snapshotEvery, onFault });
    const publish = (events: readonly StoredEvent[]) => this.#publish(events);
    const live = new LiveState({ state, log, onFault, publish });
    const standing = new HostStanding({ host, log, world: this.#world, state });
    const branch = options.openBranchStore ? new Branch(options.openBranchStore, onFault) : null;
    const lone = branch && new LoneWriter({ live, standing, log, branch, onFault });
    this.#live = live;
    this.#standing = standing;
    this.#branch = branch;
    this.#lone = lone;
    const snapshots = this.#snapshots;
    const writer = new BatchWriter({ live, log, world: this.#world, standing, lone, snapshots, onFault });
    const run = (asks: readonly Ask[], earlier: Promise<void>) => writer.run(asks, earlier);
    // A log that answers after a while gets the next batch meanwhile.
    const mostUnderWay = () => (log.isShared ? 4 : 2);
    // Between hosts that work at once each batch is folded anew: the fewer, the less of that.
    const waves = () => (log.isShared && !writer.isAmongOthers ? 2 : 1);
    this.#queue = new CommandQueue({ run, maxBatch, mostUnderWay, waves });
    // A log of one host among several may be moved to where the others are.
    const mayBeShared = log.isShared || host !== null;
    const { signal } = this.#stopping;
    this.#following = mayBeShared
      ? followOthers({ log, live, standing, queue: this.#queue, signal })
      : Promise.resolve();
    this.#outageWatch = this.#watchOutages(onFault, options.beforeRebase);
  }

  /** @throws CoordError `DATABASE_TOO_NEW`, `DATABASE_DAMAGED`, `LOG_UNAVAILABLE` - the log is then closed again */
  static async open(options: CoordinatorOptions): Promise<CompanyCoordinator> {
    try {
      const { state, snapshotSeq } = await openState(options.log);
      // Before the branch of an earlier start is folded: what it ends with stands in no log.
      const last = await options.log.read(Math.max(0, state.seq - 1) as Seq, 1);
      const coordinator = new CompanyCoordinator(state, snapshotSeq, options);
      coordinator.#seeTime(last);
      return coordinator;
    } catch (error) {
      await options.log.close();
      throw error;
    }
  }

  get now(): World['now'] {
    return this.#world.now;
  }

  /** Which one of the hosts that append to the log now; null: it is the only one. */
  get hostAmongOthers(): HostId | null {
    return amongOthers(this.#standing.choice);
  }

  /** The other hosts; null: the log is shared with none. */
  get presence(): Presence | null {
    return this.#log.presence;
  }

  /** How this host chooses among tasks now; null: it may claim none, for the others are about to count it as lost. */
  get choice(): HostChoice | null {
    return this.#standing.mayClaim ? this.#standing.choice : null;
  }

  /** Aborts when the coordinator begins to close: what waits for something to happen ends. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  /**
   * Resolves once the command's events are durable. Without anything to wait for it is queued within this call.
   * @param order whoever shares it is decided in the order in which they came
   * @throws CoordError the refusal
   */
  execute(actor: Actor, input: CommandInput, order = new ArrivalOrder()): Promise<Receipt> {
    if (this.#watchers.size === 0) return this.#execute(actor, input, order);
    const begun = performance.now();
    const done = this.#execute(actor, input, order);
    const tell = (error: unknown) => {
      const type = isCommandType(input?.type) ? input.type : null;
      for (const watcher of this.#watchers) watcher({ type, error, took: performance.now() - begun });
    };
    done.then(() => tell(null), tell);
    return done;
  }

  async #execute(actor: Actor, input: CommandInput, order: ArrivalOrder): Promise<Receipt> {
    const type = typeof input?.type === 'string' ? input.type : 'The command';
    const command = checkInput(type, commandSchema, input);
    const ready = this.#beforeDecision(command);
    return new Promise((resolve, reject) => {
      const queue = () => {
        if (this.#stopping.signal.aborted) reject(stopping());
        else this.#queue.add({ actor, command, resolve, reject });
      };
      order.enter(ready, queue, reject);
    });
  }

  /**
   * Puts the refusal of a call that is no command on record, if it is worth knowing.
   * @param call its name, such as `writeFile`, and the ids that it names
   * @throws CoordError the refusal itself, once it is durable
   */
  async refuse(actor: Actor, call: { readonly type: string }, refusal: CoordError): Promise<never> {
    if (this.#stopping.signal.aborted || !isWorthKnowing(refusal)) throw refusal;
    await new Promise((resolve, reject) =>
      this.#queue.add({ actor, command: { ...call, refusal }, resolve, reject }),
    );
    throw refusal;
  }

  /**
   * Looks at the state, and answers once everything that it saw is durable. The view must not change the state, nor keep
   * it for later, nor do anything else: it is asked again when what it saw could not be written.
   */
  async read<View>(view: (state: CompanyState) => View): Promise<View> {
    for (;;) {
      const { revision } = this.#live;
      const seen = look(this.#state, view);
      await this.#queue.settled();
      if (revision !== this.#live.revision) continue;
      if ('error' in seen) throw seen.error;
      return seen.view;
    }
  }

  /**
   * The same, at a moment of the past when one is given; the view gets the time that it was.
   * @throws CoordError `NO_SUCH_MOMENT` - it is in the future, or before the company
   */
  async readAt<View>(
    moment: Moment | null,
    view: (state: CompanyState, now: EpochMs) => View,
  ): Promise<View> {
    if (moment === null) return this.read((state) => view(state, this.now()));
    const { seq, at } = await this.history.find(moment);
    const live = await this.read((state) => (state.seq === seq ? { view: view(state, at) } : null));
    return live ? live.view : this.history.read(seq, (state) => view(state, at));
  }

  /** Looks at the state while all of it is durable and nothing is being decided: the view may act on what it sees. */
  actOn<View>(view: (state: CompanyState) => View): Promise<View> {
    return this.#queue.betweenBatches(() => view(this.#state));
  }

  /**
   * Events after a `seq`, then each batch as it becomes durable, until the signal aborts or the coordinator closes. While
   * the log is away, those of the branch come too, under provisional numbers.
   * @param wants leaves out what it says no to; left out: everything
   * @throws CoordError `FOLLOW_TOO_SLOW` - such events were taken back, for the log is there again: go on from the last
   */
  follow(after: Seq, signal: AbortSignal, wants?: WantsEvent): AsyncIterable<readonly StoredEvent[]> {
    return this.#outageWatch
      ? this.#branchFeed.follow(this.#log, { after, signal, wants })
      : this.#log.follow(after, signal, wants);
  }

  /** How this host stands to a log that does not answer; null: it answers. */
  get outage(): Outage | null {
    return this.#outageWatch?.outage ?? null;
  }

  /** Those in the log; `after` may be the number of one that is on the branch, or was. */
  readEvents(after: Seq, limit: number): Promise<StoredEvent[]> {
    return this.#log.read(Math.floor(after) as Seq, limit);
  }

  /** @returns what ends it */
  onCommit(listener: CommitListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Is told of every command once it is answered. @returns what ends it */
  onExecuted(watcher: ExecutionListener): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** How many commands wait to be decided. */
  get queued(): number {
    return this.#queue.depth;
  }

  /** Settles what was asked before, refuses what comes later, and closes the log. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#stopping.abort();
    await this.#following;
    await this.#outageWatch?.ended;
    await this.#queue.idle();
    await this.#snapshots.idle();
    await this.history.close();
    await this.#log.close();
    this.#branch?.close();
  }

  #watchOutages(onFault: OnFault, beforeRebase: CoordinatorOptions['beforeRebase']): OutageWatch | null {
    const { outages } = this.#log;
    if (!outages || !this.#branch || !this.#lone) {
      this.#log.presence?.show();
      return null;
    }
    return new OutageWatch({
      ...{ outages, branch: this.#branch, lone: this.#lone, standing: this.#standing, queue: this.#queue },
      ...{ coordinator: this, signal: this.#stopping.signal, onFault },
      beforeRebase: beforeRebase ?? (async () => undefined),
      changed: () => this.#branchFeed.turn(),
    });
  }

  /** Time goes on from the last event, whoever's clock it was stamped by. */
  #seeTime(events: readonly StoredEvent[]): void {
    const last = events.at(-1);
    if (last) this.#clock.notBefore(last.at);
  }

  #publish(events: readonly StoredEvent[]): void {
    if (events.length === 0) return;
    this.#seeTime(events);
    this.#branchFeed.see(events);
    for (const listener of this.#listeners) listener(events);
  }
}

/** What a view says, or why it refuses to. */
function look<View>(state: CompanyState, view: (state: CompanyState) => View) {
  try {
    return { view: view(state) };
  } catch (error) {
    return { error };
  }
}

function stopping(): CoordError {
  return new CoordError(
    'LOG_UNAVAILABLE',
    'The command was refused: the host is stopping. Start it again, then try again',
  );
}
