/** Whether a stream may be appended to: a company that leaves Redis closes its stream behind it, for every host at once. */
import type { Departure } from '../../contract/company-places.ts';
import type { CompanyId, Seq } from '../../core/ids.ts';
import { departureSchema } from './company-index.ts';
import { companyKey } from './keys.ts';
import type { RedisClient } from './redis-connection.ts';
import { openLine, requireReachable } from './redis-connection.ts';
import type { StreamOptions } from './stream-calls.ts';

/** Without the last event: the hash has that beside it. */
const noteSchema = departureSchema.omit({ seq: true });

/** Whatever the client throws is thrown as it is: it tells whether Redis has answered. */
export class StreamTenure {
  readonly #client: RedisClient;
  readonly #key: string;

  private constructor(client: RedisClient, companyId: CompanyId) {
    this.#client = client;
    this.#key = companyKey(companyId, 'meta');
  }

  /** @throws CoordError `LOG_UNAVAILABLE` - this Redis will not do; whatever was wrong on the way there */
  static async open({ address, companyId, ...options }: StreamOptions): Promise<StreamTenure> {
    const client = openLine(address, options);
    await requireReachable(client, address);
    return new StreamTenure(client, companyId);
  }

  /** Where the company went when it left; null: it is here. */
  async departure(): Promise<Departure | null> {
    const [note, head] = await this.#client.hmget(this.#key, 'left', 'head');
    if (!note) return null;
    return { ...noteSchema.parse(JSON.parse(note)), seq: Number(head ?? 0) as Seq };
  }

  /** The last event; 0 when there is none. */
  async head(): Promise<Seq> {
    return Number((await this.#client.hget(this.#key, 'head')) ?? 0) as Seq;
  }

  /** Nothing can be appended any more, by nobody. */
  async close({ host, machine, at }: Omit<Departure, 'seq'>): Promise<void> {
    await this.#client.hset(this.#key, 'left', JSON.stringify({ host, machine, at }));
  }

  async reopen(): Promise<void> {
    await this.#client.hset(this.#key, 'left', '');
  }

  end(): void {
    this.#client.disconnect();
  }
}
