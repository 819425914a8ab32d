/**
 * What was begun for a delivery and never answered, for its host was killed in between: when it comes again, the log says
 * whether it was done, and it is not done twice.
 */
import type { ChannelStore, Undertaking } from '../../contract/channels.ts';
import { isCut } from '../../contract/channels.ts';
import type { MemberId, Seq, ThreadId } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';

export interface UndertakingParts {
  readonly store: Pick<ChannelStore, 'undertaken' | 'undertake'>;
  readonly coordinator: Pick<CompanyCoordinator, 'read' | 'readEvents'>;
  readonly now: () => EpochMs;
}

/** Names what people did in a channel. */
export interface Delivered {
  readonly channel: string;
  readonly id: string;
}

export interface Written {
  readonly threadId: ThreadId;
  readonly seq: Seq;
}

const pageSize = 500;

export class Undertakings {
  readonly #parts: UndertakingParts;

  constructor(parts: UndertakingParts) {
    this.#parts = parts;
  }

  /** Durable before anything is done. @returns what an earlier time left behind that was cut short; null: this is the first */
  async begin({ channel, id }: Delivered, memberId: MemberId, text: string): Promise<Undertaking | null> {
    const { store, coordinator, now } = this.#parts;
    const before = store.undertaken(channel, id);
    if (before) return before;
    const after = await coordinator.read(({ seq }) => Math.floor(seq) as Seq);
    store.undertake(channel, id, { memberId, text, after, at: now() });
    return null;
  }

  /** Where its message stands; null: it was never written. @param threadId null: it began one */
  async written(undertaking: Undertaking, threadId: ThreadId | null): Promise<Written | null> {
    const { coordinator } = this.#parts;
    const begun = new Set<ThreadId>();
    for (let { after } = undertaking; ; ) {
      const events = await coordinator.readEvents(after, pageSize);
      for (const { event, at, seq } of events) {
        if (event.type === 'thread.started') begun.add(event.thread.id);
        if (event.type !== 'message.posted' || !isCut(undertaking, event, at as EpochMs)) continue;
        const isThere = threadId === null ? begun.has(event.threadId) : event.threadId === threadId;
        if (isThere) return { threadId: event.threadId, seq };
      }
      const last = events.at(-1);
      if (!last || events.length < pageSize) return null;
      after = last.seq;
    }
  }
}
