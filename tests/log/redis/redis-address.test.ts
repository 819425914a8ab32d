/** Every form in which the URL of a Redis may be written, and what is wrong with the others, without a word of a password. */
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { RedisAddress } from '../../../src/log/redis/redis-address.ts';
import { isOpenToOthers, parseRedisUrl, redisPlace } from '../../../src/log/redis/redis-address.ts';

const plain: RedisAddress = {
  kind: 'single',
  nodes: [{ host: 'db.example', port: 6_379 }],
  master: null,
  tls: false,
  username: null,
  password: null,
  database: 0,
};

describe('the URL of a Redis', () => {
  it.each<[url: string, differs: Partial<RedisAddress>]>([
    ['redis://db.example', {}],
    ['redis://db.example/', {}],
    ['  redis://db.example\n', {}],
    ['redis://db.example:6380', { nodes: [{ host: 'db.example', port: 6_380 }] }],
    ['redis://db.example:65535', { nodes: [{ host: 'db.example', port: 65_535 }] }],
    ['redis://db.example/3', { database: 3 }],
    ['rediss://db.example', { tls: true }],
    ['redis://127.0.0.1:1', { nodes: [{ host: '127.0.0.1', port: 1 }] }],
    ['redis://[::1]', { nodes: [{ host: '::1', port: 6_379 }] }],
    ['redis://[2001:db8::7]:6380/1', { nodes: [{ host: '2001:db8::7', port: 6_380 }], database: 1 }],
  ])('%s says where it is', (url, differs) => {
    expect(parseRedisUrl(url)).toEqual({ ...plain, ...differs });
  });

  it.each<[user: string, username: string | null, password: string | null]>([
    ['', null, null],
    [':', null, null],
    ['coord', 'coord', null],
    ['coord:secret', 'coord', 'secret'],
    [':secret', null, 'secret'],
    ['coord:a:b', 'coord', 'a:b'],
    ['coord:p%40ss%2Fw%C3%B6rd%3A%25', 'coord', 'p@ss/wörd:%'],
    ['a%3Ab%40c:secret', 'a:b@c', 'secret'],
    ['coord:a+b', 'coord', 'a+b'],
    ['coord:?#[]', 'coord', '?#[]'],
    ['coord:%20', 'coord', ' '],
  ])('who gets in by "%s@" is read', (user, username, password) => {
    expect(parseRedisUrl(`redis://${user}@db.example`)).toEqual({ ...plain, username, password });
  });

  it('of a cluster names some nodes', () => {
    const nodes = [
      { host: 'a', port: 7_000 },
      { host: '::1', port: 7_001 },
      { host: 'c', port: 6_379 },
    ] as const;
    expect(parseRedisUrl('redis+cluster://u:p@a:7000,[::1]:7001,c')).toEqual({
      ...plain,
      ...{ kind: 'cluster', nodes, username: 'u', password: 'p' },
    });
    expect(parseRedisUrl('rediss+cluster://a:7000').tls).toBe(true);
  });

  it('of sentinels names them and the master', () => {
    const nodes = [
      { host: 'a', port: 26_379 },
      { host: 'b', port: 5_000 },
    ] as const;
    expect(parseRedisUrl('redis+sentinel://:p@a,b:5000/my%20master')).toEqual({
      ...plain,
      ...{ kind: 'sentinel', nodes, master: 'my master', password: 'p' },
    });
    expect(parseRedisUrl('rediss+sentinel://a/acme').tls).toBe(true);
  });
});

const secret = '9138273645';

