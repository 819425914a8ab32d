/** Keeps the last messages of a session's streams, so that a client whose stream broke gets what it missed. */
import type { EventStore, JSONRPCMessage } from '@modelcontextprotocol/server';

/** Of one session; who was away for longer asks again. */
const kept = 500;

export class RecentEvents implements EventStore {
  readonly #events: { readonly id: number; readonly streamId: string; readonly message: JSONRPCMessage }[] =
    [];
  #last = 0;

  async storeEvent(streamId: string, message: JSONRPCMessage): Promise<string> {
    this.#last += 1;
    this.#events.push({ id: this.#last, streamId, message });
    if (this.#events.length > kept) this.#events.shift();
    return String(this.#last);
  }

  async getStreamIdForEventId(eventId: string): Promise<string | undefined> {
    return this.#events.find(({ id }) => id === Number(eventId))?.streamId;
  }

  async replayEventsAfter(
    lastEventId: string,
    { send }: { send: (eventId: string, message: JSONRPCMessage) => Promise<void> },
  ): Promise<string> {
    const streamId = await this.getStreamIdForEventId(lastEventId);
    if (streamId === undefined) throw new Error('that event is not kept any more: ask again');
    for (const event of this.#events) {
      const isMissed = event.streamId === streamId && event.id > Number(lastEventId);
      // The empty message primes a stream; it says nothing.
      if (isMissed && Object.keys(event.message).length > 0) await send(String(event.id), event.message);
    }
    return streamId;
  }
}
