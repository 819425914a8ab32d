/** The data directory: who may read it, how much room it has, who holds it, and whether its logs are sound. */
import { constants } from 'node:fs';
import { access, readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { rpcVersion } from '../../contract/rpc.ts';
import { isUnfinished } from '../../coordinator/create-company-folder.ts';
import { logFileOf } from '../../coordinator/open-company.ts';
import { quickCheck } from '../../log/sqlite/quick-check.ts';
import { connectClient } from '../../rpc/client.ts';
import { openSocketChannel } from '../../rpc/socket-channel.ts';
import { readHostFile } from '../../serve/host-file.ts';
import { sqliteOptions } from '../../serve/installation.ts';
import type { Finding } from './finding.ts';
import { fail, ok, warn } from './finding.ts';

/** In bytes: less is a warning, and no log should run into the end of the disk. */
const scarce = 1024 ** 3;
const tooLittle = 64 * 1024 ** 2;

export async function checkFolder(dataDir: string): Promise<Finding> {
  const found = await stat(dataDir).catch(() => null);
  if (!found) return warn('data directory', `${dataDir} is not there yet`, 'agentcoord init makes it');
  try {
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return fail(
      'data directory',
      `you may not read and write ${dataDir}`,
      `Make it yours: chown and chmod 700`,
    );
  }
  const isOpen = process.platform !== 'win32' && (found.mode & 0o077) !== 0;
  if (isOpen) return warn('data directory', `others may look into ${dataDir}`, `chmod 700 ${dataDir}`);
  return ok('data directory', dataDir);
}

export async function checkRoom(dataDir: string): Promise<Finding> {
  const disk = await statfs(dataDir).catch(() => null);
  if (!disk) return ok('room', 'not known before the data directory is there');
  const free = disk.bavail * disk.bsize;
  const words = `${(free / 1024 ** 3).toFixed(1)} GiB free`;
  const todo = 'Make room: a full disk refuses every command';
  if (free < tooLittle) return fail('room', words, todo);
  return free < scarce ? warn('room', words, todo) : ok('room', words);
}

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
    const why = error instanceof Error ? error.message : String(error);
    const todo = 'If it was killed, just start the next one: it takes over. Else stop that process first';
    return warn('host', `${who}: does not answer (${why})`, todo);
  }
}

/** One for each company. */
export async function checkLogs(dataDir: string): Promise<Finding[]> {
  const companies = join(dataDir, 'companies');
  const entries = await readdir(companies, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !isUnfinished(entry.name))
    .map(({ name }) => checkLog(name, logFileOf(join(companies, name))));
}

function checkLog(companyId: string, file: string): Finding {
  const about = `log of ${companyId}`;
  const todo = `Put a backup in its place; "agentcoord verify" says what is left. The file: ${file}`;
  try {
    const damage = quickCheck(file, sqliteOptions);
    if (damage !== null) return fail(about, damage, todo);
    return ok(about, 'SQLite finds no damage; "agentcoord verify" walks every event');
  } catch (error) {
    return fail(about, error instanceof Error ? error.message : String(error), todo);
  }
}
