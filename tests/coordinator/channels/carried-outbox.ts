/** An outbox of one channel on a real SQLite file, and a service that does what the test says, for tests of delivery. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ChannelStore, OutboxPage } from '../../../src/contract/channels.ts';
import { ChannelError } from '../../../src/contract/plugin/channel-error.ts';
import {
  composeDigest,
  composeEdit,
  composeMessage,
} from '../../../src/coordinator/channels/compose-message.ts';
import type { DeliveryPatience } from '../../../src/coordinator/channels/delivery.ts';
import { Delivery } from '../../../src/coordinator/channels/delivery.ts';
import type { Notice } from '../../../src/core/channel/notice.ts';
import { CoordError } from '../../../src/core/error.ts';
import type { ArtifactHash, CompanyId, GateId, Seq } from '../../../src/core/ids.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import { openSqliteChannelStore } from '../../../src/log/sqlite/channels/sqlite-channel-store.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

export const now = 1_000_000 as EpochMs;
export const gateId = 'gate_1' as GateId;

export function notice(text: string, more: Partial<Notice> = {}): Notice {
  return {
    ...{ category: 'message', priority: 'NORMAL', kind: 'STATUS', title: '', text, author: null },
    ...{ authorName: null, thread: `t-${text}`, to: null, fields: [], asks: null, path: '/' },
    ...more,
  };
}

export const asking = (text: string): Notice =>
  notice(text, { category: 'gate', asks: { gateId, artifactHash: 'a'.repeat(64) as ArtifactHash } });

export async function openStore(): Promise<ChannelStore> {
  const store = openSqliteChannelStore(join(await temporaryFolder(), 'channels.sqlite'));
  onTestFinished(() => store.close());
  store.begin({ seq: 0 as Seq, at: now });
  return store;
}

export function row(seq: number, said: Notice, more: Partial<OutboxPage['rows'][number]> = {}) {
  const at = { at: now, due: now, inDigest: false, attempts: 0, isEdited: true };
  return { channel: 'chat', seq: seq as Seq, ...at, notice: said, ...more };
}

export function page(rows: OutboxPage['rows'], to: number, touched: readonly number[] = []): OutboxPage {
  const position = { seq: to as Seq, at: now };
  const gates = touched.map((seq) => ({ gateId, seq: seq as Seq, at: now }));
  return { rows, addresses: [], touched: gates, position };
}

/** What the service does with a message: null is to take it. */
export type Mood = (text: string) => 'retry' | 'crash' | 'reject' | 'never answers' | null;

export class CarriedOutbox {
  /** What the service took: the text, and after a change `text → text`. */
  readonly taken: string[] = [];
  readonly tried: string[] = [];
  readonly triedKeys: string[] = [];
  readonly keys: string[] = [];
  readonly delivery: Delivery;
  mood: Mood = () => null;
  #end: () => void = () => undefined;
  readonly #ended = new Promise<void>((resolve) => {
    this.#end = resolve;
  });

  constructor(store: ChannelStore, patience: DeliveryPatience = { firstWait: 0, longestWait: 1 }) {
    const carried = {
      ...{ companyId: 'company_1' as CompanyId, channel: 'chat', url: null, thread: null, actions: [] },
      ...{ capabilities: ['text', 'edit'] as const, to: null },
    };
    const take = async (text: string, key: string, said: string) => {
      this.tried.push(text);
      this.triedKeys.push(key);
      const mood = this.mood(text);
      if (mood === 'crash') throw new CoordError('PLUGIN_FAILED', 'its process ended');
      if (mood === 'retry') throw new ChannelError('RETRY', 'not now');
      // Until the test has ended.
      if (mood === 'never answers') await this.#ended;
      if (mood === 'reject') throw new ChannelError('REJECTED', 'never');
      this.keys.push(key);
      this.taken.push(said);
    };
    this.delivery = new Delivery({
      ...{ channel: 'chat', store, patience, now: () => now },
      compose: async (rows) => {
        const [first] = rows;
        if (!first) return null;
        return rows.length > 1 ? composeDigest(rows, carried) : composeMessage(first, carried);
      },
      composeEdit: async (edit) => {
        const { notice: said, ref, isAskedAgain } = edit;
        const text = isAskedAgain ? 'asked again' : `changed after ${edit.seq}`;
        const message = composeEdit(edit, { ...said, text }, carried);
        return ref && { ref, message, isLast: isAskedAgain };
      },
      line: {
        ...{ condition: { state: 'ready', reason: '' }, log: [], ready: async () => undefined },
        send: async ({ text, key }) => {
          await take(text, key, text);
          return { id: `at ${key}` };
        },
        edit: async ({ id }, { text, key }) => take(text, key, `${id.split(':')[1]} → ${text}`),
        stop: async () => undefined,
      },
      onFault: (error) => {
        throw error;
      },
    });
    onTestFinished(async () => {
      this.#end();
      await this.delivery.close();
    });
  }
}
