/** Derives from the log what each channel has to send: what is committed gets there, also when the host is killed in between. */
import type { ChannelStore, OutboxPage, StoredChannel } from '../../contract/channels.ts';
import { isCut } from '../../contract/channels.ts';
import type { Capability } from '../../contract/plugin/manifest.ts';
import { gateTouchedBy } from '../../core/channel/asked-now.ts';
import { dueIn } from '../../core/channel/channel-rules.ts';
import type { Notice } from '../../core/channel/notice.ts';
import { noticeOf } from '../../core/channel/notice-of.ts';
import type { EventOf, StoredEvent } from '../../core/event.ts';
import type { Seq } from '../../core/ids.ts';
import { isProvisional } from '../../core/provisional.ts';
import type { EpochMs } from '../../core/units.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import type { OnFault } from '../fault.ts';

/** A channel as the feed sees it. */
export interface FedChannel {
  readonly stored: StoredChannel;
  readonly capabilities: readonly Capability[];
}

export interface FeedParts {
  readonly store: ChannelStore;
  readonly coordinator: Pick<CompanyCoordinator, 'onCommit' | 'read' | 'readEvents'>;
  readonly channels: () => readonly FedChannel[];
  /** Something was added. */
  readonly fed: () => void;
  readonly onFault: OnFault;
}

const pageSize = 500;
/** How long it waits after it failed, in ms. */
const patience = 1_000;

export class OutboxFeed {
  readonly #parts: FeedParts;
  readonly #forget: () => void;
  /** `channel seq`: came from there, and does not go back. */
  readonly #echoes = new Set<string>();
  /** The log's end when it first looked: what stands up to there may be of an earlier life of the host. */
  #begunAt: Seq | null = null;
  #holds = 0;
  #dirty = true;
  #running: Promise<void> | null = null;
  #closed = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: FeedParts) {
    this.#parts = parts;
    this.#forget = parts.coordinator.onCommit((events) => {
      if (!events.every(({ seq }) => isProvisional(seq))) this.wake();
    });
    this.wake();
  }

  wake(): void {
    this.#dirty = true;
    // Not in the turn of the commit: nobody who waits for that shall wait for this.
    if (this.#timer === null && !this.#closed) this.#timer = setTimeout(() => this.#begin(), 5);
  }

  /** Resolves once it has looked at all that was committed before. */
  async lookNow(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#begin();
    await this.#running?.catch(() => undefined);
  }

  /** It came from there in an earlier life of the host, and does not go back. */
  noteEcho(channel: string, seq: Seq): void {
    this.#echoes.add(`${channel} ${seq}`);
  }

  /** What the act writes to the log does not go back to the channel that it came from. */
  async withoutEcho<Result extends { readonly events: readonly StoredEvent[] }>(
    channel: string,
    act: () => Promise<Result>,
  ): Promise<Result> {
    this.#holds += 1;
    try {
      // What is folded now was committed before.
      await this.#running?.catch(() => undefined);
      const result = await act();
      for (const { seq } of result.events) this.#echoes.add(`${channel} ${seq}`);
      return result;
    } finally {
      this.#holds -= 1;
      this.wake();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#forget();
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running?.catch(() => undefined);
  }

  #begin(): void {
    this.#timer = null;
    if (this.#running || this.#holds > 0 || this.#closed) return;
    this.#running = this.#foldAll()
      .catch((error: unknown) => {
        this.#parts.onFault(error);
        this.#dirty = true;
        return new Promise<void>((resolve) => setTimeout(resolve, patience).unref());
      })
      .finally(() => {
        this.#running = null;
        if (this.#dirty) this.wake();
      });
  }

  async #foldAll(): Promise<void> {
    const { store, coordinator, fed } = this.#parts;
    while (this.#dirty && this.#holds === 0 && !this.#closed) {
      this.#dirty = false;
      this.#begunAt ??= await coordinator.read(({ seq }) => seq);
      const position = await this.#position();
      const events = await coordinator.readEvents(position, pageSize);
      const last = events.at(-1);
      if (!last) continue;
      if (events.length === pageSize) this.#dirty = true;
      const notices = await coordinator.read((state) => events.map((event) => noticeOf(state, event)));
      // It may have begun to hold while we looked: what it writes is not told apart yet.
      if (this.#holds > 0) {
        this.#dirty = true;
        return;
      }
      const addresses = events.map(({ event }) => event).filter(isAddress);
      const rows = events.flatMap((event, n) => this.#rowsOf(event, notices[n] ?? null, addresses));
      const touched = events.flatMap(({ event, seq, at }) => {
        const gateId = gateTouchedBy(event);
        return gateId === null ? [] : [{ gateId, seq, at: at as EpochMs }];
      });
      store.fold({
        ...{ rows, touched, position: last },
        addresses: addresses.map(({ threadId, channels }) => ({ thread: threadId, channels })),
      });
      if (rows.length + touched.length > 0) fed();
    }
  }

  /**
   * A log that was put in the place of another is followed from its end: what it holds has been said long ago. The first
   * time, from where the first channel begins.
   */
  async #position(): Promise<Seq> {
    const { store, coordinator, channels } = this.#parts;
    const position = store.position();
    if (position !== null) {
      const [event] = await coordinator.readEvents((position.seq - 1) as Seq, 1);
      if (event?.at === position.at) return position.seq;
    }
    const head = await coordinator.read(({ seq }) => Math.floor(seq) as Seq);
    const since = channels().map(({ stored }) => stored.since);
    const from = position === null ? (Math.min(head, ...since) as Seq) : head;
    const [event] = await coordinator.readEvents((from - 1) as Seq, 1);
    if (event) store.begin(event);
    return from;
  }

  #rowsOf(
    { seq, at, event }: StoredEvent,
    notice: Notice | null,
    addresses: readonly EventOf<'thread.addressed'>[],
  ): OutboxPage['rows'] {
    if (notice === null) return [];
    const named = addresses.findLast(({ threadId }) => threadId === notice.thread)?.channels;
    const address = named === undefined ? this.#parts.store.addressOf(notice.thread) : named;
    return this.#parts.channels().flatMap(({ stored, capabilities }) => {
      const { name, rules, since } = stored;
      if (seq <= since || this.#echoes.delete(`${name} ${seq}`)) return [];
      if (seq <= (this.#begunAt ?? 0) && this.#isEarlierEcho(name, event, at as EpochMs)) return [];
      const isAddressed = address === null || address?.includes(name) === true;
      if (address !== undefined && !isAddressed) return [];
      if (notice.to !== null && !this.#reaches(name, notice, capabilities)) return [];
      const due = dueIn(rules, notice, at as EpochMs, isAddressed);
      if (!due) return [];
      const isEdited = capabilities.includes('edit');
      const row = { channel: name, seq, at, due: due.at, inDigest: due.inDigest, attempts: 0, notice };
      return [{ ...row, isEdited }];
    });
  }

  /** It came from there, just before its host ended. */
  #isEarlierEcho(channel: string, event: StoredEvent['event'], at: EpochMs): boolean {
    if (event.type !== 'message.posted') return false;
    return this.#parts.store.allUndertaken(channel).some((begun) => isCut(begun, event, at));
  }

  /** What is meant for one goes nowhere where others read it. */
  #reaches(channel: string, { to }: Notice, capabilities: readonly Capability[]): boolean {
    return (
      capabilities.includes('dm') && this.#parts.store.linked(channel).some(({ memberId }) => memberId === to)
    );
  }
}

const isAddress = (event: StoredEvent['event']): event is EventOf<'thread.addressed'> =>
  event.type === 'thread.addressed';