/** The password is in each of them. */
const wrong: readonly (readonly [what: string, url: string, words: RegExp])[] = [
  ['nothing but a password', secret, /must look like/],
  ['another scheme', `http://u:${secret}@db.example`, /may begin with redis:\/\/, rediss:\/\//],
  ['a scheme of ours that there is not', `redis+cloud://u:${secret}@db.example`, /may begin with/],
  ['a name that objects have by themselves', `constructor://u:${secret}@db.example`, /may begin with/],
  ['no host', `redis://u:${secret}@`, /must look like/],
  ['no host, nor the @ before it', `redis://u:${secret}`, /port must be from 1 to 65535/],
  ['no host, but a database', `redis://u:${secret}@/0`, /must look like/],
  ['an @ that is not encoded', `redis://u:${secret}@x@db.example`, /must look like/],
  ['a / that is not encoded', `redis://u:${secret}/x@db.example`, /port must be from|must look like/],
  ['a query', `redis://db.example?password=${secret}`, /must look like/],
  ['a fragment', `redis://u:${secret}@db.example#x`, /must look like/],
  ['a second path', `redis://u:${secret}@db.example/0/1`, /must look like/],
  ['a line break', `redis://u:${secret}@db.example\nredis://x`, /must look like/],
  ['a % that is none', `redis://u:${secret}%zz@db.example`, /the password is not percent-encoded/],
  ['half a letter', `redis://u:${secret}%C3@db.example`, /the password is not percent-encoded/],
  ['a % in the user', `redis://%u:${secret}@db.example`, /the user is not percent-encoded/],
  ['a % in the path', `redis://u:${secret}@db.example/%`, /the part after the host is not/],
  ['port 0', `redis://u:${secret}@db.example:0`, /port must be from/],
  ['a port too high', `redis://u:${secret}@db.example:65536`, /port must be from/],
  ['a port in words', `redis://u:${secret}@db.example:six`, /host must look like name:6379/],
  ['an IPv6 address without brackets', `redis://u:${secret}@::1`, /or \[::1\]:6379/],
  ['brackets around a name', `redis://u:${secret}@[db.example]`, /host must look like/],
  ['a space in the host', `redis://u:${secret}@db example`, /host must look like/],
  ['a % in the host', `redis://u:${secret}@db%2Fexample`, /host must look like/],
  ['two hosts of one server', `redis://u:${secret}@a,b`, /several hosts are for redis\+cluster/],
  ['an empty host among others', `redis+cluster://u:${secret}@a,,b`, /host must look like/],
  ['a database by name', `redis://u:${secret}@db.example/main`, /number of a database/],
  ['a database of six digits', `redis://u:${secret}@db.example/123456`, /number of a database/],
  ['a negative database', `redis://u:${secret}@db.example/-1`, /number of a database/],
  ['no master', `redis+sentinel://u:${secret}@a`, /needs the name of the master/],
];

describe('a URL that is wrong', () => {
  it.each(wrong)('is refused for %s, without repeating it', (_what, url, words) => {
    let refused: unknown = null;
    try {
      parseRedisUrl(url);
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(words) });
    expect(inspect(refused, { depth: 10, showHidden: true })).not.toContain(secret);
  });

  it('is refused at once, however long it is', () => {
    const began = performance.now();
    for (const part of ['@', '/', ':', ',', '[', '%', 'a,']) {
      expect(() => parseRedisUrl(`redis://${part.repeat(100_000)}\n`)).toThrow(/refused|must|encoded/);
    }
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('the place of a Redis', () => {
  it.each([
    ['redis://u:secret@db.example', 'redis://db.example:6379'],
    ['rediss://:secret@[::1]:7/2', 'rediss://[::1]:7/2'],
    ['redis+cluster://u:secret@a,b:7', 'redis+cluster://a:6379,b:7'],
    ['rediss+sentinel://u:secret@a,b/acme', 'rediss+sentinel://a:26379,b:26379/acme'],
  ])('of %s is %s', (url, place) => {
    expect(redisPlace(parseRedisUrl(url))).toBe(place);
    expect(redisPlace(parseRedisUrl(place))).toBe(place);
  });

  it.each([
    ['redis://localhost', false],
    ['redis://127.0.0.1', false],
    ['redis://127.9.8.7', false],
    ['redis://[::1]', false],
    ['redis://db.example', true],
    ['redis://10.0.0.1', true],
    ['redis://127.0.0.1.example', true],
    ['redis://user@db.example', true],
    ['redis://:secret@db.example', false],
    ['redis+cluster://127.0.0.1,db.example', true],
    ['redis+cluster://127.0.0.1,localhost:7000', false],
  ])('%s is open to others: %s', (url, isOpen) => {
    expect(isOpenToOthers(parseRedisUrl(url))).toBe(isOpen);
  });
});
