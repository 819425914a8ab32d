/** Workers at Railway, as a host starts them. */
import type { Launcher } from '../../contract/launcher.ts';
import type { RailwaySettings } from '../../contract/railway-settings.ts';
import type { HostId } from '../../core/ids.ts';
import { createRailwayLauncher } from '../../launchers/railway/railway.ts';
import { RailwayApi } from '../../launchers/railway/railway-api.ts';
import { RailwayCalls } from '../../launchers/railway/railway-calls.ts';
import type { RailwayPace, RailwayToken } from '../../launchers/railway/railway-options.ts';
import { usualPace } from '../../launchers/railway/railway-options.ts';
import { endpointOf, railwayKeychain, railwaySettings, railwayToken } from './railway-access.ts';

export interface RailwaySurroundings {
  readonly dataDir: string;
  readonly host: HostId;
  readonly env: NodeJS.ProcessEnv;
  readonly onFault: (error: unknown) => void;
}

/** Null: this data directory knows nothing of Railway. @throws CoordError `DATA_DIR_UNUSABLE` */
export async function railwayWorkers(surroundings: RailwaySurroundings): Promise<Launcher | null> {
  const settings = await railwaySettings(surroundings.dataDir).read();
  return settings && railwayLauncher(settings, surroundings);
}

/** What a person asks of Railway, without any worker. */
export function askRailway(
  settings: RailwaySettings,
  token: () => Promise<RailwayToken>,
): Pick<RailwayCalls, 'services'> {
  const api = new RailwayApi({ endpoint: endpointOf(settings), token, pace: usualPace });
  return new RailwayCalls(api, settings);
}

function railwayLauncher(settings: RailwaySettings, { host, env, onFault }: RailwaySurroundings): Launcher {
  const { memory, vCpus, ...others } = settings;
  return createRailwayLauncher({
    ...others,
    endpoint: endpointOf(settings),
    token: () => railwayToken(settings, { env, keychain: railwayKeychain }),
    limits: { memory, vCpus },
    owner: host,
    pace: paceFrom(env['AGENTCOORD_RAILWAY_LOOK_MS']),
    onFault,
  });
}

/** How often it is looked at what became of a worker, in ms: Railway counts the requests of an hour. */
function paceFrom(text: string | undefined): Partial<RailwayPace> {
  const every = Number(text);
  if (text === undefined || !Number.isInteger(every) || every < 20) return {};
  return { busy: every as RailwayPace['busy'], calm: every as RailwayPace['calm'] };
}
