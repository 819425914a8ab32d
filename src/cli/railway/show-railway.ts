/** Says how Railway is set up, whether the token is taken, and what runs there: never the token. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CoordError } from '../../core/error.ts';
import { ownPrefix } from '../../launchers/railway/service-names.ts';
import { defaultDataDir } from '../../serve/data-directory.ts';
import { knownHostId } from '../../serve/host-id.ts';
import { railwayKeychain, railwaySettings, railwayToken } from '../../serve/railway/railway-access.ts';
import { askRailway } from '../../serve/railway/railway-workers.ts';
import { calledAs } from '../called-as.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';

export async function showRailway(command: Command): Promise<void> {
  const { dataDir: given, json } = globalOptions(command);
  const dataDir = resolve(given ?? defaultDataDir());
  const document = railwaySettings(dataDir);
  const settings = await document.read();
  const output = openOutput(json);
  if (!settings) {
    output.answer({ railway: null }, () => `Railway is not set up: ${calledAs()} railway set`);
    return;
  }
  const token = () => railwayToken(settings, { env: process.env, keychain: railwayKeychain });
  const seen = await look(dataDir, () => askRailway(settings, token).services());
  output.answer({ railway: { ...settings, ...seen } }, () =>
    [
      `Project ${seen.project === null ? settings.projectId : plainLine(seen.project)} at Railway, image ${plainLine(settings.image)}, ` +
        `at most ${settings.maxServices} workers at once.`,
      seen.trouble === null
        ? `Of this host there ${seen.services.length === 1 ? 'is 1 service' : `are ${seen.services.length} services`}.`
        : plainLine(seen.trouble.message),
    ].join('\n'),
  );
}

async function look(
  dataDir: string,
  ask: () => Promise<{ readonly project: string; readonly services: readonly { readonly name: string }[] }>,
) {
  try {
    const { project, services } = await ask();
    const host = await knownHostId(dataDir);
    const names = host === null ? [] : services.map(({ name }) => name);
    const own = names.filter((name) => name.startsWith(ownPrefix(host ?? '')));
    return { project, services: own, trouble: null };
  } catch (error) {
    if (!(error instanceof CoordError)) throw error;
    return { project: null, services: [], trouble: { code: error.code, message: error.message } };
  }
}
