/** Discord's HTTP API as this channel uses it: short waits for its rate limits are made here, long ones are given back to the host. */
import type { RawFile, RouteLike } from 'discord.js';
import { REST } from 'discord.js';
import { refusalOf } from './refusal.ts';
import type { DiscordSettings } from './settings.ts';

/** So long it waits for a rate limit itself, in ms. The host ends a call that takes half a minute. */
const patience = 5_000;
const timeout = 8_000;

export interface Sent {
  readonly body?: unknown;
  readonly files?: readonly RawFile[];
  /** Interactions have a token of their own, in the address. */
  readonly isAnonymous?: boolean;
}

/** Every method throws a `Refusal`. */
export class DiscordApi {
  readonly #rest: REST;
  readonly #token: string;

  constructor({ token, apiUrl }: DiscordSettings) {
    this.#token = token;
    this.#rest = new REST({
      version: '10',
      api: apiUrl,
      timeout,
      retries: 1,
      userAgentAppendix: 'AgentCoord',
      rejectOnRateLimit: ({ timeToReset, retryAfter }) => Math.max(timeToReset, retryAfter) > patience,
    });
  }

  get<Answer>(route: RouteLike, query?: Readonly<Record<string, string>>): Promise<Answer> {
    return this.#call<Answer>(() => this.#rest.get(route, query && { query: new URLSearchParams(query) }));
  }

  post<Answer>(route: RouteLike, sent: Sent): Promise<Answer> {
    return this.#call<Answer>(() => this.#rest.post(route, optionsOf(sent)));
  }

  patch<Answer>(route: RouteLike, sent: Sent): Promise<Answer> {
    return this.#call<Answer>(() => this.#rest.patch(route, optionsOf(sent)));
  }

  async #call<Answer>(ask: () => Promise<unknown>): Promise<Answer> {
    // After a 401 the SDK forgets it, and would then complain about itself.
    this.#rest.setToken(this.#token);
    try {
      return (await ask()) as Answer;
    } catch (error) {
      throw refusalOf(error);
    }
  }
}

function optionsOf({ body, files = [], isAnonymous = false }: Sent) {
  return { body, auth: !isAnonymous, ...(files.length > 0 && { files: [...files] }) };
}
