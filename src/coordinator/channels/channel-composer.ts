/** Makes what is sent of what waits: with the thread that it stands in, the people that it is for, and buttons for those who may sign. */
import type { ChannelStore, OutboxEdit, OutboxRow } from '../../contract/channels.ts';
import type { Capability } from '../../contract/plugin/manifest.ts';
import type { Action, MessageRef, OutboundMessage, Person } from '../../contract/plugin/messages.ts';
import { askedNow } from '../../core/channel/asked-now.ts';
import type { Notice } from '../../core/channel/notice.ts';
import type { CompanyId, Seq } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import type { ApprovalTokens } from './approval-tokens.ts';
import { signersOf } from './approval-tokens.ts';
import type { Carried } from './compose-message.ts';
import { composeDigest, composeEdit, composeMessage } from './compose-message.ts';

export interface ComposerParts {
  readonly companyId: CompanyId;
  readonly store: ChannelStore;
  readonly coordinator: Pick<CompanyCoordinator, 'read'>;
  readonly tokens: ApprovalTokens;
  readonly url: () => string | null;
  readonly now: () => EpochMs;
}

export class ChannelComposer {
  readonly #parts: ComposerParts;

  constructor(parts: ComposerParts) {
    this.#parts = parts;
  }

  /** @returns null when nobody is there any more for whom it was */
  async compose(
    channel: string,
    capabilities: readonly Capability[],
    rows: readonly OutboxRow[],
  ): Promise<OutboundMessage | null> {
    const { store } = this.#parts;
    const [row] = rows;
    if (!row) return null;
    const { notice } = row;
    const to = store.linked(channel).find(({ memberId }) => memberId === notice.to)?.person ?? null;
    if (notice.to !== null && to === null) return null;
    // It may have waited for long: what it asks for is said as it is now.
    const { notice: now } = await this.#parts.coordinator.read((state) => askedNow(state, notice));
    const carried = await this.#carried(channel, capabilities, now, to);
    return row.inDigest && rows.length > 1
      ? composeDigest(rows, carried)
      : composeMessage({ ...row, notice: now }, carried);
  }

  /** @returns null when there is nothing to change (any more) */
  async composeEdit(
    channel: string,
    capabilities: readonly Capability[],
    edit: OutboxEdit,
  ): Promise<{
    readonly ref: MessageRef;
    readonly message: OutboundMessage;
    readonly isLast: boolean;
  } | null> {
    const { notice, ref, isAskedAgain } = edit;
    if (ref === null || !capabilities.includes('edit')) return null;
    const { notice: now, isLast } = await this.#parts.coordinator.read((state) =>
      askedNow(state, notice, isAskedAgain),
    );
    const carried = await this.#carried(channel, capabilities, now, null);
    // It stays where it stands.
    return { ref, message: composeEdit(edit, now, { ...carried, thread: null }), isLast };
  }

  async #carried(
    channel: string,
    capabilities: readonly Capability[],
    notice: Notice,
    to: Person | null,
  ): Promise<Carried> {
    const { companyId, store, url } = this.#parts;
    return {
      ...{ companyId, channel, capabilities, to },
      url: url(),
      thread: store.threadRef(channel, notice.thread),
      actions: capabilities.includes('inbound') ? await this.#actions(channel, notice) : [],
    };
  }

  test(channel: string, now: EpochMs): OutboundMessage {
    const { companyId, url } = this.#parts;
    const notice: Notice = {
      ...{ category: 'message', kind: 'STATUS', priority: 'NORMAL', title: 'A test message', author: null },
      ...{ authorName: null, thread: 'test', to: null, fields: [], asks: null, path: '/' },
      text: `The channel ${channel} works.`,
    };
    const row = { seq: 0 as Seq, at: now, due: now, inDigest: false, attempts: 0, notice };
    const carried = { companyId, channel, capabilities: [], url: url(), thread: null, actions: [], to: null };
    return { ...composeMessage(row, carried), key: `${companyId}:test-${now}:${channel}` };
  }

  async #actions(channel: string, { asks }: Notice): Promise<Action[]> {
    const { store, coordinator, tokens, now } = this.#parts;
    if (asks === null) return [];
    const members = store.linked(channel).map(({ memberId }) => memberId);
    const signers = await coordinator.read((state) =>
      signersOf(state, asks.gateId, asks.artifactHash, members),
    );
    return tokens.offer(channel, asks, signers, now());
  }
}
