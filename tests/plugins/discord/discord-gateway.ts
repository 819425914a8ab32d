/** The gateway of the tests' Discord, version 10: hello, identify, heartbeat, resume, and events with their numbers. */
import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { DiscordWorld } from './discord-world.ts';

const intents = {
  guilds: 1,
  guildMessages: 1 << 9,
  directMessages: 1 << 12,
  messageContent: 1 << 15,
} as const;

/** All that this channel's client may send. */
const clientPayload = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal(1), d: z.number().int().nonnegative().nullable() }),
  z.strictObject({
    op: z.literal(2),
    d: z.strictObject({
      token: z.string(),
      properties: z.strictObject({ os: z.string(), browser: z.string(), device: z.string() }),
      compress: z.boolean().optional(),
      large_threshold: z.number().int().min(50).max(250).optional(),
      shard: z.tuple([z.number().int(), z.number().int().positive()]).optional(),
      presence: z.unknown().optional(),
      intents: z.number().int().nonnegative(),
    }),
  }),
  z.strictObject({
    op: z.literal(6),
    d: z.strictObject({ token: z.string(), session_id: z.string(), seq: z.number().int().nonnegative() }),
  }),
]);

interface Session {
  readonly id: string;
  readonly intents: number;
  readonly sent: { readonly s: number; readonly t: string; readonly d: unknown }[];
  socket: WebSocket | null;
}

export class DiscordGateway {
  readonly violations: string[] = [];
  /** What clients did, in words: `identify`, `resume`, `heartbeat`. */
  readonly did: string[] = [];
  /** In ms. */
  heartbeatInterval = 45_000;
  /** Heartbeats stay without an answer, as on a line that is dead. */
  isDeaf = false;
  /** The intent for content is refused, whatever the application says of itself. */
  refusesContent = false;
  /** The guild is told of only when the test says so. */
  holdsGuild = false;
  readonly #world: DiscordWorld;
  readonly #url: () => string;
  readonly #sessions = new Map<string, Session>();
  readonly #waiting = new Set<() => void>();

  constructor(world: DiscordWorld, url: () => string) {
    this.#world = world;
    this.#url = url;
  }

