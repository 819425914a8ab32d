/** The line of a host to the index of the Redis that it uses; opened when it is needed, and kept. */
import { CompanyIndex } from '../../log/redis/company-index.ts';
import { commandTimeout } from './company-logs.ts';
import type { RedisAccess } from './redis-access.ts';

export class IndexLine {
  #open: { readonly place: string; readonly index: CompanyIndex } | null = null;

  /** Where it leads; null: nowhere yet. */
  get place(): string | null {
    return this.#open?.place ?? null;
  }

  /** @throws CoordError `LOG_UNAVAILABLE` - why this Redis can't be used */
  async to({ address, ca, place }: RedisAccess): Promise<CompanyIndex> {
    if (this.#open?.place === place) return this.#open.index;
    this.close();
    const index = await CompanyIndex.open(address, { commandTimeout, ca });
    this.#open = { place, index };
    return index;
  }

  close(): void {
    this.#open?.index.close();
    this.#open = null;
  }
}
