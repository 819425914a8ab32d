/** The contract over HTTP: each command, query and call as an operation, events as a stream, and what operators ask a host. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HostHealth } from '../../contract/health.ts';
import { maxFrameBytes } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import type { CompanyId } from '../../core/ids.ts';
import { isTrustedRequest } from '../listen-websocket.ts';
import type { Connect } from '../serve-connection.ts';
import { ApiSessions, TooManyRequests } from './api-sessions.ts';
import type { ErrorGuide } from './error-guide.ts';
import { streamEvents } from './event-stream.ts';
import { apiPrefix, companyIn, matchOperation, nothingAt } from './match-operation.ts';
import type { Problem } from './problem.ts';
import { problemOf, sendProblem, statusOf } from './problem.ts';
import { readBody, readQuery } from './read-input.ts';

export interface HttpApiOptions {
  readonly connect: Connect;
  readonly guide: ErrorGuide;
  /** The OpenAPI document, as text. */
  readonly document: () => Promise<string>;
  readonly health: () => Promise<HostHealth>;
  /** In the text format of Prometheus, of these companies. */
  readonly metrics: (companies: readonly CompanyId[]) => Promise<string>;
  readonly onFault: (error: unknown) => void;
}

export interface HttpApi {
  /** Whether it is ours to answer. */
  isAt(path: string): boolean;
  /** Never rejects. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): void;
}

/** What a body may have, in bytes, unless it carries files. */
const usualBody = 1024 * 1024;
const ownPaths: readonly string[] = ['/openapi.json', '/health', '/health/live', '/health/ready', '/metrics'];

export function createHttpApi(options: HttpApiOptions): HttpApi {
  const sessions = new ApiSessions(options.connect);
  return {
    // All of it, so that no program takes the page of the app for an answer.
    isAt: (path) => path === '/api' || path.startsWith('/api/') || ownPaths.includes(path),
    answer: (request, response) => answer(request, response, sessions, options),
    close: () => sessions.close(),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  sessions: ApiSessions,
  options: HttpApiOptions,
): Promise<void> {
  const { guide, onFault } = options;
  const problem = (error: unknown) => problemFor(error, guide, onFault);
  try {
    if (!isTrustedRequest(request.headers)) {
      throw new CoordError(
        'FORBIDDEN',
        'Refused the request of a page from elsewhere: only this host’s own page may call it',
      );
    }
    await route(request, response, sessions, options, problem);
  } catch (error) {
    if (response.headersSent || response.destroyed) return void response.destroy();
    if (error instanceof TooManyRequests) response.setHeader('retry-after', '1');
    // What was not read of the body is not waited for.
    if (!request.complete) response.setHeader('connection', 'close');
    sendProblem(response, problem(error));
  }
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  sessions: ApiSessions,
  options: HttpApiOptions,
  problem: (error: unknown) => Problem,
): Promise<void> {
  const { method = 'GET' } = request;
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
  if (ownPaths.includes(pathname)) {
    if (!isRead(method)) return refuseMethod(response, ['GET', 'HEAD'], problem);
    return await answerOperator(pathname, request, response, sessions, options);
  }
  if (pathname !== apiPrefix && !pathname.startsWith(`${apiPrefix}/`)) throw nothingAt(pathname, ownPaths);
  const path = pathname.slice(apiPrefix.length);
  const inCompany = companyIn(path);
  if (inCompany?.rest === '/events') {
    if (method !== 'GET') return refuseMethod(response, ['GET'], problem);
    return await sessions.use(bearerOf(request), inCompany.company, (session, ended) =>
      streamEvents(request, response, { session, ended, problem }),
    );
  }
  // Before anything is said about what there is, and before a body is read.
  const token = bearerOf(request);
  const match = matchOperation(method, path);
  if ('allowed' in match) return refuseMethod(response, match.allowed, problem);
  const { operation, company } = match;
  const value = await sessions.use(token, company, async (session) => {
    const input =
      operation.method === 'GET'
        ? readQuery(searchParams, operation)
        : await readBody(request, operation.isLarge ? maxFrameBytes : usualBody);
    return operation.run(session, input);
  });
  send(response, 200, 'application/json; charset=utf-8', JSON.stringify(value ?? null), method);
}

/** What those who run a host ask it. Only the metrics tell of its companies, so only they need a token. */
async function answerOperator(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  sessions: ApiSessions,
  { document, health, metrics }: HttpApiOptions,
): Promise<void> {
  const { method = 'GET' } = request;
  const json = 'application/json; charset=utf-8';
  if (path === '/openapi.json') return send(response, 200, json, await document(), method);
  if (path === '/health/live') return send(response, 200, json, JSON.stringify({ live: true }), method);
  if (path === '/metrics') {
    const companies = await sessions.use(bearerOf(request), null, (session) => session.companies());
    const text = await metrics(companies.map(({ id }) => id));
    return send(response, 200, 'text/plain; version=0.0.4; charset=utf-8', text, method);
  }
  const found = await health();
  send(response, found.ready ? 200 : 503, json, JSON.stringify(found), method);
}

function send(response: ServerResponse, status: number, type: string, text: string, method: string): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(method === 'HEAD' ? undefined : text);
}

const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD';

function refuseMethod(
  response: ServerResponse,
  allowed: readonly string[],
  problem: (error: unknown) => Problem,
): void {
  response.setHeader('allow', allowed.join(', '));
  const error = new CoordError(
    'BAD_INPUT',
    `The method was refused: this address takes ${allowed.join(' and ')} only`,
  );
  sendProblem(response, { ...problem(error), status: 405 });
}

/** @throws CoordError `SESSION_INVALID` */
function bearerOf({ headers }: IncomingMessage): string {
  const [, token] = /^bearer +(\S{1,200})$/i.exec(headers.authorization ?? '') ?? [];
  if (token !== undefined) return token;
  throw new CoordError(
    'SESSION_INVALID',
    'The request was refused: it needs the header “Authorization: Bearer <token>”. “agentcoord tokens create” makes one out',
  );
}

function problemFor(error: unknown, guide: ErrorGuide, onFault: (error: unknown) => void): Problem {
  if (error instanceof TooManyRequests) return problemOf(error, guide, 429);
  if (error instanceof CoordError) return problemOf(error, guide, statusOf(error.code));
  onFault(error);
  const fault = new CoordError('INTERNAL', 'The host failed at this request; its log says more');
  return problemOf(fault, guide, statusOf('INTERNAL'));
}
