/**
 * A Slack workspace on this machine: the Web API of an emulator, behind a gate of ours that has what it lacks: Socket Mode,
 * clicks, forms and commands, the limits of blocks, and everything that goes wrong.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Emulator } from 'emulate';
import { createEmulator } from 'emulate';
import { neededScopes } from '../../../plugins/slack/scopes.ts';
import { brokenLimits } from './block-limits.ts';
import { SocketEnd } from './socket-end.ts';

type Fields = Readonly<Record<string, unknown>>;

/** One call of the Web API. */
export interface SlackCall {
  readonly method: string;
  readonly body: Fields;
  readonly answer: Fields;
}

export interface SlackButton {
  readonly action_id: string;
  readonly value?: string;
  readonly text: { readonly text: string };
}

export interface SlackMessage {
  readonly ts: string;
  readonly text: string;
  readonly user: string;
  readonly thread_ts?: string;
  readonly blocks?: readonly Fields[];
}

export type Fault =
  | { readonly status: 429; readonly retryAfter: number }
  | { readonly status: 500 }
  | { readonly error: string }
  | 'works'
  /** Slack does it, and takes its time to say so. */
  | { readonly until: Promise<void> }
  /** Slack does it, and the line breaks before it can say so. */
  | 'lost';

export const botToken = 'xoxb-1234-test-bot';
export const appToken = 'xapp-1-test-app';
const people = ['agentcoord', 'olga', 'quentin', 'eve'] as const;
export type PersonName = (typeof people)[number];

export class SlackWorkspace {
  readonly calls: SlackCall[] = [];
  /** What was said to one person alone, by a link that came with what they did. */
  readonly whispers: { readonly user: string; readonly text: string }[] = [];
  readonly socket: SocketEnd;
  readonly #emulator: Emulator;
  readonly #faults = new Map<string, Fault[]>();
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  readonly #ids = new Map<string, string>();
  #hasBotToken = true;
  #hasAppToken = true;
  #scopes: readonly string[] = neededScopes;
  channel = '';

