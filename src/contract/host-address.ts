/** The address by which workers on other machines reach their host. */
import { CoordError } from '../core/error.ts';

/**
 * A token travels there, and so do the files of the company: in the clear only to this very machine.
 * @returns as it was given, without a slash at the end
 * @throws CoordError `BAD_INPUT` - no address of a WebSocket, one with more than a path in it, or one that others can read
 */
export function parseHostAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['ws:', 'wss:'].includes(url.protocol)) {
    throw new CoordError(
      'BAD_INPUT',
      `The address “${text.slice(0, 200)}” was refused: write it as wss://host.example.org/worker`,
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new CoordError(
      'BAD_INPUT',
      'The address was refused: it may hold a host, a port and a path, and nothing else. Each worker gets a token of its own',
    );
  }
  if (url.protocol === 'ws:' && !isLoopback(url.hostname)) {
    throw new CoordError(
      'BAD_INPUT',
      `The address ${url.href} was refused: whoever is on the way would read the token of the worker and the files. ` +
        'Use wss://, with --tls-cert and --tls-key or behind a proxy that has the certificate; ws:// is for this machine alone',
    );
  }
  return url.href.replace(/\/+$/, '');
}

export const isLoopback = (hostname: string): boolean =>
  ['localhost', '[::1]'].includes(hostname) || /^127(?:\.\d+){3}$/.test(hostname);
