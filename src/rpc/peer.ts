/** One end of the line: birpc over a channel, with every frame checked first and nothing thrown into the void. */
import { createBirpc } from 'birpc';
import { CoordError } from '../core/error.ts';
import type { Channel } from './channel.ts';
import { badFrame, notConnected } from './channel.ts';
import type { Frame } from './frame.ts';
import { decodeFrame, encodeFrame } from './frame.ts';

export type ServedFunction = (...args: unknown[]) => unknown;

export interface PeerOptions {
  /** What the other side may call; null for a name that is not served. */
  readonly serve: (name: string) => ServedFunction | null;
  /** An answer that was too long for the line is replaced by this. */
  readonly refusal: (error: CoordError) => unknown;
  /** The other side sent something that no such peer sends; the owner says so if it can, and closes. */
  readonly broken: (error: CoordError) => void;
  readonly closed: () => void;
}

/** The names that the other side serves, with their parameters. */
type Remote<Calls> = { readonly [Name in keyof Calls]: (...args: never[]) => unknown };

export interface Peer<Calls extends Remote<Calls>> {
  /** @throws CoordError `NOT_CONNECTED`, or `TOO_LARGE` */
  call<Name extends keyof Calls & string>(name: Name, ...args: Parameters<Calls[Name]>): Promise<unknown>;
  /** A call that nobody answers. */
  notify<Name extends keyof Calls & string>(name: Name, ...args: Parameters<Calls[Name]>): void;
  /** Rejects what waits with the error, and closes the channel once what was sent is out. */
  close(error?: CoordError): void;
}

export function openPeer<Calls extends Remote<Calls>>(channel: Channel, options: PeerOptions): Peer<Calls> {
  /** Calls of ours that wait for an answer: an answer to anything else was made up. */
  const asked = new Set<string>();
  let open = true;
  let deliver: (frame: Frame) => unknown = () => undefined;

  const rpc = createBirpc<Record<string, ServedFunction>, object, false>(
    {},
    {
      proxify: false,
      timeout: -1,
      resolver: (name) => options.serve(name) ?? undefined,
      on: (listener) => {
        deliver = listener;
      },
      post: (text: string) => {
        if (!open) throw notConnected();
        channel.send(text);
      },
      serialize: (frame: Frame) => (frame.t === 'q' ? encodeQuestion(frame) : encodeAnswer(frame)),
    },
  );

  function encodeQuestion(frame: Frame): string {
    const text = encodeFrame(frame);
    if (frame.i !== undefined) asked.add(frame.i);
    return text;
  }

  function encodeAnswer(frame: Frame): string {
    try {
      return encodeFrame(frame);
    } catch (error) {
      const refusal = error instanceof CoordError ? error : unsayable(error);
      return encodeFrame({ t: 's', i: frame.i, r: options.refusal(refusal) });
    }
  }

  function accept(text: string): void {
    if (!open) return;
    try {
      const frame = decodeFrame(text);
      if (frame.t === 's' && !asked.delete(frame.i))
        throw badFrame('Refused a frame: it answers no question');
      // It fails only when the answer can't be sent because the line is gone, and `closed` tells that.
      Promise.resolve(deliver(frame)).catch(() => undefined);
    } catch (error) {
      options.broken(error instanceof CoordError ? error : unsayable(error));
    }
  }

  function close(error?: CoordError): void {
    if (!open) return;
    open = false;
    rpc.$close(error ?? notConnected());
    channel.close();
  }

  channel.receive({
    text: accept,
    failed: options.broken,
    closed: () => {
      close();
      options.closed();
    },
  });

  return {
    call: async (name, ...args) => {
      if (!open) throw notConnected();
      return rpc.$call(name, ...args);
    },
    notify: (name, ...args) => {
      if (open) channel.send(encodeFrame({ t: 'q', m: name, a: args }));
    },
    close,
  };
}

function unsayable(error: unknown): CoordError {
  return new CoordError('INTERNAL', `The answer could not be put into words: ${String(error)}`);
}
