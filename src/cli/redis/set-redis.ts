/** Keeps where the Redis is in the data directory, and the password in the keychain; tries both before. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CoordError } from '../../core/error.ts';
import { CompanyIndex } from '../../log/redis/company-index.ts';
import type { RedisAddress } from '../../log/redis/redis-address.ts';
import { isOpenToOthers, parseRedisUrl, redisPlace } from '../../log/redis/redis-address.ts';
import { prepareDataDir } from '../../log/sqlite/data-dir.ts';
import { defaultDataDir } from '../../serve/data-directory.ts';
import { readHostFile } from '../../serve/host-file.ts';
import {
  keychainPurpose,
  redisSettings,
  refusePassword,
  unprotected,
  urlWithoutPassword,
} from '../../serve/redis/redis-access.ts';
import { redisKeychain } from '../../serve/redis/redis-keychain.ts';
import { askSecret, askYes } from '../ask-secret.ts';
import { calledAs } from '../called-as.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

export interface SetOptions {
  readonly ca?: string;
  readonly noPassword: boolean;
  readonly anybodyMayReadIt: boolean;
  readonly keepEvents?: number;
}

/** How long Redis may take for a command while somebody waits at the terminal, in ms. */
const patience = 5_000;

export async function setRedis(url: string, options: SetOptions, command: Command): Promise<void> {
  const { dataDir: given, json } = globalOptions(command);
  const output = openOutput(json);
  refusePassword(url);
  const bare = parseRedisUrl(url);
  const place = redisPlace(bare);
  const password = options.noPassword ? '' : await askSecret(`Password of ${place} (none: just Enter): `);
  const address = { ...bare, password: password === '' ? null : password };
  await requireAcknowledged(address, options.anybodyMayReadIt);
  const ca = options.ca === undefined ? null : resolve(options.ca);
  const index = await CompanyIndex.open(address, {
    commandTimeout: patience,
    ca: ca === null ? undefined : await certificate(ca),
  });
  try {
    const companies = (await index.all())
      .filter(({ left }) => left === null)
      .map(({ id, name }) => ({ id, name }));
    const dataDir = resolve(given ?? defaultDataDir());
    await prepareDataDir(dataDir);
    if (address.password !== null) await redisKeychain.set(keychainPurpose(bare), address.password);
    await redisSettings(dataDir).write({
      url: urlWithoutPassword(bare),
      password: address.password === null ? 'none' : 'keychain',
      ca,
      openToAnybody: isOpenToOthers(address),
      keepEvents: options.keepEvents ?? null,
    });
    const host = await readHostFile(dataDir);
    output.answer({ place, companies, dataDir }, () =>
      [
        `Redis at ${place} can be used, and is set for ${dataDir}.`,
        companies.length === 0
          ? `It holds no company yet. Move one there: ${calledAs()} move --to redis`
          : `It holds ${companies.map(({ name }) => name).join(', ')}: “${calledAs()} serve” opens what is there.`,
        ...(host ? ['A host that used another Redis before uses this one from its next start on.'] : []),
      ].join('\n'),
    );
  } finally {
    index.close();
  }
}

export async function forgetRedis(command: Command): Promise<void> {
  const { dataDir: given, json } = globalOptions(command);
  const dataDir = resolve(given ?? defaultDataDir());
  const settings = redisSettings(dataDir);
  const known = await settings.read();
  if (known?.password === 'keychain') await redisKeychain.remove(keychainPurpose(parseRedisUrl(known.url)));
  await settings.remove();
  openOutput(json).answer({ forgotten: known?.url ?? null }, () =>
    known ? `${known.url} is forgotten. Companies in it stay closed here.` : 'No Redis was set.',
  );
}

/** @throws CoordError `REDIS_UNPROTECTED` - nobody has said that it is all right */
async function requireAcknowledged(address: RedisAddress, isAccepted: boolean): Promise<void> {
  if (!isOpenToOthers(address)) return;
  const warning = unprotected(address);
  if (!isAccepted && !process.stdin.isTTY) throw warning;
  process.stderr.write(`warning: ${warning.message}\n`);
  if (isAccepted || (await askYes('Use it all the same? Type yes: '))) return;
  throw warning;
}

async function certificate(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new CoordError(
      'NOT_FOUND',
      `The certificate can’t be read: ${file}. Name the file in PEM with --ca`,
      {
        file,
      },
    );
  }
}
