/** Which companies a Redis holds: one hash for all of them, so that a host which is new there finds them. */
import { z } from 'zod';
import type { Departure } from '../../contract/company-places.ts';
import type { CompanyId } from '../../core/ids.ts';
import { hostIdSchema, seqSchema } from '../../core/ids.ts';
import { epochMsSchema } from '../../core/units.ts';
import { companiesKey } from './keys.ts';
import type { RedisAddress } from './redis-address.ts';
import { redisPlace } from './redis-address.ts';
import type { LineOptions, RedisClient } from './redis-connection.ts';
import { openLine, requireUsable } from './redis-connection.ts';
import { redisFailure } from './redis-errors.ts';

/** Nothing else becomes the name of a folder here, whatever somebody wrote into Redis. */
const companyId = /^company_[a-z0-9]{1,60}$/;

export const departureSchema = z.object({
  host: hostIdSchema,
  machine: z.string(),
  at: epochMsSchema,
  seq: seqSchema,
}) satisfies z.ZodType<Departure>;

const entrySchema = z.object({
  name: z.string(),
  /** Null: it is here. */
  left: departureSchema.nullable(),
});

export interface IndexedCompany extends z.output<typeof entrySchema> {
  readonly id: CompanyId;
}

export class CompanyIndex {
  readonly #client: RedisClient;
  readonly #place: string;

  private constructor(client: RedisClient, place: string) {
    this.#client = client;
    this.#place = place;
  }

  /** @throws CoordError `LOG_UNAVAILABLE` - why this Redis can't be used, in words */
  static async open(address: RedisAddress, options: LineOptions): Promise<CompanyIndex> {
    const client = openLine(address, options);
    await requireUsable(client, address);
    return new CompanyIndex(client, redisPlace(address));
  }

  /** By id; without entries that can't be read: a newer AgentCoord may write others. @throws CoordError `LOG_UNAVAILABLE` */
  async all(): Promise<readonly IndexedCompany[]> {
    const rows = await this.#ask(() => this.#client.hgetall(companiesKey));
    return Object.entries(rows)
      .flatMap(([id, text]) => entryOf(id, text))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** @throws CoordError `LOG_UNAVAILABLE` */
  async put({ id, name, left }: IndexedCompany): Promise<void> {
    await this.#ask(() => this.#client.hset(companiesKey, id, JSON.stringify({ name, left })));
  }

  close(): void {
    this.#client.disconnect();
  }

  async #ask<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      throw redisFailure(this.#place, error);
    }
  }
}

function entryOf(id: string, text: string): IndexedCompany[] {
  if (!companyId.test(id)) return [];
  try {
    return [{ id: id as CompanyId, ...entrySchema.parse(JSON.parse(text)) }];
  } catch {
    return [];
  }
}
