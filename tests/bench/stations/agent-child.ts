/** A process of workers: each has a connection of its own, and one more adds tasks in the owner's name. */
import type { WorkerId } from '../../../src/core/ids.ts';
import type { ClientConnection } from '../../../src/rpc/client.ts';
import { connectClient } from '../../../src/rpc/client.ts';
import { openSocketChannel } from '../../../src/rpc/socket-channel.ts';
import type { CallTimes } from '../agent-work.ts';
import { addTask, workOff } from '../agent-work.ts';
import { greet } from '../bench-company.ts';
import { monotonicMs } from '../clock.ts';
import { takeOrders } from '../crew.ts';
import { giveWay } from '../give-way.ts';
import { inTurns } from '../share.ts';
import type { Shift } from '../shift.ts';
import type { AgentOrder } from './agentcoord-over-socket.ts';

let owner: ClientConnection | null = null;
const agents: { readonly session: ClientConnection; readonly workerId: WorkerId }[] = [];

async function open(socket: string, token: string): Promise<ClientConnection> {
  const session = connectClient(await openSocketChannel(socket));
  await greet(session, token);
  return session;
}

async function carryOut(order: AgentOrder, times: CallTimes): Promise<void> {
  switch (order.kind) {
    case 'connect':
      owner = await open(order.socket, order.ownerToken);
      for (const { token, workerId } of order.agents) {
        agents.push({ session: await open(order.socket, token), workerId });
      }
      return;
    case 'add': {
      const session = owner;
      if (!session) throw new Error('not connected yet');
      return inTurns(order.tasks, agents.length, () => addTask(session, times));
    }
    case 'work':
      await Promise.all(agents.map(({ session, workerId }) => workOff(session, workerId, times)));
  }
}

giveWay();
takeOrders<AgentOrder, Shift>(
  async (order) => {
    const times: CallTimes = new Map();
    const start = monotonicMs();
    await carryOut(order, times);
    return { start, end: monotonicMs(), times: [...times] };
  },
  async () => {
    for (const { session } of agents) session.close();
    owner?.close();
  },
);
