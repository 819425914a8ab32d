/** The connections of one listener, so that all can be told when the host stops. */
import { CoordError } from '../core/error.ts';
import type { Channel } from './channel.ts';
import type { Connect, ServedConnection, ServeOptions } from './serve-connection.ts';
import { serveConnection } from './serve-connection.ts';

export class OpenConnections {
  readonly #connect: Connect;
  readonly #options: ServeOptions;
  readonly #open = new Set<ServedConnection>();

  constructor(connect: Connect, options: ServeOptions) {
    this.#connect = connect;
    this.#options = options;
  }

  add(channel: Channel): void {
    const connection = serveConnection(channel, this.#connect, this.#options);
    this.#open.add(connection);
    void connection.closed.then(() => this.#open.delete(connection));
  }

  async close(): Promise<void> {
    const reason = new CoordError('NOT_CONNECTED', 'The host stops; connect again when it runs');
    const open = [...this.#open];
    for (const connection of open) connection.close(reason);
    await Promise.all(open.map(({ closed }) => closed));
  }
}
