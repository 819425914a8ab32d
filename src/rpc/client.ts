/** The client's end: the calls of the contract over any channel. Runs in a browser as well as in Node. */
import { z } from 'zod';
import type { QueryAnswers, QueryInput, QueryName } from '../contract/queries.ts';
import type {
  CallName,
  ClientCalls,
  Coordination,
  FollowedEvents,
  Hello,
  Outcome,
  ServedCalls,
} from '../contract/rpc.ts';
import type { CoordErrorJson } from '../core/error.ts';
import { CoordError, errorCodes } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Seq } from '../core/ids.ts';
import type { Artifact } from '../core/task/task.ts';
import type { Channel } from './channel.ts';
import { notConnected } from './channel.ts';
import { ClientSubscription } from './client-subscription.ts';
import type { ServedFunction } from './peer.ts';
import { openPeer } from './peer.ts';

export interface ClientConnection extends Coordination {
  /** Resolves when the line is gone, by either side. */
  readonly closed: Promise<void>;
  /** Why the host closed the connection, when it said so. */
  readonly closedBecause: CoordError | null;
  close(): void;
}

const errorSchema = z.object({
  code: z.enum(errorCodes).catch('INTERNAL'),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).catch({}),
});

export function connectClient(channel: Channel): ClientConnection {
  const subscriptions = new Map<number, ClientSubscription>();
  let subscribed = 0;
  let closedBecause: CoordError | null = null;
  let resolveClosed: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    resolveClosed = resolve;
  });

  const served: Record<keyof ClientCalls, ServedFunction> = {
    events: (subscription, events) =>
      subscriptions.get(Number(subscription))?.push(events as readonly StoredEvent[]),
    unfollowed: (subscription, error) => {
      subscriptions.get(Number(subscription))?.end(error === null ? null : errorFrom(error));
      subscriptions.delete(Number(subscription));
    },
    closing: (error) => {
      closedBecause = errorFrom(error);
    },
  };

  function isServed(name: string): name is keyof ClientCalls {
    return Object.hasOwn(served, name);
  }

  function ended(): void {
    const error = closedBecause ?? notConnected();
    peer.close(error);
    for (const subscription of subscriptions.values()) subscription.end(error);
    subscriptions.clear();
    resolveClosed();
  }

  const peer = openPeer<ServedCalls>(channel, {
    serve: (name) => (isServed(name) ? served[name] : null),
    refusal: () => null,
    broken: (error) => {
      closedBecause ??= error;
      ended();
    },
    closed: ended,
  });

  async function call<Value>(name: CallName, argument: unknown): Promise<Value> {
    return valueIn(name, await peer.call(name, argument)) as Value;
  }

  async function* follow(
    after: Seq,
    signal: AbortSignal,
    only?: FollowedEvents,
  ): AsyncGenerator<readonly StoredEvent[]> {
    if (signal.aborted) return;
    const id = subscribed++;
    const subscription = new ClientSubscription();
    const stop = () => subscription.cancel();
    subscriptions.set(id, subscription);
    signal.addEventListener('abort', stop);
    try {
      await call('follow', { subscription: id, after, ...(only && { only }) });
      yield* subscription.batches();
    } finally {
      signal.removeEventListener('abort', stop);
      subscription.cancel();
      // Still known: the end came from here, and the host must hear of it. The line may be gone by now.
      if (subscriptions.delete(id)) await call('unfollow', { subscription: id }).catch(() => undefined);
    }
  }

  return {
    closed,
    get closedBecause() {
      return closedBecause;
    },
    close: ended,
    hello: (argument) => call<Hello>('hello', argument),
    takeHandover: () => call('takeHandover', {}),
    actAs: (argument) => call('actAs', argument),
    companies: () => call('companies', {}),
    hostFacts: () => call('hostFacts', {}),
    templates: () => call('templates', {}),
    createCompany: (argument) => call('createCompany', argument),
    companyPlaces: () => call('companyPlaces', {}),
    joinCompanies: () => call('joinCompanies', {}),
    moveCompany: (argument) => call('moveCompany', argument),
    plugins: () => call('plugins', {}),
    channels: () => call('channels', {}),
    setChannel: (argument) => call('setChannel', argument),
    removeChannel: (argument) => call('removeChannel', argument),
    inspectPlugin: (argument) => call('inspectPlugin', argument),
    installPlugin: (argument) => call('installPlugin', argument),
    removePlugin: (argument) => call('removePlugin', argument),
    testChannel: (argument) => call('testChannel', argument),
    linkChannel: (argument) => call('linkChannel', argument),
    unlinkChannel: (argument) => call('unlinkChannel', argument),
    tokens: () => call('tokens', {}),
    createToken: (argument) => call('createToken', argument),
    revokeToken: (argument) => call('revokeToken', argument),
    reviews: () => call('reviews', {}),
    startReview: (argument) => call('startReview', argument),
    stopReview: (argument) => call('stopReview', argument),
    staffing: () => call('staffing', {}),
    setLimits: (argument) => call('setLimits', argument),
    codingAgents: () => call('codingAgents', {}),
    command: (command) => call('command', command),
    query: <Name extends QueryName>(name: Name, params: QueryInput<Name>) =>
      call<QueryAnswers[Name]>('query', { name, params }),
    putArtifact: (argument) => call<Artifact>('putArtifact', argument),
    readFile: (argument) => call('readFile', argument),
    writeFile: (argument) => call('writeFile', argument),
    listFiles: (argument) => call('listFiles', argument),
    mergeFiles: (argument) => call('mergeFiles', argument),
    openTree: (argument) => call('openTree', argument),
    commitTree: (argument) => call('commitTree', argument),
    follow,
  };
}

/** What a call answered. @throws CoordError the refusal, or `BAD_FRAME` when it is neither */
function valueIn(name: CallName, outcome: unknown): unknown {
  const answered = typeof outcome === 'object' && outcome !== null ? (outcome as Partial<Outcome>) : {};
  // A call that answers nothing has no value once it has been through JSON.
  if (answered.ok === true) return answered.value;
  if (answered.ok === false) throw errorFrom(answered.error);
  throw new CoordError('BAD_FRAME', `The host gave "${name}" an answer that this program can't read`);
}

function errorFrom(json: unknown): CoordError {
  const error = errorSchema.safeParse(json);
  if (error.success) return CoordError.fromJSON(error.data satisfies CoordErrorJson);
  return new CoordError('BAD_FRAME', 'The host sent an error that this program cannot read');
}
