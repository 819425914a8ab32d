/** What people do in Slack, handed to the host in the shape that it knows, and what they are told. */
import { setTimeout as pause } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { ChannelHost, InboundAnswer, InboundMessage, Person } from 'agentcoord/plugin';
import { EarlyReplies } from './early-replies.ts';
import type { KnownThreads } from './known-threads.ts';
import { actionNames } from './message-blocks.ts';
import { fromMrkdwn } from './mrkdwn.ts';
import { formFault, noteForm, readForm } from './note-form.ts';
import type { PeopleNames } from './people-names.ts';
import { at, textAt } from './read-payload.ts';
import { channelError } from './slack-error.ts';
import type { Envelope } from './socket-line.ts';
import { tellPrivately, tellThere } from './tell-person.ts';

/** Who the app is in its workspace. */
export interface OurIdentity {
  readonly userId: string;
  readonly teamId: string;
  /** Of several workspaces under one roof; empty: there is none. */
  readonly enterpriseId: string;
}

export interface InboundParts {
  readonly host: Pick<ChannelHost, 'receive' | 'log' | 'signal'>;
  readonly web: WebClient;
  readonly us: OurIdentity;
  readonly threads: KnownThreads;
  readonly names: PeopleNames;
  /** Resolves once what is being sent has a name: an answer to it may be quicker than the name. */
  readonly settled: () => Promise<void>;
}

type Reply = Extract<InboundMessage, { kind: 'reply' }>;

/** Slack waits three seconds for an acknowledgement, in ms. */
const inTime = 2_300;
/** The host can't take it: so often it is offered again, and how long we wait at first, in ms. */
const tries = 8;
const firstWait = 500;
/** At once; beyond that Slack has to bring it again. */
const mostUnderWay = 500;

const help =
  'You can send:\n• `/agentcoord link CODE`: say who you are; the app shows you the code\n' +
  '• `/agentcoord status`: who you are here, and what waits for you\n' +
  '• `/agentcoord approve TOKEN [note]` and `/agentcoord request-changes TOKEN why`: sign, where there are no buttons\n' +
  'Answer in the thread of a message to answer it, mention the app to begin a thread, or write to it directly.';

export class SlackInbound {
  readonly #parts: InboundParts;
  readonly #underWay = new Map<string, Promise<InboundAnswer>>();
  /** Of each thread the last answer that is on its way: they arrive in the order in which Slack brought them. */
  readonly #queues = new Map<string, Promise<unknown>>();
  readonly #early = new EarlyReplies<unknown>();

  constructor(parts: InboundParts) {
    this.#parts = parts;
  }

  take = async (envelope: Envelope): Promise<void> => {
    switch (envelope.type) {
      case 'events_api':
        return await this.#event(envelope);
      case 'slash_commands':
        return await this.#command(envelope);
      case 'interactive':
        return await this.#interaction(envelope);
      default:
        await envelope.ack();
    }
  };

