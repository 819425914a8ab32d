/** Keeps where workers may run at Railway in the data directory, and the token in the keychain, once Railway takes it. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { RailwaySettings } from '../../contract/railway-settings.ts';
import { usualMaxServices } from '../../contract/railway-settings.ts';
import { CoordError } from '../../core/error.ts';
import { prepareDataDir } from '../../log/sqlite/data-dir.ts';
import { defaultDataDir } from '../../serve/data-directory.ts';
import {
  parseEndpoint,
  railwayKeychain,
  railwaySettings,
  railwayToken,
  tokenPurpose,
  tokenVariables,
} from '../../serve/railway/railway-access.ts';
import { askRailway } from '../../serve/railway/railway-workers.ts';
import { askSecret } from '../ask-secret.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';

export interface SetRailwayOptions {
  readonly project: string;
  readonly environment: string;
  readonly image: string;
  readonly region?: string;
  readonly memory?: number;
  readonly cpus?: number;
  readonly maxServices?: number;
  readonly accountToken?: boolean;
  readonly tokenFromEnvironment?: boolean;
  readonly endpoint?: string;
}

export async function setRailway(options: SetRailwayOptions, command: Command): Promise<void> {
  const { dataDir: given, json } = globalOptions(command);
  const dataDir = resolve(given ?? defaultDataDir());
  const settings = settingsOf(options);
  const token = settings.token === 'environment' ? null : await askSecret('Token of Railway: ');
  if (token?.trim() === '') {
    throw new CoordError(
      'BAD_INPUT',
      `Nothing was set: no token was given. Make one at Railway, or say --token-from-environment and set ${tokenVariables[settings.tokenKind]}`,
    );
  }
  const shown = async () =>
    token === null
      ? railwayToken(settings, { env: process.env, keychain: railwayKeychain })
      : { kind: settings.tokenKind, value: token.trim() };
  const { project } = await askRailway(settings, shown).services();
  await prepareDataDir(dataDir);
  if (token !== null) await railwayKeychain.set(tokenPurpose(settings), token.trim());
  const document = railwaySettings(dataDir);
  await forgetToken(await document.read(), token === null ? null : settings);
  await document.write(settings);
  openOutput(json).answer({ ...settings, project, dataDir }, () =>
    [
      `Workers may run in the project ${plainLine(project)} at Railway: ${settings.maxServices} at once, from ${plainLine(settings.image)}.`,
      'Start the host again, with --public-url, so that they reach it: agentcoord worker spawn --role ROLE --launcher railway',
    ].join('\n'),
  );
}

export async function forgetRailway(command: Command): Promise<void> {
  const { dataDir: given, json } = globalOptions(command);
  const document = railwaySettings(resolve(given ?? defaultDataDir()));
  const settings = await document.read();
  await forgetToken(settings, null);
  await document.remove();
  openOutput(json).answer({ forgotten: settings?.projectId ?? null }, () =>
    settings ? 'Railway is forgotten, and the token with it.' : 'Railway was not set up.',
  );
}

function settingsOf(options: SetRailwayOptions): RailwaySettings {
  return {
    projectId: options.project,
    environmentId: options.environment,
    image: options.image,
    region: options.region ?? null,
    memory: options.memory ?? null,
    vCpus: options.cpus ?? null,
    maxServices: options.maxServices ?? usualMaxServices,
    endpoint: options.endpoint === undefined ? null : parseEndpoint(options.endpoint),
    tokenKind: options.accountToken ? 'account' : 'project',
    token: options.tokenFromEnvironment ? 'environment' : 'keychain',
  };
}

/** That of a project or an address that is no longer the one. */
async function forgetToken(before: RailwaySettings | null, kept: RailwaySettings | null): Promise<void> {
  if (before?.token !== 'keychain') return;
  if (kept && tokenPurpose(before) === tokenPurpose(kept)) return;
  await railwayKeychain.remove(tokenPurpose(before));
}
