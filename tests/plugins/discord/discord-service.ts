/** Discord for the tests of its channel: the published API over real sockets, and people who write and press there. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { DiscordGateway } from './discord-gateway.ts';
import { DiscordHttp } from './discord-http.ts';
import type { Message, Person, Shown } from './discord-world.ts';
import { DiscordWorld, newId, userOf } from './discord-world.ts';

export class DiscordService {
  readonly world: DiscordWorld;
  readonly http: DiscordHttp;
  readonly gateway: DiscordGateway;
  /** For the setting `apiUrl`. */
  readonly apiUrl: string;
  readonly #close: () => Promise<void>;
  readonly #waiting = new Set<() => void>();
  /** Discord tells of the next deed twice. */
  repeatsNext = false;

  private constructor(
    port: number,
    world: DiscordWorld,
    http: DiscordHttp,
    gateway: DiscordGateway,
    close: () => Promise<void>,
  ) {
    this.apiUrl = `http://127.0.0.1:${port}/api`;
    this.world = world;
    this.http = http;
    this.gateway = gateway;
    this.#close = close;
    world.onEvent = (type, data) => {
      gateway.dispatch(type, data);
      for (const look of [...this.#waiting]) look();
    };
  }

  static async open(): Promise<DiscordService> {
    const world = new DiscordWorld();
    let port = 0;
    const url = () => `ws://127.0.0.1:${port}`;
    const http = new DiscordHttp(world, url);
    const gateway = new DiscordGateway(world, url);
    const server = createServer((request, response) => {
      http.answer(request, response).catch((error: unknown) => {
        http.violations.push(
          `the test's own server: ${error instanceof Error ? error.stack : String(error)}`,
        );
        response.destroy();
      });
    });
    const sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket, request) =>
      gateway.connect(socket, new URL(request.url ?? '', 'ws://localhost').searchParams),
    );
    await once(server.listen(0, '127.0.0.1'), 'listening');
    ({ port } = server.address() as AddressInfo);
    return new DiscordService(port, world, http, gateway, async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      sockets.close();
      await new Promise((resolve) => server.close(resolve));
    });
  }

  /** What the channel needs to know of it. */
  get settings(): { token: string; channelId: string; apiUrl: string } {
    return { token: this.world.token, channelId: this.world.roomId, apiUrl: this.apiUrl };
  }

  /** What was said and done that Discord's description does not allow. */
  get violations(): readonly string[] {
    return [...this.http.violations, ...this.gateway.violations];
  }

  get sent(): readonly Message[] {
    return this.world.messages.filter(({ author }) => author.id === this.world.bot['id']);
  }

  /** Resolves with the first message of the bot like that; the test's time-out ends the wait. */
  async sees(is: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.sent.find(is);
      if (found) return found;
      await new Promise<void>((resolve) => {
        const look = () => {
          this.#waiting.delete(look);
          resolve();
        };
        this.#waiting.add(look);
      });
    }
  }

  /** Discord tells of what happens in it in the opposite order. */
  backwards(act: () => void): void {
    const tell = this.world.onEvent;
    const held: Parameters<typeof tell>[] = [];
    this.world.onEvent = (...event) => void held.push(event);
    act();
    this.world.onEvent = tell;
    for (const event of held.reverse()) tell(...event);
  }

  /** Discord never tells of what happens in it. */
  untold(act: () => void): void {
    const tell = this.world.onEvent;
    this.world.onEvent = () => undefined;
    act();
    this.world.onEvent = tell;
  }

  /** Somebody presses the button of that label. Resolves with what they are shown. */
  presses(person: Person, message: Message, label: string | RegExp): Promise<Shown> {
    const button = message.components
      .flatMap(({ components }) => components)
      .find((one) => (typeof label === 'string' ? one.label === label : label.test(one.label)));
    if (!button) throw new Error(`there is no button ${label}`);
    return this.pressesForged(person, message, button.custom_id);
  }

  pressesForged(person: Person, message: Message, customId: string, change: object = {}): Promise<Shown> {
    const data = { custom_id: customId, component_type: 2, id: 1 };
    return this.#does(person, { type: 3, data, message, ...this.#place(message.channel_id), ...change });
  }

  /** Fills in the form that a button has opened. */
  fills(person: Person, message: Message, formId: string, note: string): Promise<Shown> {
    const field = { type: 4, id: 2, custom_id: 'note', value: note };
    const data = { custom_id: formId, components: [{ type: 18, id: 1, component: field }] };
    return this.#does(person, { type: 5, data, message, ...this.#place(message.channel_id) });
  }

  /** `/agentcoord link code:…` */
  commands(person: Person, name: string, options: Readonly<Record<string, string>> = {}): Promise<Shown> {
    const given = Object.entries(options).map(([option, value]) => ({ name: option, type: 3, value }));
    const [command] = this.world.commands;
    const data = {
      id: command?.id,
      name: command?.['name'],
      type: 1,
      options: [{ name, type: 1, options: given }],
    };
    return this.#does(person, { type: 2, data, ...this.#place(this.world.roomId) });
  }

  #does(person: Person, deed: object): Promise<Shown> {
    let shown: (what: Shown) => void = () => undefined;
    const promise = new Promise<Shown>((resolve) => {
      shown = resolve;
    });
    const interaction = {
      ...{
        id: newId(),
        application_id: this.world.applicationId,
        token: `aW50ZXJhY3Rpb24${newId()}`,
        version: 1,
      },
      guild_id: this.world.guildId,
      member: {
        user: userOf(person),
        roles: [],
        joined_at: new Date().toISOString(),
        permissions: '0',
        flags: 0,
        deaf: false,
        mute: false,
      },
      ...{
        locale: 'en-US',
        app_permissions: '0',
        entitlements: [],
        authorizing_integration_owners: {},
        attachment_size_limit: 0,
      },
      ...deed,
    };
    this.world.interactions.set(interaction.id, {
      token: interaction.token,
      shown,
      hasForm: false,
      isAnswered: false,
    });
    this.gateway.dispatch('INTERACTION_CREATE', interaction);
    if (this.repeatsNext) this.gateway.dispatch('INTERACTION_CREATE', interaction);
    this.repeatsNext = false;
    return promise;
  }

  #place(channelId: string): object {
    return { channel_id: channelId, channel: { ...this.world.channels.get(channelId) } };
  }

  close(): Promise<void> {
    return this.#close();
  }
}
