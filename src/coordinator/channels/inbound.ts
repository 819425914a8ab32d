/** What people do in a channel, as the member that they are linked to: they answer in threads, sign gates, and link themselves. */
import type { ChannelStore } from '../../contract/channels.ts';
import type { InboundAnswer, InboundMessage, Person } from '../../contract/plugin/messages.ts';
import { inboundMessageSchema } from '../../contract/plugin/messages.ts';
import type { CommandInput } from '../../core/command.ts';
import type { Actor } from '../../core/context.ts';
import { CoordError } from '../../core/error.ts';
import type { Gate } from '../../core/gate/gate.ts';
import type { MemberId, ThreadId } from '../../core/ids.ts';
import { threadIdSchema } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import type { ApprovalTokens, Signature } from './approval-tokens.ts';
import type { IdentityLinks } from './identity-links.ts';
import type { OutboxFeed } from './outbox-feed.ts';
import type { Delivered } from './undertakings.ts';
import { Undertakings } from './undertakings.ts';
import { whatWaits } from './what-waits.ts';

export interface InboundParts {
  readonly store: ChannelStore;
  readonly coordinator: Pick<CompanyCoordinator, 'execute' | 'read' | 'readEvents' | 'refuse'>;
  readonly tokens: ApprovalTokens;
  readonly links: IdentityLinks;
  readonly feed: Pick<OutboxFeed, 'withoutEcho' | 'noteEcho'>;
  readonly now: () => EpochMs;
}

type Reply = Extract<InboundMessage, { kind: 'reply' }>;

const help =
  'You can answer in threads, and send: “link <code>” to say who you are, “status” to see what waits for you, “approve <token> [note]” and “changes <token> <why>” to sign.';
/** A line that begins with one of these is a command wherever it is written. */
const commandWords = /^\/?(link|approve|changes|help)\b\s*/i;
/** Many an answer begins like this: only where it is all that was said. */
const asksForStatus = /^\/?status$/i;
/** The host can't say yes or no now: whoever carries the message brings it again. */
const transient = new Set(['LOG_UNAVAILABLE', 'INTERNAL']);

export class Inbound {
  readonly #parts: InboundParts;
  readonly #undertakings: Undertakings;
  readonly #underWay = new Map<string, Promise<InboundAnswer>>();

  constructor(parts: InboundParts) {
    this.#parts = parts;
    this.#undertakings = new Undertakings(parts);
  }

