/** Clients of a host that all give commands at once, until their line is lost, and write down what was acked. */
import type { Receipt } from '../../src/contract/rpc.ts';
import { CoordError } from '../../src/core/error.ts';
import type { ClientConnection } from '../../src/rpc/client.ts';
import type { AckedEvents } from './acked-events.ts';
import { connectOwner } from './served-host.ts';

const connections = 3;
const callersEach = 4;

export interface Traffic {
  /** Resolves at the first ack. */
  readonly firstAck: Promise<void>;
  /** Resolves when every line is lost. */
  readonly over: Promise<unknown>;
}

/** @param round makes what is asked unlike what was asked in any other round */
export async function startTraffic(dataDir: string, round: string, acked: AckedEvents): Promise<Traffic> {
  const clients = await Promise.all(Array.from({ length: connections }, () => connectOwner(dataDir)));
  let tellFirst: () => void = () => undefined;
  const firstAck = new Promise<void>((resolve) => {
    tellFirst = resolve;
  });
  const note = (receipt: Receipt) => {
    acked.note(receipt);
    tellFirst();
  };
  const callers = clients.flatMap((client, c) =>
    Array.from({ length: callersEach }, (_, n) => giveCommands(client, `${round}/${c}.${n}`, note)),
  );
  return { firstAck, over: Promise.all(callers) };
}

async function giveCommands(
  client: ClientConnection,
  caller: string,
  note: (receipt: Receipt) => void,
): Promise<void> {
  try {
    for (let n = 0; ; n += 1) for await (const receipt of oneOfEach(client, `${caller}.${n}`)) note(receipt);
  } catch (error) {
    if (!(error instanceof CoordError) || error.code !== 'NOT_CONNECTED') throw error;
  }
}

/** Commands of one event and of several, some small and some that need many pages. */
async function* oneOfEach(client: ClientConnection, name: string): AsyncGenerator<Receipt> {
  yield client.command({ type: 'task.create', title: name });
  const locked = await client.command({ type: 'lock.acquire', scope: `${name}.txt`, intent: name });
  yield locked;
  yield client.command({
    type: 'thread.start',
    title: name,
    text: `@ann ${'long '.repeat(name.length * 20)}`,
  });
  for (const { event, seq } of locked.events)
    if (event.type === 'lock.acquired')
      yield client.command({ type: 'lock.release', lockId: event.lock.id, token: seq });
  yield client.command({
    type: 'decision.log',
    kind: 'chaos',
    context: name,
    reason: 'to be there afterwards',
  });
}
