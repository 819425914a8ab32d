/**
 * A door before a model, on a real socket: notes when each call came, and how many are under way; holds answers back until
 * a test lets them go; and answers those itself that the test wants refused.
 */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { MockModel } from './mock-model.ts';

export interface Refusal {
  readonly status: number;
  readonly headers: () => Readonly<Record<string, string>>;
  readonly message: string;
}

export interface ModelDoor {
  /** The model behind the door. */
  readonly model: MockModel;
  readonly url: string;
  /** When each call came, in ms since the epoch. */
  readonly cameAt: readonly number[];
  underWay(): number;
  mostAtOnce(): number;
  /** From the event of an answer on in which the text stands, nothing of it gets through. */
  hold(from: string): void;
  release(): void;
}

/** @param refusals of the first calls */
export async function openModelDoor(model: MockModel, refusals: readonly Refusal[] = []): Promise<ModelDoor> {
  const cameAt: number[] = [];
  let underWay = 0;
  let most = 0;
  let held: { readonly from: string; readonly ended: Promise<void>; readonly end: () => void } | null = null;

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const refusal = refusals[cameAt.length];
    cameAt.push(Date.now());
    underWay += 1;
    most = Math.max(most, underWay);
    let isOver = false;
    const over = () => {
      if (!isOver) underWay -= 1;
      isOver = true;
    };
    outgoing.on('close', over);
    if (refusal) {
      incoming.resume();
      await once(incoming, 'end');
      outgoing.writeHead(refusal.status, { 'content-type': 'application/json', ...refusal.headers() });
      over();
      outgoing.end(JSON.stringify({ type: 'error', error: { type: 'error', message: refusal.message } }));
      return;
    }
    const { host: _host, ...headers } = incoming.headers;
    const onward = request(new URL(incoming.url ?? '', model.mock.url), { method: incoming.method, headers });
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
    const [reply] = (await once(onward, 'response')) as [IncomingMessage];
    outgoing.writeHead(reply.statusCode ?? 500, reply.headers);
    let rest = '';
    const pass = async (event: string) => {
      if (held && event.includes(held.from)) await held.ended;
      outgoing.write(event);
    };
    for await (const chunk of reply) {
      const events = (rest + String(chunk)).split(/(?<=\n\n)/);
      rest = events.at(-1)?.endsWith('\n\n') ? '' : (events.pop() ?? '');
      for (const event of events) await pass(event);
    }
    await pass(rest);
    // Before whoever asked can hear that it is over.
    over();
    outgoing.end();
  }

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const release = () => {
    held?.end();
    held = null;
  };
  onTestFinished(async () => {
    release();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return {
    model: { ...model, access: (kind) => ({ ...model.access(kind), baseUrl: `${url}/v1` }) },
    url,
    cameAt,
    underWay: () => underWay,
    mostAtOnce: () => most,
    hold: (from) => {
      let end = () => {};
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      held = { from, ended, end };
    },
    release,
  };
}