  /**
   * What comes twice is answered twice, and done once.
   * @throws CoordError `LOG_UNAVAILABLE` - it is to come again
   */
  receive(channel: string, input: InboundMessage): Promise<InboundAnswer> {
    const message = inboundMessageSchema.parse(input);
    const before = this.#parts.store.answered(channel, message.id);
    if (before) return Promise.resolve(before);
    const key = `${channel}\n${message.id}`;
    const underWay = this.#underWay.get(key) ?? this.#answer(channel, message);
    this.#underWay.set(key, underWay);
    return underWay.finally(() => this.#underWay.delete(key));
  }

  async #answer(channel: string, message: InboundMessage): Promise<InboundAnswer> {
    const answer = await this.#do(channel, message).catch((error: unknown): InboundAnswer => {
      if (!(error instanceof CoordError) || transient.has(error.code)) throw error;
      return { ok: false, text: error.message.slice(0, 4_000) };
    });
    this.#parts.store.answer(channel, message.id, answer, this.#parts.now());
    return answer;
  }

  async #do(channel: string, message: InboundMessage): Promise<InboundAnswer> {
    const delivered = { channel, id: message.id };
    switch (message.kind) {
      case 'action':
        return this.#sign(delivered, message.from as Person, message.token, message.note ?? '');
      case 'command':
        return this.#command(delivered, message.from as Person, message.text);
      case 'reply':
        return commandWords.test(message.text.trim()) || asksForStatus.test(message.text.trim())
          ? this.#command(delivered, message.from as Person, message.text)
          : this.#reply(delivered, message);
    }
  }

  async #command(delivered: Delivered, from: Person, text: string): Promise<InboundAnswer> {
    const { channel } = delivered;
    const said = text.trim();
    if (asksForStatus.test(said)) return this.#status(channel, from);
    const word = commandWords.exec(said)?.[1]?.toLowerCase();
    const rest = said.replace(commandWords, '').trim();
    const [token = '', ...words] = rest.split(/\s+/);
    const note = rest.slice(token.length).trim();
    switch (word) {
      case 'link':
        return this.#link(channel, from, rest);
      case 'approve':
      case 'changes': {
        const wanted = word === 'approve' ? 'a' : 'c';
        // Whoever was shown the one for approving may send it with the other word by mistake.
        if (!token.startsWith(wanted))
          return { ok: false, text: `That is no token for “${word}”: copy it from the message.` };
        return this.#sign(delivered, from, token, words.length > 0 ? note : '');
      }
      default:
        return { ok: word === 'help', text: help };
    }
  }

  async #status(channel: string, from: Person): Promise<InboundAnswer> {
    const { links, coordinator } = this.#parts;
    const memberId = links.require(channel, from);
    return { ok: true, text: await coordinator.read((state) => whatWaits(state, memberId)) };
  }

  async #link(channel: string, from: Person, code: string): Promise<InboundAnswer> {
    const { links, coordinator, now } = this.#parts;
    const memberId = await this.#onRecord(null, { type: 'channel.link' }, async () =>
      links.take(channel, from, code, now()),
    );
    const name = await coordinator.read((state) => state.members.get(memberId)?.name ?? memberId);
    await coordinator.execute(actorOf(memberId), {
      type: 'decision.log',
      kind: 'channel link',
      context: `${from.name || from.id} (${from.id}) in the channel ${channel} is ${name}`,
      reason: 'They sent the code that was made for them.',
    });
    return { ok: true, text: `You are ${name} from now on.` };
  }

  async #sign(delivered: Delivered, from: Person, token: string, note: string): Promise<InboundAnswer> {
    const { channel } = delivered;
    const { links, tokens, coordinator, now } = this.#parts;
    const asked = { type: 'channel.sign' };
    const memberId = await this.#onRecord(null, asked, async () => links.require(channel, from));
    const actor = actorOf(memberId);
    // A reason that is missing is no reason to use the button up.
    if (token.startsWith('c') && note.trim() === '') {
      return { ok: false, text: 'Say why: “changes <token> <what is to be changed>”.' };
    }
    const before = await this.#undertakings.begin(delivered, memberId, '');
    const signature = await this.#onRecord(actor, asked, async () =>
      tokens.take(token, channel, memberId, now(), before?.at ?? null),
    );
    const { gateId, roleId, artifactHash } = signature.offer;
    const gate = await coordinator.read((state) => state.gates.get(gateId));
    const { decision } = signature;
    const command = { type: 'gate.sign', gateId, roleId, decision, note, artifactHash } as const;
    // It may have been done before the host could say so.
    if (!before || !hasSigned(gate, memberId, signature)) await this.#execute(actor, command, signature);
    const did = decision === 'approve' ? 'You have signed' : 'You have sent back';
    return { ok: true, text: `${did} ${gate?.name ?? gateId} for ${roleId}.` };
  }

  /** What is no more than too late for others is on record too: it came from outside. */
  async #execute(
    actor: Actor,
    command: CommandInput & { gateId: string },
    signature: Signature,
  ): Promise<void> {
    try {
      await this.#parts.coordinator.execute(actor, command);
    } catch (error) {
      if (!(error instanceof CoordError) || transient.has(error.code)) {
        this.#parts.tokens.giveBack(signature);
        throw error;
      }
      const refusal = new CoordError('APPROVAL_REFUSED', error.message, error.details);
      await this.#parts.coordinator.refuse(
        actor,
        { type: 'channel.sign', gateId: command.gateId } as never,
        refusal,
      );
    }
  }

  async #reply(delivered: Delivered, { from, text, thread }: Reply): Promise<InboundAnswer> {
    const { channel } = delivered;
    const { store, links, feed } = this.#parts;
    const memberId = links.require(channel, from as Person);
    const known = thread && store.threadOf(channel, thread);
    const threadId = known?.startsWith('thread_') ? threadIdSchema.parse(known) : null;
    const said = text.slice(0, 20_000);
    const before = await this.#undertakings.begin(delivered, memberId, said);
    const found = before && (await this.#undertakings.written(before, threadId));
    if (found) feed.noteEcho(channel, found.seq);
    const written = found?.threadId ?? (await this.#write(channel, memberId, said, threadId));
    if (threadId === null && thread) store.joinThread(channel, written, thread);
    return { ok: true, text: '' };
  }

  async #write(
    channel: string,
    memberId: MemberId,
    said: string,
    threadId: ThreadId | null,
  ): Promise<ThreadId> {
    const { coordinator, feed } = this.#parts;
    const title = (said.trim().split('\n')[0] ?? '').slice(0, 80) || `From ${channel}`;
    const command: CommandInput =
      threadId === null
        ? { type: 'thread.start', title, text: said }
        : { type: 'message.post', threadId, text: said };
    const { events } = await feed.withoutEcho(channel, () => coordinator.execute(actorOf(memberId), command));
    for (const { event } of events) if (event.type === 'message.posted') return event.threadId;
    throw new CoordError('INTERNAL', 'The host took the message but its receipt has none.');
  }

  /** @param actor null: nobody knows who it is */
  async #onRecord<Result>(
    actor: Actor | null,
    asked: { type: string },
    act: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof CoordError)
        return this.#parts.coordinator.refuse(actor ?? { kind: 'host' }, asked, error);
      throw error;
    }
  }
}

function hasSigned(
  gate: Gate | undefined,
  memberId: MemberId,
  { decision, offer: { roleId } }: Signature,
): boolean {
  if (decision === 'request_changes') return gate?.refusal?.by === memberId;
  return gate?.signOffs.some((one) => one.memberId === memberId && one.roleId === roleId) === true;
}

const actorOf = (memberId: MemberId): Actor => ({ kind: 'member', memberId });
