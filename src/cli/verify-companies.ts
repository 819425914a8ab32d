/** Verifies the logs of a data directory from their files: with a host that runs, without one, and when none can open. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChainVerdict, Unchecked } from '../contract/hash-chain.ts';
import { firstLink } from '../contract/hash-chain.ts';
import { anchorFileOf, readAnchor } from '../coordinator/chain-anchor.ts';
import { notedName } from '../coordinator/company-name.ts';
import { isUnfinished } from '../coordinator/create-company-folder.ts';
import { branchFileOf, logFileOf } from '../coordinator/open-company.ts';
import type { NotedLink } from '../coordinator/verify-log.ts';
import { verifyLog } from '../coordinator/verify-log.ts';
import { CoordError } from '../core/error.ts';
import type { Seq } from '../core/ids.ts';
import { countDeeds } from '../log/sqlite/branch/count-deeds.ts';
import type { LogFile } from '../log/sqlite/open-records.ts';
import { openLogFile } from '../log/sqlite/open-records.ts';
import { sqliteOptions } from '../serve/installation.ts';
import { findNamed } from './find-named.ts';
import { plainLine } from './output/plain-text.ts';
import { openProgress } from './output/progress.ts';

export interface VerifiedCompany extends ChainVerdict {
  readonly id: string;
  /** Null when its log does not tell. */
  readonly name: string | null;
}

interface CompanyLog {
  readonly id: string;
  readonly name: string | null;
  readonly folder: string;
  /** Why it can't be read, in place of a log that can't. */
  readonly log: LogFile | CoordError;
}

/**
 * @param wanted id, name or the beginning of an id; null: every company there is
 * @param noted what was written down of the one company that is meant
 * @throws CoordError `NOT_FOUND`, `BAD_INPUT` (several fit)
 * A log that can't be read, or has no chain yet, is a fault of its company: the others are verified all the same.
 */
export async function verifyCompanies(
  dataDir: string,
  wanted: string | null,
  noted: readonly NotedLink[],
): Promise<readonly VerifiedCompany[]> {
  const logs = await openLogs(dataDir);
  try {
    if (logs.length === 0)
      throw new CoordError('NOT_FOUND', `There is no company in ${dataDir}.`, { dataDir });
    const meant = wanted === null ? logs : [findCompanyLog(wanted, logs)];
    if (noted.length > 0 && meant.length > 1) {
      throw new CoordError(
        'BAD_INPUT',
        'Say with --company whose head it is: there are several companies here',
      );
    }
    const verified: VerifiedCompany[] = [];
    for (const { id, name, folder, log } of meant) {
      const verdict =
        log instanceof CoordError ? unreadable(log) : await verdictOn(log, folder, noted, name ?? id);
      verified.push({ id, name, ...verdict });
    }
    return verified;
  } finally {
    close(logs);
  }
}

async function verdictOn(
  log: LogFile,
  folder: string,
  noted: readonly NotedLink[],
  called: string,
): Promise<ChainVerdict> {
  const progress = openProgress(`verify ${plainLine(called)}`, 'events');
  try {
    // Noted before the walk begins, so that a log that grows meanwhile is never behind.
    const anchor = await readAnchor(anchorFileOf(folder));
    const total = anchor === null || anchor === 'unreadable' ? null : anchor.seq;
    const onWalked = (seq: Seq) => progress.show(seq, total);
    const verdict = await verifyLog(log, { anchor, noted, onWalked });
    return { ...verdict, unchecked: [...verdict.unchecked, ...onBranch(folder)] };
  } catch (error) {
    if (error instanceof CoordError) return unreadable(error);
    throw error;
  } finally {
    progress.end();
  }
}

/** It is in no chain before it is in the log. @throws CoordError it can't be read */
function onBranch(folder: string): Unchecked[] {
  const deeds = countDeeds(branchFileOf(folder), sqliteOptions);
  if (deeds === 0) return [];
  const what = deeds === 1 ? '1 command that was' : `${deeds} commands that were`;
  const why =
    `${what} taken while Redis was away can’t be checked: what waits (branch.sqlite) is done in the log, ` +
    'and gets its links, when this host is back';
  return [{ what: 'branch', why }];
}

function unreadable({ message }: CoordError): ChainVerdict {
  const seq = 0 as Seq;
  const head = { seq, chain: firstLink };
  const fault = { seq, kind: 'unreadable', why: message } as const;
  return { ok: false, events: 0, head, anchor: null, snapshots: 0, unchecked: [], fault };
}

function close(logs: readonly CompanyLog[]): void {
  for (const { log } of logs) if (!(log instanceof CoordError)) log.close();
}

function findCompanyLog(wanted: string, logs: readonly CompanyLog[]): CompanyLog {
  return findNamed(
    'company',
    wanted,
    logs.map((log) => ({ ...log, name: log.name ?? log.id, hint: log.folder })),
  );
}

async function openLogs(dataDir: string): Promise<CompanyLog[]> {
  const companies = join(dataDir, 'companies');
  const entries = await readdir(companies, { withFileTypes: true }).catch(() => []);
  const logs: CompanyLog[] = [];
  try {
    for (const { name: id } of entries
      .filter((entry) => entry.isDirectory() && !isUnfinished(entry.name))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const folder = join(companies, id);
      const log = openLog(folder);
      const told = log instanceof CoordError ? null : log.companyName();
      logs.push({ id, name: told ?? (await notedName(folder)), folder, log });
    }
    return logs;
  } catch (error) {
    close(logs);
    throw error;
  }
}

function openLog(folder: string): LogFile | CoordError {
  try {
    return openLogFile(logFileOf(folder), sqliteOptions);
  } catch (error) {
    if (error instanceof CoordError) return error;
    throw error;
  }
}
