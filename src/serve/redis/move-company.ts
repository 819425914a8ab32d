/** Moves a company from this host alone into its Redis, and back; the index of that Redis tells the others. */
import type { MovedCompany } from '../../contract/company-places.ts';
import type { OpenCompany } from '../../coordinator/open-company.ts';
import { CoordError } from '../../core/error.ts';
import type { HostId } from '../../core/ids.ts';
import type { CompanyLog } from '../../log/company-log.ts';
import type { CompanyIndex, IndexedCompany } from '../../log/redis/company-index.ts';
import type { Moved } from '../../log/redis/move-log.ts';
import { departureOf } from '../../log/redis/move-log.ts';
import type { CompanyLogs, TellMove } from './company-logs.ts';
import { commandTimeout } from './company-logs.ts';
import { refuseWhileOthersAreCutOff } from './hosts-cut-off.ts';
import type { IndexLine } from './index-line.ts';
import { joinAsHost } from './join-as-host.ts';
import { readPlace } from './place-file.ts';
import type { RedisAccess } from './redis-access.ts';

export interface MoveParts {
  readonly host: HostId;
  readonly logs: CompanyLogs;
  readonly index: IndexLine;
  /** A line for the host's log. */
  readonly log: (line: string) => void;
  readonly tell: TellMove;
}

/** @throws CoordError `WRONG_STATE` - it is in another Redis; `LOG_UNAVAILABLE` - it stays where it is */
export async function moveToRedis(
  company: OpenCompany,
  access: RedisAccess,
  { host, logs, tell, index: line }: MoveParts,
): Promise<MovedCompany> {
  const { id, name } = await company.details();
  const log = movableLog(company, logs);
  const from = await readPlace(company.folder);
  if (from !== null && from !== access.place) throw inAnotherRedis(from, access.place);
  if (from !== null) {
    if (log.gone) throw log.gone;
    return { id, name, place: from, from, verified: await log.lastLink(), heldUp: 0 };
  }
  const index = await line.to(access);
  await joinAsHost(company, host);
  const moved = await logs.moveToRedis(company.folder, log, access, tell);
  await index.put({ id, name, left: null });
  return { id, name, place: access.place, from, ...moved };
}

/**
 * @param findAccess called when the company is in Redis
 * @throws CoordError `WRONG_STATE` - another host may be working for it unseen; `LOG_UNAVAILABLE` - it stays where it is
 */
export async function moveHere(
  company: OpenCompany,
  findAccess: () => Promise<RedisAccess>,
  parts: MoveParts,
): Promise<MovedCompany> {
  const { id, name } = await company.details();
  const log = movableLog(company, parts.logs);
  const from = await readPlace(company.folder);
  if (from === null) return { id, name, place: null, from, verified: await log.lastLink(), heldUp: 0 };
  if (log.gone) throw log.gone;
  const access = await findAccess();
  await refuseWhileOthersAreCutOff(company);
  const index = await parts.index.to(access);
  const moved = await moveWithArtifacts(company, log, access, parts);
  await noteDeparture(index, access, { id, name });
  return { id, name, place: null, from, ...moved };
}

/** Says in the index by whom and when it left. */
export async function noteDeparture(
  index: CompanyIndex,
  { address, ca }: RedisAccess,
  company: Pick<IndexedCompany, 'id' | 'name'>,
): Promise<void> {
  const found = await departureOf({ address, ca, commandTimeout, companyId: company.id });
  // Else it is said with the next look.
  if (found !== 'away') await index.put({ ...company, left: found.left });
}

/** Most is fetched before, and what was handed in meanwhile right after. */
async function moveWithArtifacts(
  { id, folder, artifactSharing }: OpenCompany,
  log: CompanyLog,
  access: RedisAccess,
  parts: MoveParts,
): Promise<Moved> {
  const shared = parts.logs.artifactsIn(folder, access);
  try {
    await artifactSharing.fetchAll(shared, (done, total) => parts.tell({ stage: 'fetching', done, total }));
    const moved = await parts.logs.moveHere(folder, log, access, parts.tell);
    const missing = await artifactSharing.fetchAll(shared).catch((error: unknown) => {
      parts.log(`${id}: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    });
    for (const hash of missing)
      parts.log(`${id}: artifact ${hash} stayed on the host where it was handed in`);
    return moved;
  } finally {
    shared.close();
  }
}

function movableLog({ id }: OpenCompany, logs: CompanyLogs): CompanyLog {
  const log = logs.get(id);
  if (!log) throw new CoordError('INTERNAL', `The log of ${id} is not one that can be moved`);
  return log;
}

function inAnotherRedis(from: string, to: string): CoordError {
  return new CoordError(
    'WRONG_STATE',
    `The company was not moved: its log is in Redis at ${from}, not at ${to}. Move it here first: agentcoord move --to here`,
    { from, to },
  );
}
