/** The clients of the paced run: agents that do so many tasks a second, and one who follows every event. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Seq, WorkerId } from '../../../src/core/ids.ts';
import type { ClientConnection } from '../../../src/rpc/client.ts';
import { connectClient } from '../../../src/rpc/client.ts';
import { openSocketChannel } from '../../../src/rpc/socket-channel.ts';
import { addTask } from '../agent-work.ts';
import { claimedTask, greet } from '../bench-company.ts';
import { monotonicMs } from '../clock.ts';
import { takeOrders } from '../crew.ts';
import type { HostAddress } from '../stations/agentcoord-over-socket.ts';

export type PacedClientOrder =
  | { readonly kind: 'connect'; readonly address: HostAddress }
  | { readonly kind: 'work'; readonly perSecond: number; readonly seconds: number };

export interface PacedClientAnswer {
  readonly done: number;
  readonly ms: number;
  /** When each event was received. */
  readonly received: readonly (readonly [number, number])[];
}

let owner: ClientConnection | null = null;
const agents: { readonly session: ClientConnection; readonly workerId: WorkerId }[] = [];
const received: (readonly [number, number])[] = [];

async function open(socket: string, token: string): Promise<ClientConnection> {
  const session = connectClient(await openSocketChannel(socket));
  await greet(session, token);
  return session;
}

async function connect({ socket, ownerToken, agents: known }: HostAddress): Promise<void> {
  owner = await open(socket, ownerToken);
  for (const { token, workerId } of known) agents.push({ session: await open(socket, token), workerId });
  const follower = await open(socket, ownerToken);
  void follow(follower);
}

async function follow(session: ClientConnection): Promise<void> {
  const batches = session.follow(0 as Seq, new AbortController().signal);
  try {
    for await (const events of batches) {
      const at = monotonicMs();
      for (const { seq } of events) received.push([seq, at]);
    }
  } catch (error) {
    if (owner) throw error;
  }
}

/** The n-th task begins n / perSecond seconds after the start; who is late begins at once. */
async function work(perSecond: number, seconds: number): Promise<{ done: number; ms: number }> {
  const session = owner;
  if (!session) throw new Error('not connected yet');
  const start = monotonicMs();
  const tasks = perSecond * seconds;
  let next = 0;
  await Promise.all(
    agents.map(async (agent) => {
      for (let n = next++; n < tasks; n = next++) {
        const wait = start + (n * 1_000) / perSecond - monotonicMs();
        if (wait > 0) await pause(wait);
        await addTask(session, new Map());
        const claimed = claimedTask(
          await agent.session.command({ type: 'task.claim', workerId: agent.workerId }),
        );
        if (claimed) await agent.session.command({ type: 'task.complete', ...claimed, artifacts: [] });
      }
    }),
  );
  return { done: tasks, ms: monotonicMs() - start };
}

takeOrders<PacedClientOrder, PacedClientAnswer>(
  async (order) => {
    if (order.kind === 'connect') {
      await connect(order.address);
      return { done: 0, ms: 0, received: [] };
    }
    return { ...(await work(order.perSecond, order.seconds)), received };
  },
  async () => {
    const [first] = [owner];
    owner = null;
    first?.close();
  },
);
