/** The sessions of clients that open one by `initialize`, as the protocol had it before 2026-07-28. */
import { randomUUID } from 'node:crypto';
import type { McpServerFactory } from '@modelcontextprotocol/server';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { largestMessage, mostSessions } from '../limits.ts';
import { RecentEvents } from './event-store.ts';

type Transport = WebStandardStreamableHTTPServerTransport;

export class LegacySessions {
  /** The one that was used last stands last. */
  readonly #sessions = new Map<string, Transport>();
  readonly #createServer: McpServerFactory;

  constructor(createServer: McpServerFactory) {
    this.#createServer = createServer;
  }

  get size(): number {
    return this.#sessions.size;
  }

  readonly fetch = async (request: Request): Promise<Response> => {
    const id = request.headers.get('mcp-session-id');
    if (id === null) return await this.#open(request);
    const transport = this.#sessions.get(id);
    if (!transport) return sessionGone();
    this.#sessions.delete(id);
    this.#sessions.set(id, transport);
    return await transport.handleRequest(request);
  };

  async close(): Promise<void> {
    const transports = [...this.#sessions.values()];
    this.#sessions.clear();
    await Promise.allSettled(transports.map((transport) => transport.close()));
  }

  /** Whatever is no `initialize` the transport refuses, and nothing is kept of it. */
  async #open(request: Request): Promise<Response> {
    const transport: Transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => this.#keep(id, transport),
      eventStore: new RecentEvents(),
      retryInterval: 500,
      maxRequestBodySize: largestMessage,
    });
    const server = await this.#createServer({ era: 'legacy', requestInfo: request });
    await server.connect(transport);
    const { onclose } = transport;
    transport.onclose = () => {
      if (transport.sessionId !== undefined) this.#sessions.delete(transport.sessionId);
      onclose?.();
    };
    const response = await transport.handleRequest(request);
    if (transport.sessionId === undefined) await server.close();
    return response;
  }

  async #keep(id: string, transport: Transport): Promise<void> {
    this.#sessions.set(id, transport);
    const [oldest] = this.#sessions;
    if (this.#sessions.size > mostSessions && oldest) await oldest[1].close();
  }
}

/** By the protocol a client then opens another one. */
function sessionGone(): Response {
  const error = { code: -32_001, message: 'Session not found' };
  return Response.json({ jsonrpc: '2.0', error, id: null }, { status: 404 });
}
