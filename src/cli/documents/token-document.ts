/** What `--json` says of an access token. Times are ISO 8601 in UTC; what is not there is null. */
import type { TokenView } from '../../contract/access-tokens.ts';
import { isoTime } from '../output/time-text.ts';

export type TokenDocument = Omit<TokenView, 'createdAt' | 'expiresAt'> & {
  readonly createdAt: string;
  readonly expiresAt: string | null;
};

export function tokenDocument({ createdAt, expiresAt, ...token }: TokenView): TokenDocument {
  return {
    ...token,
    createdAt: isoTime(createdAt),
    expiresAt: expiresAt === null ? null : isoTime(expiresAt),
  };
}
