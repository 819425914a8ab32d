/** How this host gets into Railway: the settings of its data directory, and the token from the keychain or the environment. */
import { join } from 'node:path';
import { isLoopback } from '../../contract/host-address.ts';
import type { RailwaySettings } from '../../contract/railway-settings.ts';
import { railwaySettingsSchema } from '../../contract/railway-settings.ts';
import { CoordError } from '../../core/error.ts';
import type { RailwayToken, RailwayTokenKind } from '../../launchers/railway/railway-options.ts';
import { railwayEndpoint } from '../../launchers/railway/railway-options.ts';
import type { Keychain } from '../keychain.ts';
import { systemKeychain } from '../keychain.ts';
import type { PrivateDocument } from '../private-document.ts';
import { privateDocument } from '../private-document.ts';

/** As Railway's own command line has them. */
export const tokenVariables: Readonly<Record<RailwayTokenKind, string>> = {
  project: 'RAILWAY_TOKEN',
  account: 'RAILWAY_API_TOKEN',
};

export const railwayKeychain = systemKeychain(
  'give the host the token in its environment: RAILWAY_TOKEN (of a project) or RAILWAY_API_TOKEN, and set it up with --token-from-environment',
);

export const railwaySettings = (dataDir: string): PrivateDocument<RailwaySettings> =>
  privateDocument(dataDir, join(dataDir, 'railway.json'), railwaySettingsSchema);

export const endpointOf = ({ endpoint }: Pick<RailwaySettings, 'endpoint'>): string =>
  endpoint ?? railwayEndpoint;

/** A token is found by where it goes as well: no other address ever gets it. */
export const tokenPurpose = (settings: Pick<RailwaySettings, 'endpoint' | 'projectId'>): string =>
  `token of the Railway project ${settings.projectId} at ${endpointOf(settings)}`;

/** @throws CoordError `BAD_INPUT` - no address, or one at which others could read the token */
export function parseEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (url && isSafe && url.username === '' && url.password === '') return url.href;
  throw new CoordError(
    'BAD_INPUT',
    `The address “${text.slice(0, 200)}” of the API was refused: write it as ${railwayEndpoint}, with https`,
  );
}

/** @throws CoordError `LAUNCH_FAILED` - there is none; `KEYCHAIN_UNAVAILABLE` */
export async function railwayToken(
  settings: RailwaySettings,
  { env, keychain }: { readonly env: NodeJS.ProcessEnv; readonly keychain: Pick<Keychain, 'get'> },
): Promise<RailwayToken> {
  const { tokenKind: kind, token: from } = settings;
  const variable = tokenVariables[kind];
  const value = from === 'environment' ? env[variable] : await keychain.get(tokenPurpose(settings));
  if (value) return { kind, value };
  throw new CoordError(
    'LAUNCH_FAILED',
    from === 'environment'
      ? `There is no token for Railway in ${variable} of the host's environment: set it, or give one with “agentcoord railway set”`
      : 'There is no token for Railway in the keychain: give one with “agentcoord railway set”',
  );
}
