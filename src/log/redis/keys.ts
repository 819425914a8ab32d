/** The names of all keys of ours in Redis. */
import type { ArtifactHash, CompanyId } from '../../core/ids.ts';

/** A hash of all companies that are there, by id. */
export const companiesKey = 'agentcoord:companies';

type KeyOfCompany =
  | 'events'
  | 'meta'
  | 'changed'
  | 'hosts'
  | 'archive'
  | `snapshot:${number}`
  | `artifact:${ArtifactHash}`;

/** Of one company all are in one slot of a cluster: the hash tag is its id. */
export function companyKey(companyId: CompanyId, name: KeyOfCompany): string {
  return `agentcoord:{${companyId}}:${name}`;
}
