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

/** Of the log of a company. */
export interface StreamKeys {
  readonly events: string;
  readonly meta: string;
  readonly changed: string;
  readonly hosts: string;
  readonly archive: string;
}

export function streamKeys(companyId: CompanyId): StreamKeys {
  const key = (name: keyof StreamKeys) => companyKey(companyId, name);
  return {
    events: key('events'),
    meta: key('meta'),
    changed: key('changed'),
    hosts: key('hosts'),
    archive: key('archive'),
  };
}
