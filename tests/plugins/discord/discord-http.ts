/** The HTTP side of the tests' Discord: every request and every answer is held against the published description. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { DiscordWorld, File } from './discord-world.ts';
import { ApiError } from './discord-world.ts';
import type { Method } from './published-api.ts';
import { faultOfAnswer, faultOfRequest, pathOf } from './published-api.ts';

export interface Request {
  readonly method: Method;
  /** As the description calls it. */
  readonly template: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>> | null;
  readonly files: readonly File[];
  readonly query: URLSearchParams;
  /** When it came, in ms. */
  readonly at: number;
}

/** An answer that is given instead of the usual one, as often as it is said. */
export interface Trouble {
  readonly to: string;
  readonly status: number;
  readonly body?: object;
  readonly retryAfterSeconds?: number;
  readonly isGlobal?: boolean;
  /** No answer at all: the connection ends, after the deed or before it. */
  readonly cuts?: 'before' | 'after';
}

export interface BucketLimit {
  readonly count: number;
  readonly windowMs: number;
}

export class DiscordHttp {
  readonly requests: Request[] = [];
  /** What no client or server of Discord does: the test fails. */
  readonly violations: string[] = [];
  readonly troubles: Trouble[] = [];
  /** Of posting in one channel. */
  limit: BucketLimit = { count: 1_000, windowMs: 1_000 };
  readonly #world: DiscordWorld;
  readonly #gatewayUrl: () => string;
  readonly #buckets = new Map<string, { used: number; until: number }>();

  constructor(world: DiscordWorld, gatewayUrl: () => string) {
    this.#world = world;
    this.#gatewayUrl = gatewayUrl;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://localhost');
    const method = (request.method ?? 'GET').toLowerCase() as Method;
    const path = url.pathname.replace(/^\/api\/v10/, '');
    const template = pathOf(method, path);
    const { body, files } = await read(request);
    if (template === null) {
      this.violations.push(`there is no ${method} ${path}`);
      return this.#send(response, method, '', 404, { code: 0, message: '404: Not Found' });
    }
    const asked: Request = { method, template, path, body, files, query: url.searchParams, at: Date.now() };
    this.requests.push(asked);
    const fault = faultOfRequest(method, template, body);
    if (fault !== null) this.violations.push(fault);
    const trouble = this.#takeTrouble(`${method} ${template}`);
    if (trouble?.cuts === 'before') return void response.destroy();
    if (trouble && trouble.cuts === undefined) return this.#refuse(response, asked, trouble);
    if (!this.#mayPass(response, asked)) return;
    try {
      this.#authorize(request, template);
      const [status, answer] = this.#do(asked);
      if (trouble?.cuts === 'after') return void response.destroy();
      this.#send(response, method, template, status, answer);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { status, code, message, errors } = error;
      this.#send(response, method, template, status, { code, message, ...(errors && { errors }) });
    }
  }

  #do({ method, template, path, body, files, query }: Request): [number, unknown] {
    const world = this.#world;
    const [, , first = '', , third = ''] = path.split('/');
    const given = body ?? {};
    switch (`${method} ${template}`) {
      case 'get /gateway/bot': {
        const limits = { total: 1_000, remaining: 999, reset_after: 0, max_concurrency: 1 };
        return [200, { url: this.#gatewayUrl(), shards: 1, session_start_limit: limits }];
      }
      case 'get /applications/@me':
        return [200, world.application()];
      case 'get /channels/{channel_id}':
        return [200, world.channel(first)];
      case 'get /guilds/{guild_id}/threads/active':
        return [200, world.activeThreads()];
      case 'get /channels/{channel_id}/messages':
        return [200, world.messagesIn(first, query)];
      case 'post /channels/{channel_id}/messages':
        return [200, world.post(first, given, files)];
      case 'get /channels/{channel_id}/messages/{message_id}':
        return [200, world.message(first, third)];
      case 'patch /channels/{channel_id}/messages/{message_id}':
        return [200, world.edit(first, third, given, files)];
      case 'post /channels/{channel_id}/messages/{message_id}/threads':
        return [201, world.startThread(first, third, String(given['name']))];
      case 'post /users/@me/channels':
        return [200, world.conversationWith(String(given['recipient_id']))];
      case 'post /applications/{application_id}/guilds/{guild_id}/commands':
        return [201, world.register(given)];
      case 'post /interactions/{interaction_id}/{interaction_token}/callback':
        world.answerInteraction(first, path.split('/')[3] ?? '', given);
        return [204, null];
      case 'patch /webhooks/{webhook_id}/{webhook_token}/messages/@original':
        return [200, world.fillAnswer(path.split('/')[3] ?? '', given)];
      default:
        throw new Error(`this server has no ${method} ${template}`);
    }
  }

  #authorize({ headers }: IncomingMessage, template: string): void {
    // There the address has a token of its own.
    const isAnonymous = template.startsWith('/interactions/') || template.startsWith('/webhooks/');
    if (isAnonymous && headers.authorization !== undefined)
      this.violations.push(`${template} was sent the bot token`);
    if (!isAnonymous && headers.authorization !== `Bot ${this.#world.token}`)
      throw new ApiError(401, 0, '401: Unauthorized');
    if (!/^DiscordBot \(\S+, [\w.-]+\)/.test(headers['user-agent'] ?? ''))
      this.violations.push(`a user agent that Discord refuses: ${headers['user-agent']}`);
  }

  #takeTrouble(asked: string): Trouble | undefined {
    const index = this.troubles.findIndex(({ to }) => to === asked);
    return index < 0 ? undefined : this.troubles.splice(index, 1)[0];
  }

