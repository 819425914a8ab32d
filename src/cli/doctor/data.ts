/** What is in the data directory: who holds it, and whether its logs are sound. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostWarning } from '../../contract/rpc.ts';
import { rpcVersion } from '../../contract/rpc.ts';
import { notedName } from '../../coordinator/company-name.ts';
import { isUnfinished } from '../../coordinator/create-company-folder.ts';
import { logFileOf } from '../../coordinator/open-company.ts';
import { CoordError } from '../../core/error.ts';
import { quickCheck } from '../../log/sqlite/quick-check.ts';
import { connectClient } from '../../rpc/client.ts';
import { openSocketChannel } from '../../rpc/socket-channel.ts';
import { readHostFile } from '../../serve/host-file.ts';
import { sqliteOptions } from '../../serve/installation.ts';
import { openHost } from '../../serve/open-host.ts';
import { plainLine } from '../output/plain-text.ts';
import type { Finding } from './finding.ts';
import { fail, ok, warn } from './finding.ts';

export async function checkHost(dataDir: string): Promise<Finding> {
  const host = await readHostFile(dataDir);
  if (!host) return ok('host', 'none runs');
  const who = `${host.name}, process ${host.pid}, since ${host.startedAt}`;
  try {
    const connection = connectClient(await openSocketChannel(host.socket));
    try {
      await connection.hello({ version: rpcVersion, token: host.token, client: 'doctor' });
      return ok('host', `${who}: answers`);
    } finally {
      connection.close();
    }
  } catch (error) {
    // Told of with its log.
    if (isAboutLog(error)) return ok('host', `${who}: answers`);
    const why = error instanceof Error ? error.message : String(error);
    const todo = 'If it was killed, just start the next one: it takes over. Else stop that process first';
    return warn('host', `${who}: does not answer (${why})`, todo);
  }
}

/** One for each company: what SQLite says of its file, and whether a host opens it. */
export async function checkLogs(dataDir: string): Promise<Finding[]> {
  const companies = join(dataDir, 'companies');
  const entries = await readdir(companies, { withFileTypes: true }).catch(() => []);
  const ids = entries
    .filter((entry) => entry.isDirectory() && !isUnfinished(entry.name))
    .map(({ name }) => name);
  if (ids.length === 0) return [];
  try {
    const refused = await refusedLogs(dataDir, ids);
    const findings: Finding[] = [];
    for (const id of ids) {
      const folder = join(companies, id);
      const name = await notedName(folder);
      const about = name === null ? `log of ${id}` : `log of ${plainLine(name)} (${id})`;
      findings.push(checkLog(about, logFileOf(folder), refused.get(id) ?? null));
    }
    return findings;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [
      fail('logs', `they can’t be opened: ${why}`, 'Nothing can be said of them before that is mended'),
    ];
  }
}

/** Why a host does not open logs, by company: the one that runs, or one of our own as every command opens it. */
async function refusedLogs(dataDir: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const byId = (warnings: readonly HostWarning[]) =>
    new Map(warnings.map(({ company, message }) => [company.id as string, message]));
  const running = await readHostFile(dataDir);
  const connection = running && (await openSocketChannel(running.socket).then(connectClient, () => null));
  if (!running || !connection) {
    const host = await openHost({ dataDir, name: 'agentcoord doctor', listen: false, workers: 0 });
    try {
      return byId(await host.companies.warnings());
    } finally {
      await host.close();
    }
  }
  try {
    return byId(
      (await connection.hello({ version: rpcVersion, token: running.token, client: 'doctor' })).warnings,
    );
  } catch (error) {
    if (!(error instanceof CoordError && isAboutLog(error))) throw error;
    // Nobody gets in where the only company stays closed.
    return new Map(ids.map((id) => [id, error.message]));
  } finally {
    connection.close();
  }
}

const isAboutLog = (error: unknown): boolean =>
  error instanceof CoordError &&
  ['DATABASE_DAMAGED', 'DATABASE_TOO_NEW', 'LOG_UNAVAILABLE'].includes(error.code);

function checkLog(about: string, file: string, refused: string | null): Finding {
  const todo = `Put a backup in its place; "agentcoord verify" says what is left. The file: ${file}`;
  try {
    const damage = quickCheck(file, sqliteOptions);
    if (damage !== null) return fail(about, damage, todo);
    if (refused !== null) return fail(about, refused, todo);
    return ok(about, 'it opens, and SQLite finds no damage; "agentcoord verify" walks every event');
  } catch (error) {
    return fail(about, error instanceof Error ? error.message : String(error), todo);
  }
}