  private constructor(emulator: Emulator) {
    this.#emulator = emulator;
    this.socket = new SocketEnd(this.#server);
  }

  static async open(): Promise<SlackWorkspace> {
    const tokens = people.map((user) => ({
      token: user === 'agentcoord' ? botToken : `xoxp-${user}`,
      user,
      scopes: [...neededScopes, 'channels:manage'],
    }));
    const users = people.map((name) => ({ name, real_name: name, email: `${name}@example.com` }));
    const emulator = await createEmulator({
      service: 'slack',
      port: await freePort(),
      seed: {
        slack: {
          strict_scopes: true,
          team: { name: 'Acme', domain: 'acme' },
          users,
          channels: [{ name: 'agents' }],
          tokens,
        },
      },
    });
    const workspace = new SlackWorkspace(emulator);
    await new Promise<void>((resolve) => workspace.#server.listen(0, '127.0.0.1', resolve));
    await workspace.#lookAround();
    return workspace;
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.#port}/api/`;
  }

  get settings() {
    return { botToken, appToken, channel: this.channel, apiUrl: this.apiUrl };
  }

  async close(): Promise<void> {
    this.socket.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.#emulator.close();
  }

  /** What the next calls of this method come to, one after the other. */
  breaks(method: string, ...faults: readonly Fault[]): void {
    this.#faults.set(method, [...(this.#faults.get(method) ?? []), ...faults]);
  }

  /** What an admin may do to the app. */
  lets(change: { botToken?: boolean; appToken?: boolean; scopes?: readonly string[] }): void {
    this.#hasBotToken = change.botToken ?? this.#hasBotToken;
    this.#hasAppToken = change.appToken ?? this.#hasAppToken;
    this.#scopes = change.scopes ?? this.#scopes;
  }

  idOf(name: PersonName): string {
    return this.#ids.get(name) ?? '';
  }

  called(method: string): SlackCall[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** The messages of a conversation, the oldest first. */
  async messages(channel = this.channel, thread?: string): Promise<SlackMessage[]> {
    const method = thread === undefined ? 'conversations.history' : 'conversations.replies';
    const asked = { channel, limit: 200, ...(thread !== undefined && { ts: thread }) };
    const { messages = [] } = (await this.#ask(method, asked, botToken)) as { messages?: SlackMessage[] };
    return [...messages].sort((a, b) => Number(a.ts) - Number(b.ts));
  }

  /** Resolves once there is one like that. */
  async sees(is: (message: SlackMessage) => boolean, channel = this.channel): Promise<SlackMessage> {
    for (;;) {
      const found = (await this.messages(channel)).find(is);
      if (found) return found;
      await pause(15);
    }
  }

  /** Somebody writes; Slack tells the app of it. */
  async writes(
    who: PersonName,
    text: string,
    where: { readonly thread?: SlackMessage; readonly channel?: string; readonly times?: number } = {},
  ): Promise<SlackMessage> {
    const message = await this.posts(who, text, where);
    await this.tells(message, where.times);
    return message;
  }

  /** Somebody writes, and Slack has not told the app yet. Resolves with what it will tell. */
  async posts(
    who: PersonName,
    text: string,
    where: { readonly thread?: SlackMessage; readonly channel?: string } = {},
  ): Promise<SlackMessage & Fields> {
    const { thread, channel = this.channel } = where;
    const below = thread && { thread_ts: thread.ts, parent_user_id: thread.user };
    const posted = (await this.#ask(
      'chat.postMessage',
      { channel, text, ...below },
      `xoxp-${who}`,
    )) as unknown as {
      ts: string;
    };
    const message = { type: 'message', user: this.idOf(who), text, ts: posted.ts, ...below };
    const isDirect = channel.startsWith('D');
    return { ...message, channel, channel_type: isDirect ? 'im' : 'channel', team: teamId };
  }

  /** An event as Slack words it, so many times. */
  async tells(event: Fields, times = 1): Promise<void> {
    const body = { type: 'event_callback', team_id: teamId, event_id: `Ev${randomUUID()}`, event };
    for (let n = 0; n < times; n += 1) await this.socket.deliver('events_api', body);
  }

  /** Somebody presses a button. Resolves with what the app acknowledged, once it has. */
  async presses(
    who: PersonName,
    message: SlackMessage,
    button: SlackButton,
    change: { readonly channel?: string; readonly fields?: Fields; readonly times?: number } = {},
  ): Promise<unknown> {
    const { channel = this.channel, times = 1 } = change;
    const body = {
      type: 'block_actions',
      user: { id: this.idOf(who), username: who, team_id: teamId },
      team: { id: teamId },
      container: { type: 'message', message_ts: message.ts, channel_id: channel },
      channel: { id: channel },
      trigger_id: await this.#trigger(who),
      response_url: `http://127.0.0.1:${this.#port}/response/${this.idOf(who)}`,
      actions: [{ type: 'button', action_ts: `${Date.now()}.${randomUUID()}`, ...button }],
      ...change.fields,
    };
    const acks: unknown[] = [];
    for (let n = 0; n < times; n += 1) acks.push(await this.socket.deliver('interactive', body));
    return acks.at(-1);
  }

  /** Somebody sends the form that was opened last. */
  async submits(who: PersonName, note: string): Promise<unknown> {
    const { answer } = this.called('views.open').at(-1) ?? {};
    const view = (answer?.['view'] ?? {}) as Fields;
    const state = { values: { note: { text: { type: 'plain_text_input', value: note } } } };
    return await this.socket.deliver('interactive', {
      type: 'view_submission',
      user: { id: this.idOf(who), username: who, team_id: teamId },
      team: { id: teamId },
      trigger_id: randomUUID(),
      view: { ...view, state },
    });
  }

  /** Somebody sends `/agentcoord` and these words. */
  async commands(who: PersonName, text: string, fields: Fields = {}): Promise<string> {
    const answer = await this.socket.deliver('slash_commands', {
      ...{ team_id: teamId, channel_id: this.channel, user_id: this.idOf(who), user_name: who },
      ...{ command: '/agentcoord', text, trigger_id: randomUUID() },
      response_url: `http://127.0.0.1:${this.#port}/response/${this.idOf(who)}`,
      ...fields,
    });
    return String((answer as Fields | undefined)?.['text'] ?? '');
  }

  /** The conversation of somebody with the app. */
  async directWith(who: PersonName): Promise<string> {
    const { channel } = await this.#ask('conversations.open', { users: this.idOf(who) }, botToken);
    return String((channel as Fields)['id']);
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async #lookAround(): Promise<void> {
    const { members } = await this.#ask('users.list', {}, botToken);
    for (const { name, id } of members as { name: string; id: string }[]) this.#ids.set(name, id);
    const { channels } = await this.#ask('conversations.list', {}, botToken);
    this.channel =
      (channels as { name: string; id: string }[]).find(({ name }) => name === 'agents')?.id ?? '';
  }

  async #trigger(who: PersonName): Promise<string> {
    const answer = await this.#ask('views.generateTriggerId', { user_id: this.idOf(who) }, botToken);
    return String(answer['trigger_id']);
  }

  async #ask(method: string, body: Fields, token: string): Promise<Fields> {
    const response = await fetch(`${this.#emulator.url}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Fields;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const path = request.url ?? '';
    if (path.startsWith('/response/')) {
      this.whispers.push({ user: path.slice('/response/'.length), text: String(JSON.parse(text)['text']) });
      response.end('ok');
      return;
    }
    const method = path.replace('/api/', '');
    const body = readBody(text);
    const next = this.#faults.get(method)?.shift();
    const isHeld = typeof next === 'object' && 'until' in next;
    const fault = next === 'works' || isHeld ? undefined : next;
    if (fault && fault !== 'lost' && 'status' in fault) {
      const wait = fault.status === 429 ? { 'retry-after': String(fault.retryAfter) } : {};
      response.writeHead(fault.status, wait).end();
      return;
    }
    const answer =
      fault && fault !== 'lost'
        ? { ok: false, error: fault.error }
        : await this.#answer(method, body, request);
    this.calls.push({ method, body, answer });
    if (isHeld) await next.until;
    if (fault === 'lost') {
      response.destroy();
      return;
    }
    const scopes = this.#scopes.join(',');
    response.writeHead(200, { 'content-type': 'application/json', 'x-oauth-scopes': scopes });
    response.end(JSON.stringify(answer));
  }

  async #answer(method: string, body: Fields, { headers }: IncomingMessage): Promise<Fields> {
    const token = headers.authorization?.replace('Bearer ', '') ?? '';
    if (method === 'apps.connections.open') {
      if (token !== appToken || !this.#hasAppToken) return { ok: false, error: 'invalid_auth' };
      return { ok: true, url: `ws://127.0.0.1:${this.#port}/link/?ticket=${this.socket.ticket()}` };
    }
    if (token !== botToken) return { ok: false, error: 'invalid_auth' };
    if (!this.#hasBotToken) return { ok: false, error: 'token_expired' };
    const view = body['view'] as Fields | undefined;
    const blocks = view === undefined ? body['blocks'] : view['blocks'];
    const broken = blocks === undefined ? [] : brokenLimits(blocks);
    if (broken.length > 0)
      return { ok: false, error: 'invalid_blocks', response_metadata: { messages: broken } };
    return await this.#ask(method, body, token);
  }
}

export const teamId = 'T000000001';

/** As the client of Slack sends it: a form, in which what is no text is JSON. */
function readBody(text: string): Fields {
  const fields = [...new URLSearchParams(text)].map(([name, value]) => {
    const isJson = /^[[{]/.test(value) && ['blocks', 'metadata', 'view'].includes(name);
    return [name, isJson ? JSON.parse(value) : value] as const;
  });
  return Object.fromEntries(fields);
}

/** On which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