  #refuse(response: ServerResponse, { method, template }: Request, trouble: Trouble): void {
    const { status, body, retryAfterSeconds, isGlobal = false } = trouble;
    if (status === 429 && retryAfterSeconds !== undefined) {
      response.setHeader('retry-after', String(Math.ceil(retryAfterSeconds)));
      response.setHeader('x-ratelimit-scope', isGlobal ? 'global' : 'user');
      if (isGlobal) response.setHeader('x-ratelimit-global', 'true');
      const said = {
        code: 0,
        message: 'You are being rate limited.',
        retry_after: retryAfterSeconds,
        global: isGlobal,
      };
      return this.#send(response, method, template, 429, said);
    }
    this.#send(response, method, template, status, body ?? { code: 0, message: `${status}` });
  }

  /** The bucket of a channel's messages, with the headers of Discord. */
  #mayPass(response: ServerResponse, { method, template, path }: Request): boolean {
    if (`${method} ${template}` !== 'post /channels/{channel_id}/messages') return true;
    const now = Date.now();
    const { count, windowMs } = this.limit;
    const known = this.#buckets.get(path);
    const bucket = known && known.until > now ? known : { used: 0, until: now + windowMs };
    this.#buckets.set(path, bucket);
    bucket.used += 1;
    const left = Math.max(0, count - bucket.used);
    const after = (bucket.until - now) / 1_000;
    response.setHeader('x-ratelimit-limit', String(count));
    response.setHeader('x-ratelimit-remaining', String(left));
    response.setHeader('x-ratelimit-reset', String(bucket.until / 1_000));
    response.setHeader('x-ratelimit-reset-after', after.toFixed(3));
    response.setHeader('x-ratelimit-bucket', 'messages');
    if (bucket.used <= count) return true;
    response.setHeader('retry-after', String(Math.ceil(after)));
    const said = { code: 0, message: 'You are being rate limited.', retry_after: after, global: false };
    this.#send(response, method, template, 429, said);
    return false;
  }

  #send(response: ServerResponse, method: Method, template: string, status: number, body: unknown): void {
    const fault = template === '' ? null : faultOfAnswer(method, template, status, body);
    if (fault !== null) this.violations.push(`the test's own server: ${fault}`);
    response.statusCode = status;
    if (body === null) return void response.end();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  }
}

async function read(request: IncomingMessage): Promise<Pick<Request, 'body' | 'files'>> {
  const bytes = await buffer(request);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) {
    return { body: bytes.length === 0 ? null : (JSON.parse(bytes.toString()) as Request['body']), files: [] };
  }
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const files = await Promise.all(
    [...form.entries()].flatMap(([, part]) =>
      typeof part === 'string' ? [] : [part.text().then((text) => ({ name: part.name, text }))],
    ),
  );
  return { body: JSON.parse(String(form.get('payload_json'))) as Request['body'], files };
}
