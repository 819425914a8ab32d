/** The address that new versions come from: what is taken for one, and which requests may follow from it. Pure. */
import { CoordError } from '../core/error.ts';

const ownMachine: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * A folder of the web with `latest-linux.yml` or its like in it.
 * @throws CoordError `BAD_INPUT` - no such address, one without TLS to another machine, or one with a secret in it
 */
export function readFeed(text: string): string {
  const address = text.trim();
  if (!URL.canParse(address)) throw refused(`"${shortened(address)}" is no address: write https://…`);
  const url = new URL(address);
  if (url.username || url.password)
    throw refused('The address has a name or a password in it: those would end up in logs. Leave them out');
  if (url.search || url.hash)
    throw refused('The address of a feed is a folder: leave out what stands after ? or #');
  if (!isSafe(address))
    throw refused(
      `${url.protocol}//${url.host} has no TLS, so anybody on the way could change it: use https`,
    );
  return url.href.replace(/\/+$/, '');
}

/** Over TLS, or not leaving this machine: for the feed, for what it names, and for wherever that leads on. */
export function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && ownMachine.includes(hostname));
}

const refused = (message: string): CoordError => new CoordError('BAD_INPUT', message);

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