  async #event({ body, ack }: Envelope): Promise<void> {
    const event = at(body, 'event');
    const reply = await this.#replyIn(body, event);
    if (reply === null) return await ack();
    const { thread } = reply;
    const place = `${thread?.place} ${thread?.thread}`;
    const taken = this.#inTurn(place, () => this.#deliver(reply));
    void this.#takeEarly(this.#early.take(place, textAt(event, 'ts')));
    const answer = await taken;
    await ack();
    if (answer.text !== '') await this.#tell(thread?.place ?? '', reply.from.id, thread?.thread, answer.text);
  }

  async #takeEarly(bodies: readonly unknown[]): Promise<void> {
    for (const body of bodies) {
      const ack = async () => undefined;
      await this.take({ type: 'events_api', body, ack }).catch((error: unknown) =>
        this.#parts.host.log(`an answer that came early was not taken: ${String(error)}`),
      );
    }
  }

  /** Null: it is not meant for us. */
  async #replyIn(body: unknown, event: unknown): Promise<Reply | null> {
    const { us, threads, names } = this.#parts;
    const said = (name: string) => textAt(event, name);
    const [type, user, channel, ts] = [said('type'), said('user'), said('channel'), said('ts')];
    if ((type !== 'message' && type !== 'app_mention') || user === '' || channel === '' || ts === '')
      return null;
    const isSpoken = ['', 'thread_broadcast', 'file_share'].includes(said('subtype'));
    if (!isSpoken || said('bot_id') !== '' || user === us.userId) return null;
    if (
      !this.#isOfUs(
        said('user_team') || said('team') || textAt(body, 'team_id'),
        textAt(body, 'enterprise_id'),
      )
    )
      return null;
    const isDirect = said('channel_type') === 'im';
    const isMention = type === 'app_mention' || said('text').includes(`<@${us.userId}>`);
    const below = said('thread_ts');
    const isOurs = below !== '' && (said('parent_user_id') === us.userId || threads.has(channel, below));
    if (!isDirect && !isMention && !isOurs) {
      // What it stands below may be a message to us that Slack has not brought yet.
      if (below !== '' && said('text').length <= 40_000) this.#early.keep(`${channel} ${below}`, ts, body);
      return null;
    }
    const thread = below || ts;
    if (!isOurs) threads.add(channel, thread);
    const text = said('text').replaceAll(`<@${us.userId}>`, '').trim();
    return {
      kind: 'reply',
      id: `message:${channel}:${ts}`.slice(0, 300),
      from: { id: user.slice(0, 200), name: await names.nameOf(user) },
      text: fromMrkdwn(text, names.known).slice(0, 40_000),
      thread: { id: thread.slice(0, 300), place: channel.slice(0, 300), thread: thread.slice(0, 300) },
    };
  }

  async #command({ body, ack }: Envelope): Promise<void> {
    const said = (name: string) => textAt(body, name);
    if (!this.#isOfUs(said('team_id'), said('enterprise_id'))) return await ack(onlyForThem(strangers));
    const words = said('text')
      .trim()
      .replace(/^request[- ]changes\b/i, 'changes');
    if (words === '' || /^help\b/i.test(words)) return await ack(onlyForThem(help));
    const message: InboundMessage = {
      kind: 'command',
      id: `command:${said('trigger_id')}`.slice(0, 300),
      from: personOf(said('user_id'), said('user_name')),
      text: words.slice(0, 4_000),
    };
    const answer = this.#deliver(message);
    const quick = await within(answer);
    if (quick) return await ack(onlyForThem(quick.text || 'Done.'));
    await ack();
    await this.#answerAt(said('response_url'), (await answer).text || 'Done.');
  }

  async #interaction(envelope: Envelope): Promise<void> {
    const { body, ack } = envelope;
    const team = textAt(body, 'user', 'team_id') || textAt(body, 'team', 'id');
    if (!this.#isOfUs(team, textAt(body, 'enterprise', 'id'))) {
      await ack();
      return await this.#answerAt(textAt(body, 'response_url'), strangers);
    }
    switch (textAt(body, 'type')) {
      case 'block_actions':
        return await this.#pressed(envelope);
      case 'view_submission':
        return await this.#submitted(envelope);
      default:
        await ack();
    }
  }

  async #pressed({ body, ack }: Envelope): Promise<void> {
    const action = at(body, 'actions', 0);
    const [name = ''] = textAt(action, 'action_id').split(':');
    const token = textAt(action, 'value');
    const channel = textAt(body, 'container', 'channel_id') || textAt(body, 'channel', 'id');
    const ts = textAt(body, 'container', 'message_ts') || textAt(body, 'message', 'ts');
    const url = textAt(body, 'response_url');
    if ((name !== actionNames.signs && name !== actionNames.asks) || token === '') return await ack();
    if (name === actionNames.asks) {
      await ack();
      const view = noteForm({ token, channel, ts }, textAt(action, 'text', 'text'));
      await this.#parts.web.views
        .open({ trigger_id: textAt(body, 'trigger_id'), view })
        .catch((error: unknown) =>
          this.#answerAt(url, `The form could not be opened, press again: ${channelError(error).message}`),
        );
      return;
    }
    const from = personIn(body);
    const id = `action:${channel}:${ts}:${textAt(action, 'action_ts')}:${from.id}`.slice(0, 300);
    const answer = this.#deliver({ kind: 'action', id, from, token: token.slice(0, 200) });
    await within(answer);
    await ack();
    await this.#answerAt(url, (await answer).text || 'Done.');
  }

  async #submitted({ body, ack }: Envelope): Promise<void> {
    const form = readForm(body);
    if (form === null) return await ack();
    if (form.note === '') return await ack(formFault('Say what is to be changed.'));
    const from = personIn(body);
    const id = `form:${textAt(body, 'view', 'id')}:${textAt(body, 'trigger_id')}:${from.id}`.slice(0, 300);
    const note = form.note.slice(0, 4_000);
    const answer = this.#deliver({ kind: 'action', id, from, token: form.token.slice(0, 200), note });
    const quick = await within(answer);
    if (quick && !quick.ok) return await ack(formFault(quick.text));
    await ack();
    await this.#tell(form.channel, from.id, form.ts, (await answer).text || 'Done.');
  }

  /** Those of other workspaces write in shared channels, too; nobody of ours vouches for who they are. */
  #isOfUs(team: string, enterprise: string): boolean {
    const { teamId, enterpriseId } = this.#parts.us;
    return team === teamId || (enterpriseId !== '' && enterprise === enterpriseId);
  }

  /** What comes twice is handed over once. Rejects when the host does not take it, or there is too much of it. */
  #deliver(message: InboundMessage): Promise<InboundAnswer> {
    const known = this.#underWay.get(message.id);
    if (known) return known;
    if (this.#underWay.size >= mostUnderWay) return Promise.reject(new Error('too much is under way'));
    const answer = this.#offer(message).finally(() => this.#underWay.delete(message.id));
    this.#underWay.set(message.id, answer);
    return answer;
  }

  async #offer(message: InboundMessage): Promise<InboundAnswer> {
    const { host, settled } = this.#parts;
    if (message.kind === 'reply') await settled();
    for (let tried = 1; ; tried += 1) {
      try {
        return await host.receive(message);
      } catch (error) {
        host.log(
          `the host could not take what somebody did: ${error instanceof Error ? error.message : error}`,
        );
        // Of an answer in a thread Slack keeps a copy; of the rest nobody does.
        if (tried >= tries && message.kind === 'reply') throw error;
        if (tried >= tries) return { ok: false, text: 'AgentCoord can’t be reached now: try again later.' };
        await pause(firstWait * 2 ** (tried - 1), undefined, { signal: host.signal });
      }
    }
  }

  async #inTurn<Result>(queue: string, act: () => Promise<Result>): Promise<Result> {
    const before = this.#queues.get(queue) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(act);
    this.#queues.set(queue, turn);
    try {
      return await turn;
    } finally {
      if (this.#queues.get(queue) === turn) this.#queues.delete(queue);
    }
  }

  async #tell(channel: string, person: string, thread: string | undefined, text: string): Promise<void> {
    await tellThere(this.#parts, { channel, person, thread, text });
  }

  async #answerAt(url: string, text: string): Promise<void> {
    await tellPrivately(this.#parts, url, text);
  }
}

const strangers = 'AgentCoord listens only to members of the workspace in which it is installed.';
const onlyForThem = (text: string) => ({ response_type: 'ephemeral', text });

const personOf = (id: string, name: string): Person => ({ id: id.slice(0, 200), name: name.slice(0, 200) });
const personIn = (body: unknown): Person =>
  personOf(textAt(body, 'user', 'id'), textAt(body, 'user', 'username') || textAt(body, 'user', 'name'));

/** Null: it takes longer than Slack waits. */
async function within<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  const timer = new AbortController();
  const late = pause(inTime, null, { signal: timer.signal }).catch(() => null);
  return await Promise.race([answer, late]).finally(() => timer.abort());
}
