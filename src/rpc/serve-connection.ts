/** The host's end of one connection: every argument checked, every result an outcome, the session gone with the line. */
import type { CallName, ClientCalls, Coordination, Outcome } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import { answerCall } from './answer-call.ts';
import type { Channel } from './channel.ts';
import { checkCall, isCallName, unknownCall } from './parse-call.ts';
import { openPeer } from './peer.ts';
import { ServedSubscriptions } from './served-subscriptions.ts';

/** Opens a session that nobody has said hello to yet; the signal tells it that its connection is gone. */
export type Connect = (ended: AbortSignal) => Coordination;

export interface ServeOptions {
  /** A connection that has not said hello by then is closed, in ms. */
  readonly helloWithinMs?: number;
  /** A client that leaves events unanswered for so long is unfollowed, in ms. */
  readonly answerWithinMs?: number;
  /** The calls that may come in here; left out: all. */
  readonly calls?: ReadonlySet<CallName>;
  /** Failures that are not refusals: faults of ours, for the host's log. */
  readonly onFault?: (error: unknown) => void;
}

export interface ServedConnection {
  /** Resolves when the line is gone. */
  readonly closed: Promise<void>;
  /** Tells the client why, and closes the line. */
  close(reason: CoordError): void;
}

/** Calls of one connection that may be under way at once. */
const maxCalls = 1_024;
/** Answers that a client may leave unread before its connection is closed, in bytes. */
const maxBacklogBytes = 64 * 1024 * 1024;

export function serveConnection(
  channel: Channel,
  connect: Connect,
  {
    helloWithinMs = 10_000,
    answerWithinMs = 30_000,
    calls: served,
    onFault = () => undefined,
  }: ServeOptions = {},
): ServedConnection {
  const ended = new AbortController();
  const session = connect(ended.signal);
  let greeted = false;
  let calls = 0;
  let resolveClosed: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    resolveClosed = resolve;
  });

  const peer = openPeer<ClientCalls>(channel, {
    serve: (name) => (argument) => answer(name, argument),
    refusal: (error): Outcome => ({ ok: false, error: error.toJSON() }),
    broken: close,
    closed: end,
  });
  const subscriptions = new ServedSubscriptions(session, peer, { answerWithinMs, ended: ended.signal });
  const helloTimer = setTimeout(() => close(noHello(helloWithinMs)), helloWithinMs);
  helloTimer.unref();

  async function answer(name: string, argument: unknown): Promise<Outcome> {
    calls += 1;
    try {
      if (calls > maxCalls) throw tooManyCalls();
      if (channel.backlog() > maxBacklogBytes) throw closeUnread();
      if (!isCallName(name)) throw unknownCall(name);
      if (served && !served.has(name)) throw notHere(name);
      return { ok: true, value: await run(name, argument) };
    } catch (error) {
      if (error instanceof CoordError) return { ok: false, error: error.toJSON() };
      // What ended with its line is no fault: nobody waits for it any more.
      if (!ended.signal.aborted || error !== ended.signal.reason) onFault(error);
      return { ok: false, error: fault(error).toJSON() };
    } finally {
      calls -= 1;
    }
  }

  async function run(name: CallName, argument: unknown): Promise<unknown> {
    if (name !== 'hello' && !greeted) throw helloFirst(name);
    const value = await answerCall(session, subscriptions, name, checkCall(name, argument));
    if (name === 'hello') {
      greeted = true;
      clearTimeout(helloTimer);
    }
    return value;
  }

  function closeUnread(): CoordError {
    const error = new CoordError(
      'TOO_LARGE',
      `Closed the connection: more than ${maxBacklogBytes} bytes of answers were left unread; connect again and read them as they come`,
    );
    close(error);
    return error;
  }

  function close(reason: CoordError): void {
    peer.notify('closing', reason.toJSON());
    peer.close();
    end();
  }

  function end(): void {
    clearTimeout(helloTimer);
    ended.abort();
    resolveClosed();
  }

  return { closed, close };
}

function helloFirst(name: string): CoordError {
  return new CoordError(
    'SESSION_INVALID',
    `Refused ${name}: the first call of a connection is hello, with a token`,
  );
}

function notHere(name: string): CoordError {
  return new CoordError('FORBIDDEN', `Refused ${name}: workers on other machines have no use for it`);
}

function noHello(withinMs: number): CoordError {
  return new CoordError(
    'SESSION_INVALID',
    `Closed the connection: no valid hello within ${withinMs / 1_000} s; connect again and send it first`,
  );
}

function tooManyCalls(): CoordError {
  return new CoordError(
    'TOO_LARGE',
    `Refused the call: ${maxCalls} calls of this connection are under way; wait for some of them first`,
  );
}

function fault(error: unknown): CoordError {
  const words = error instanceof Error ? error.message : String(error);
  return new CoordError('INTERNAL', `The host failed at this call (${words}); its log says more`);
}
