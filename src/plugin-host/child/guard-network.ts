/**
 * Lets the code of a plugin reach only the machines that its manifest names. It keeps a plugin to its word; what it does
 * not keep from is said in SECURITY.md.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

interface Target {
  readonly host: string;
  readonly port: number | null;
}

export function guardNetwork(allowed: readonly string[]): void {
  const mayReach = (target: Target) => allowed.some((pattern) => fits(pattern, target));
  const refuse = (what: string) => {
    const hosts = allowed.length === 0 ? 'none' : allowed.join(', ');
    return Object.assign(new Error(`${what} is not among the hosts of this plugin's manifest (${hosts})`), {
      code: 'ERR_HOST_NOT_ALLOWED',
    });
  };

  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: unknown[]) {
    const target = targetOf(args);
    if (target === null) throw refuse('A pipe or socket of this machine');
    if (!mayReach(target)) throw refuse(`${target.host}:${target.port}`);
    return Reflect.apply(connect, this, args) as net.Socket;
  } as typeof connect;
  net.Server.prototype.listen = () => {
    throw refuse('To listen');
  };
  dgram.createSocket = () => {
    throw refuse('UDP');
  };
  guardNames(allowed, refuse);
  syncBuiltinESMExports();
}

/** A question to a name server carries the name that is asked for: that, too, may go only to where it is allowed. */
function guardNames(allowed: readonly string[], refuse: (what: string) => Error): void {
  const known = (name: unknown) =>
    typeof name === 'string' &&
    (net.isIP(name) > 0 || allowed.some((pattern) => fits(pattern, { host: name, port: null })));
  const questions = Object.keys(dns).filter((name) => /^(lookup|resolve|reverse)/.test(name));
  for (const api of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
    const table = api as unknown as Record<string, unknown>;
    for (const question of questions) {
      const ask = table[question];
      if (typeof ask !== 'function') continue;
      table[question] = function guarded(this: unknown, name: unknown, ...rest: unknown[]) {
        if (known(name)) return Reflect.apply(ask, this, [name, ...rest]);
        const error = refuse(`The name ${String(name).slice(0, 100)}`);
        const callback = rest.at(-1);
        if (typeof callback !== 'function') return Promise.reject(error);
        process.nextTick(callback, error);
        return undefined;
      };
    }
  }
}

/** Of the arguments of `connect`, in whichever of its forms; null: a pipe. */
function targetOf(args: readonly unknown[]): Target | null {
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  if (typeof first === 'object' && first !== null) {
    const { path, host, port } = first as { path?: unknown; host?: unknown; port?: unknown };
    return path ? null : { host: String(host ?? 'localhost'), port: Number(port) };
  }
  if (typeof first === 'string' && !/^\d+$/.test(first)) return null;
  return { host: typeof second === 'string' ? second : 'localhost', port: Number(first) };
}

/** @param pattern of a manifest, with every setting filled in */
export function fits(pattern: string, { host, port }: Target): boolean {
  const [, name = '', wanted] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(pattern.toLowerCase()) ?? [];
  if (wanted !== undefined && port !== null && Number(wanted) !== port) return false;
  const asked = host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  const bare = name.replace(/^\[|\]$/g, '');
  return bare.startsWith('*.') ? asked.endsWith(bare.slice(1)) : asked === bare;
}
