/** The port by which a session reaches the access tokens of its host. */
import type { CompanyId, MemberId } from '../core/ids.ts';
import type { CreateToken, IssuedToken, TokenView } from './access-tokens.ts';

export interface TokenDesk {
  /** The newest first, with those that have run out. */
  list(companyId: CompanyId): Promise<readonly TokenView[]>;
  /** @param by goes on record @throws CoordError `NOT_FOUND` - no such member; `NAME_TAKEN`; `TOO_LARGE` - too many */
  create(companyId: CompanyId, call: CreateToken, by: MemberId): Promise<IssuedToken>;
  /** Whoever holds it is refused from now on. @throws CoordError `NOT_FOUND` */
  revoke(companyId: CompanyId, id: string, by: MemberId): Promise<void>;
}
