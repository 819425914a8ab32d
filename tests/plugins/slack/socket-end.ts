/** Slack’s end of Socket Mode: tickets, a greeting, envelopes that come again until they are acknowledged, and farewells. */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';

interface Waiting {
  readonly envelope: string;
  readonly acked: (payload: unknown) => void;
}

export class SocketEnd {
  readonly #server: WebSocketServer;
  readonly #tickets = new Set<string>();
  readonly #open = new Set<WebSocket>();
  readonly #waiting = new Map<string, Waiting>();
  /** How many connections there were so far. */
  connections = 0;

  constructor(server: Server) {
    this.#server = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, socket, head) => {
      const ticket = new URL(request.url ?? '', 'http://slack').searchParams.get('ticket') ?? '';
      if (this.#tickets.delete(ticket))
        this.#server.handleUpgrade(request, socket, head, (line) => this.#greet(line));
      else socket.destroy();
    });
  }

  /** Good for one connection. */
  ticket(): string {
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return ticket;
  }

  /** Resolves with what the app acknowledged it with; it comes again on a new connection until then. */
  deliver(type: string, payload: unknown): Promise<unknown> {
    const id = randomUUID();
    const accepts = type !== 'events_api';
    const envelope = JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: accepts });
    return new Promise((acked) => {
      this.#waiting.set(id, { envelope, acked });
      this.raw(envelope);
    });
  }

  /** What is sent as it is. */
  raw(frame: string): void {
    const [line] = [...this.#open].slice(-1);
    line?.send(frame);
  }

  /** Slack does so every few hours: another connection is to be made before this one ends. */
  asksToReconnect(): void {
    this.raw(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
  }

  /** Without a word. */
  breaks(): void {
    for (const line of this.#open) line.terminate();
  }

  /** Resolves once there were so many connections, and the last one stands. */
  async connected(count: number): Promise<void> {
    while (this.connections < count || this.#open.size === 0) await pause(10);
  }

  close(): void {
    this.breaks();
    this.#server.close();
  }

  #greet(line: WebSocket): void {
    this.connections += 1;
    this.#open.add(line);
    line.on('close', () => this.#open.delete(line));
    line.on('message', (data) => this.#hear(String(data)));
    line.send(JSON.stringify({ type: 'hello', num_connections: this.#open.size }));
    for (const { envelope } of this.#waiting.values()) line.send(envelope);
  }

  #hear(frame: string): void {
    const { envelope_id: id, payload } = JSON.parse(frame) as { envelope_id: string; payload?: unknown };
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.acked(payload);
  }
}
