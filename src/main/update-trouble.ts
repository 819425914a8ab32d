/** Why there is no new version, in words for the person who set the feed: what went wrong, and what to do. Pure. */

const byCode: Readonly<Record<string, (feed: string) => string>> = {
  ERR_UPDATER_CHANNEL_FILE_NOT_FOUND: (feed) =>
    `${feed} has no list of versions for this system: put latest-linux.yml, latest-mac.yml or latest.yml there`,
  ERR_UPDATER_INVALID_UPDATE_INFO: (feed) =>
    `The list of versions at ${feed} can’t be read: it is no YAML of electron-builder’s`,
  ERR_UPDATER_INVALID_VERSION: (feed) => `The list at ${feed} names no version such as 1.2.3`,
  ERR_UPDATER_NO_FILES_PROVIDED: (feed) => `The list at ${feed} names a version without a file`,
  ERR_UPDATER_NO_CHECKSUM: (feed) =>
    `The list at ${feed} has no checksum for the new version, so nobody could tell whether it arrived whole`,
  ERR_CHECKSUM_MISMATCH: () =>
    'What was downloaded is not what the list of versions says: it was thrown away. Try again later, or tell whoever runs the feed',
};

const byNetwork: readonly (readonly [RegExp, (feed: string) => string])[] = [
  [
    /ERR_BLOCKED_BY_CLIENT/,
    (feed) => `${feed} leads to an address without TLS, where anybody could change it: nothing was fetched`,
  ],
  [
    /ERR_CERT_|ERR_SSL_/,
    (feed) => `${feed} has no certificate that this machine trusts: nothing was fetched`,
  ],
  [
    /ERR_CONNECTION_|ERR_ADDRESS_|ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED|ERR_TIMED_OUT|ECONNREFUSED|ENOTFOUND/,
    (feed) => `${feed} can’t be reached: is this machine online, and is the address right?`,
  ],
  [/status (?:code )?404|HttpError: 404/i, (feed) => `${feed} names a file that is not there`],
  [/status (?:code )?5\d\d|HttpError: 5\d\d/i, (feed) => `${feed} has trouble of its own: try again later`],
  [/ENOSPC/, () => 'The disk has no room for the new version: make some, and try again'],
];

export function updateTrouble(error: unknown, feed: string): string {
  const { code, message } = error instanceof Error ? (error as Error & { code?: unknown }) : {};
  const known = typeof code === 'string' ? byCode[code] : undefined;
  if (known) return known(feed);
  const text = `${String(code ?? '')} ${message ?? String(error)}`;
  const worded = byNetwork.find(([pattern]) => pattern.test(text));
  if (worded) return worded[1](feed);
  // The first line alone: what follows are headers and stacks.
  return `${feed}: ${(message ?? String(error)).split('\n')[0]}`;
}
