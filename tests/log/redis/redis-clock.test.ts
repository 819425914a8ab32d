/** Redis's time between two answers. */
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/units.ts';
import { RedisClock } from '../../../src/log/redis/redis-clock.ts';

const at = (ms: number) => ms as EpochMs;

function clock() {
  const own = { time: 0 };
  const redis = new RedisClock(() => own.time);
  /** An answer that took so long, and said that. */
  const answer = (took: number, said: number) => {
    const { sentAt } = redis;
    own.time += took;
    redis.learn(sentAt, at(said));
  };
  return { own, redis, answer };
}

describe('the clock of Redis', () => {
  it('is the one of the host before the first answer, which proves nothing', () => {
    const { redis } = clock();
    expect(Math.abs(redis.now() - Date.now())).toBeLessThan(1_000);
    expect(redis.atLeast).toBeNull();
  });

  it('is never later than what the last answer proves', () => {
    const { own, redis, answer } = clock();
    answer(100, 1_000);
    expect(redis.atLeast).toBe(1_000);
    own.time += 50;
    expect(redis.atLeast).toBe(1_050);
    answer(400, 1_300);
    expect(redis.atLeast).toBe(1_300);
    expect(redis.now()).toBeGreaterThan(1_300);
  });

  it('goes on from an answer, which was given somewhere on its way', () => {
    const { own, redis, answer } = clock();
    answer(10, 1_000);
    expect(redis.now()).toBe(1_005);
    own.time += 500;
    expect(redis.now()).toBe(1_505);
  });

  it('believes what is proven, and not what a slow answer leaves open', () => {
    const { redis, answer } = clock();
    answer(2, 1_000);
    const before = redis.now();
    answer(800, 1_100);
    expect(redis.now()).toBe(before + 800);
    answer(2, 5_000);
    expect(redis.now()).toBeGreaterThanOrEqual(5_000);
    expect(redis.now()).toBeLessThanOrEqual(5_003);
  });

  it('follows a clock that was set back', () => {
    const { redis, answer } = clock();
    answer(2, 10_000);
    answer(2, 4_000);
    expect(redis.now()).toBeLessThanOrEqual(4_003);
  });
});
