/** Which Redis a host uses, from the first time that it is needed until the host ends. */
import { CoordError } from '../../core/error.ts';
import { parseRedisUrl } from '../../log/redis/redis-address.ts';
import type { RedisAccess, RedisWish } from './redis-access.ts';
import { findRedis, redisSettings, refusePassword, urlWithoutPassword } from './redis-access.ts';

export class RedisChoice {
  readonly #wish: RedisWish;
  #access: RedisAccess | null = null;

  constructor(wish: RedisWish) {
    this.#wish = wish;
  }

  /** Asks again for as long as there is none: it may be set while the host runs. @throws CoordError as `findRedis` */
  async find(): Promise<RedisAccess | null> {
    this.#access ??= await findRedis(this.#wish);
    return this.#access;
  }

  /**
   * @param to `redis`: the one that is known; a URL: that one, which is known from then on
   * @throws CoordError `NOT_FOUND` - none is known; `WRONG_STATE` - another one is; as `findRedis`
   */
  async choose(to: string, openToAnybody: boolean): Promise<RedisAccess> {
    const known = await this.find();
    if (to === 'redis') {
      if (known) return known;
      throw new CoordError(
        'NOT_FOUND',
        'The company was not moved: this host knows of no Redis. Name it, such as --to redis://host:6379, ' +
          'or say where it is with “agentcoord redis set”, which also asks for a password',
      );
    }
    refusePassword(to);
    const access = await findRedis({ ...this.#wish, url: to, openToAnybody });
    if (access === null) throw new CoordError('INTERNAL', 'a URL leads to no Redis');
    if (known && known.place !== access.place) {
      throw new CoordError(
        'WRONG_STATE',
        `The company was not moved: this host uses Redis at ${known.place}, and a host uses one. ` +
          'Stop it, set the other with “agentcoord redis set”, and start it again',
        { place: known.place },
      );
    }
    if (known) return known;
    await this.#keep(to, openToAnybody);
    this.#access = access;
    return access;
  }

  /** So that the host finds its companies again after the next start. */
  async #keep(url: string, openToAnybody: boolean): Promise<void> {
    const settings = redisSettings(this.#wish.dataDir);
    if ((await settings.read()) !== null) return;
    await settings.write({
      url: urlWithoutPassword(parseRedisUrl(url)),
      password: 'none',
      ca: null,
      openToAnybody,
      keepEvents: null,
    });
  }
}
