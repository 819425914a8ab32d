/** A line between two programs, as every transport offers it: whole texts, both ways, in order. */
import { CoordError } from '../core/error.ts';

export interface ChannelReceiver {
  readonly text: (text: string) => void;
  /** What came can't be read (too long, cut off, not text). Nothing more will; the receiver closes the channel. */
  readonly failed: (error: CoordError) => void;
  /** The line is gone, by either side. Called once. */
  readonly closed: () => void;
}

export interface Channel {
  /** Sends a text of at most `maxFrameBytes`; says nothing when the line is gone, for `closed` does. */
  send(text: string): void;
  /** Starts the reading. Called once; nothing that came before is lost. */
  receive(receiver: ChannelReceiver): void;
  /** Bytes that the other side has not taken yet, as far as the transport knows. */
  backlog(): number;
  /** Closes it after what was sent is out, or soon when the other side does not read. */
  close(): void;
}

/** How long a line that is being closed may take to deliver what was sent, in ms. */
export const closeGraceMs = 1_000;

export function badFrame(message: string): CoordError {
  return new CoordError('BAD_FRAME', message);
}

export function notConnected(cause?: unknown): CoordError {
  return new CoordError(
    'NOT_CONNECTED',
    'The connection to the host is gone; see whether the host still runs, then connect again',
    {},
    { cause },
  );
}
