/** Where a Redis is and how to get in, read from a URL; and how to speak of it without its password. */
import { CoordError } from '../../core/error.ts';

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

export interface RedisAddress {
  readonly kind: 'single' | 'cluster' | 'sentinel';
  /** One server; some nodes of the cluster; the sentinels. */
  readonly nodes: readonly [HostPort, ...HostPort[]];
  /** What the sentinels call the servers that they watch; null unless they are asked. */
  readonly master: string | null;
  readonly tls: boolean;
  readonly username: string | null;
  readonly password: string | null;
  readonly database: number;
}

const schemes: ReadonlyMap<string, Pick<RedisAddress, 'kind' | 'tls'>> = new Map([
  ['redis', { kind: 'single', tls: false }],
  ['rediss', { kind: 'single', tls: true }],
  ['redis+cluster', { kind: 'cluster', tls: false }],
  ['rediss+cluster', { kind: 'cluster', tls: true }],
  ['redis+sentinel', { kind: 'sentinel', tls: false }],
  ['rediss+sentinel', { kind: 'sentinel', tls: true }],
]);

const shape = /^(?<scheme>[a-z+]+):\/\/(?:(?<user>[^@/]*)@)?(?<nodes>[^/?#@]+)(?:\/(?<path>[^/?#]*))?$/;
const defaultPorts = { single: 6_379, cluster: 6_379, sentinel: 26_379 } as const;

/**
 * `redis://user:password@host:port/database`; `rediss://` with TLS; `redis+cluster://host:port,host:port`;
 * `redis+sentinel://host:port,host:port/name-of-the-master`. User and password may be percent-encoded.
 * @throws CoordError `BAD_INPUT` - what is wrong with it, without repeating it: there may be a password in it
 */
export function parseRedisUrl(url: string): RedisAddress {
  const parts = shape.exec(url.trim())?.groups;
  const scheme = schemes.get(parts?.['scheme'] ?? '');
  if (!parts || !scheme) {
    throw badUrl(`it must look like redis://user:password@host:6379/0, and may begin with ${known()}`);
  }
  const { kind, tls } = scheme;
  const [first, ...others] = (parts.nodes ?? '').split(',').map((text) => nodeOf(text, defaultPorts[kind]));
  if (!first) throw badUrl('it names no host');
  if (kind === 'single' && others.length > 0) {
    throw badUrl('several hosts are for redis+cluster:// and redis+sentinel://');
  }
  const path = decoded(parts.path ?? '', 'the part after the host');
  if (kind === 'sentinel' && path === '') {
    throw badUrl('a sentinel needs the name of the master: redis+sentinel://host:26379/mymaster');
  }
  return {
    ...{ kind, tls, nodes: [first, ...others], master: kind === 'sentinel' ? path : null },
    ...credentialsOf(parts.user),
    database: kind === 'single' ? databaseOf(path) : 0,
  };
}

/** Where it is, for people: never who gets in, nor how. */
export function redisPlace({ kind, nodes, master, tls, database }: RedisAddress): string {
  const hosts = nodes.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`).join(',');
  const path = master ?? (database === 0 ? '' : String(database));
  const suffix = kind === 'single' ? '' : `+${kind}`;
  return `${tls ? 'rediss' : 'redis'}${suffix}://${hosts}${path && `/${path}`}`;
}

/** Anybody who reaches it could read and change the company: no password, and not only on this machine. */
export function isOpenToOthers({ password, nodes }: RedisAddress): boolean {
  return password === null && !nodes.every(({ host }) => isLoopback(host));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function nodeOf(text: string, defaultPort: number): HostPort {
  const { host, v6, port } =
    /^(?:\[(?<v6>[\da-f:.]+)\]|(?<host>[^\s:%[\]]+))(?::(?<port>\d+))?$/i.exec(text)?.groups ?? {};
  const name = v6 ?? host;
  if (name === undefined) throw badUrl('a host must look like name:6379, or [::1]:6379');
  const number = port === undefined ? defaultPort : Number(port);
  if (number < 1 || number > 65_535) {
    // Not which: where the host was left out, it is the password.
    throw badUrl('a port must be from 1 to 65535');
  }
  return { host: name, port: number };
}

function credentialsOf(user: string | undefined): Pick<RedisAddress, 'username' | 'password'> {
  if (user === undefined || user === '') return { username: null, password: null };
  const colon = user.indexOf(':');
  const [name, secret] = colon < 0 ? [user, ''] : [user.slice(0, colon), user.slice(colon + 1)];
  return {
    username: decoded(name, 'the user') || null,
    password: decoded(secret, 'the password') || null,
  };
}

function databaseOf(path: string): number {
  if (path === '') return 0;
  if (/^\d{1,5}$/.test(path)) return Number(path);
  throw badUrl('what follows the host must be the number of a database, such as /0');
}

function decoded(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badUrl(`${what} is not percent-encoded as it should be: write % itself as %25`);
  }
}

const known = (): string => [...schemes.keys()].map((scheme) => `${scheme}://`).join(', ');

function badUrl(why: string): CoordError {
  return new CoordError('BAD_INPUT', `The URL of Redis was refused: ${why}`);
}