  connect(socket: WebSocket, query: URLSearchParams): void {
    if (query.get('v') !== '10' || query.get('encoding') !== 'json')
      this.violations.push(`the gateway was asked for ${query}`);
    let session: Session | null = null;
    socket.on('message', (bytes) => {
      const payload = clientPayload.safeParse(JSON.parse(String(bytes)));
      if (!payload.success) {
        this.violations.push(`the gateway was sent ${String(bytes).slice(0, 300)}: ${payload.error.message}`);
        return socket.close(4002);
      }
      const { op, d } = payload.data;
      if (op === 1) {
        this.#note('heartbeat');
        if (!this.isDeaf) socket.send(JSON.stringify({ op: 11 }));
      } else if (session?.socket === socket) socket.close(4005);
      else session = op === 2 ? this.#identify(socket, d) : this.#resume(socket, d);
    });
    socket.on('close', () => {
      if (session?.socket === socket) session.socket = null;
    });
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: this.heartbeatInterval } }));
  }

  /** To every client that asked for such events. */
  dispatch(type: string, data: object): void {
    for (const session of this.#sessions.values()) {
      const seen = this.#seenBy(session, type, data);
      if (seen !== null) this.#tell(session, type, seen);
    }
  }

  /** On which a session is under way. */
  get open(): readonly WebSocket[] {
    return [...this.#sessions.values()].flatMap(({ socket }) => (socket ? [socket] : []));
  }

  askToReconnect(): void {
    for (const socket of this.open) socket.send(JSON.stringify({ op: 7, d: null }));
  }

  /** The client may go on, or begin anew, on the same connection. */
  invalidate(canResume: boolean): void {
    const sockets = this.open;
    for (const session of this.#sessions.values()) session.socket = null;
    if (!canResume) this.forget();
    for (const socket of sockets) socket.send(JSON.stringify({ op: 9, d: canResume }));
  }

  close(code: number): void {
    for (const socket of this.open) socket.close(code);
  }

  /** As when a cable is pulled. */
  cut(): void {
    for (const socket of this.open) socket.terminate();
  }

  /** Sessions can't be resumed any more. */
  forget(): void {
    for (const session of [...this.#sessions.values()]) {
      this.#sessions.delete(session.id);
      session.socket = null;
    }
  }

  /** Resolves once clients have done that so many times. */
  async hasSeen(what: string, times = 1): Promise<void> {
    while (this.did.filter((one) => one === what).length < times) {
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  tellGuild(): void {
    for (const session of this.#sessions.values()) this.#tell(session, 'GUILD_CREATE', this.#world.guild());
  }

  #identify(
    socket: WebSocket,
    { token, intents: wanted, properties }: { token: string; intents: number; properties: object },
  ): Session | null {
    this.#note('identify');
    if (Object.values(properties).some((value) => value === ''))
      this.violations.push('identify says nothing of the client');
    if (token !== this.#world.token) return closed(socket, 4004);
    const mayRead = this.#world.hasContentIntent && !this.refusesContent;
    if ((wanted & intents.messageContent) !== 0 && !mayRead) return closed(socket, 4014);
    const session: Session = { id: randomUUID(), intents: wanted, sent: [], socket };
    this.#sessions.set(session.id, session);
    const { bot, applicationId, guildId } = this.#world;
    this.#tell(session, 'READY', {
      ...{ v: 10, user: bot, session_id: session.id, resume_gateway_url: this.#url(), shard: [0, 1] },
      guilds: [{ id: guildId, unavailable: true }],
      application: { id: applicationId, flags: 0 },
    });
    if (!this.holdsGuild) this.#tell(session, 'GUILD_CREATE', this.#world.guild());
    return session;
  }

  #resume(
    socket: WebSocket,
    { token, session_id, seq }: { token: string; session_id: string; seq: number },
  ): Session | null {
    this.#note('resume');
    if (token !== this.#world.token) return closed(socket, 4004);
    const session = this.#sessions.get(session_id);
    if (!session) {
      socket.send(JSON.stringify({ op: 9, d: false }));
      return null;
    }
    if (seq > session.sent.length) return closed(socket, 4007);
    session.socket = socket;
    for (const missed of session.sent.slice(seq)) socket.send(JSON.stringify({ op: 0, ...missed }));
    this.#tell(session, 'RESUMED', {});
    return session;
  }

  #tell(session: Session, t: string, d: unknown): void {
    const event = { s: session.sent.length + 1, t, d };
    session.sent.push(event);
    session.socket?.send(JSON.stringify({ op: 0, ...event }));
  }

  /** Null: it did not ask for it. Without the intent for it, it learns of words only where it is meant. */
  #seenBy(session: Session, type: string, data: object): object | null {
    if (!type.startsWith('MESSAGE_')) return data;
    const { guild_id, author, mentions } = data as {
      guild_id?: string;
      author: { id: string };
      mentions: { id: string }[];
    };
    const needed = guild_id === undefined ? intents.directMessages : intents.guildMessages;
    if ((session.intents & needed) === 0) return null;
    const botId = this.#world.bot['id'];
    const mayRead =
      (session.intents & intents.messageContent) !== 0 ||
      guild_id === undefined ||
      author.id === botId ||
      mentions.some(({ id }) => id === botId);
    return mayRead ? data : { ...data, content: '', embeds: [], attachments: [], components: [] };
  }

  #note(what: string): void {
    this.did.push(what);
    for (const look of this.#waiting) look();
    this.#waiting.clear();
  }
}

function closed(socket: WebSocket, code: number): null {
  socket.close(code);
  return null;
}
