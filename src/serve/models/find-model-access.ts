/** Finds out how a model is reached and with which key: from the environment, or from settings and keychain. */
import type { ModelAccess, ModelKind } from '../../contract/model-access.ts';
import { CoordError } from '../../core/error.ts';
import type { Keychain } from '../keychain.ts';
import { knownProviders } from './known-providers.ts';
import { isInTheClear, keyPurpose, modelSettings, parseBaseUrl } from './model-settings.ts';

export interface AccessParts {
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly keychain: Keychain;
}

/** What a member says of it. */
export interface AccessWish {
  readonly provider: string;
  /** Null: where the provider is. */
  readonly baseUrl: string | null;
}

/**
 * A key only goes where it was set for: a company file that names another address gets none.
 * @throws CoordError `MODEL_UNUSABLE` - no such provider, no key, or none for that address; `KEYCHAIN_UNAVAILABLE`; `BAD_INPUT`
 */
export async function findModelAccess(
  { dataDir, env, keychain }: AccessParts,
  { provider, baseUrl: wished }: AccessWish,
): Promise<ModelAccess> {
  const set = (await modelSettings(dataDir).read())?.providers[provider] ?? null;
  const known = knownProviders[provider];
  const kind: ModelKind | undefined = set?.kind ?? known?.kind ?? (wished ? 'openai-compatible' : undefined);
  if (kind === undefined) throw noProvider(provider);
  const fromEnv = (known && env[known.urlVariable]) || null;
  const home = urlOf(set?.baseUrl ?? fromEnv ?? knownProviders[kind]?.baseUrl ?? null);
  const baseUrl = urlOf(wished) ?? home;
  if (baseUrl === null) throw noProvider(provider);
  const access = { provider, kind, baseUrl, model: set?.model ?? null };
  if (baseUrl !== home) {
    if (kind === 'openai-compatible') return { ...access, key: null };
    throw new CoordError(
      'MODEL_UNUSABLE',
      `The key of ${provider} is for ${home}, and the member’s base_url is ${baseUrl}: it isn’t sent there. ` +
        `Give that address a name and a key of its own: agentcoord models set NAME --kind ${kind} --base-url ${baseUrl}`,
      { provider, baseUrl },
    );
  }
  const key = known && env[known.keyVariable];
  if (key) return { ...access, key: requireCovered(provider, baseUrl, key) };
  if (set?.key === 'none') return { ...access, key: null };
  if (set === null) throw noKey(provider);
  const kept = await keychain.get(keyPurpose(provider, baseUrl));
  if (kept === null) throw noKey(provider);
  return { ...access, key: requireCovered(provider, baseUrl, kept) };
}

const urlOf = (text: string | null): string | null => (text === null ? null : parseBaseUrl(text));

/** @throws CoordError `MODEL_UNUSABLE` - whoever is on the way would read the key */
export function requireCovered(provider: string, baseUrl: string, key: string): string {
  if (!isInTheClear(baseUrl)) return key;
  throw new CoordError(
    'MODEL_UNUSABLE',
    `The key of ${provider} isn’t sent to ${baseUrl}: without TLS everybody on the way could read it. Use an address with https://`,
    { provider, baseUrl },
  );
}

function noProvider(provider: string): CoordError {
  return new CoordError(
    'MODEL_UNUSABLE',
    `There is no provider “${provider}”: anthropic and openai are known, and others by their address: ` +
      `agentcoord models set ${provider} --base-url http://127.0.0.1:11434/v1`,
    { provider },
  );
}

function noKey(provider: string): CoordError {
  const variable = knownProviders[provider]?.keyVariable;
  const instead = variable ? `, or in a container give the host ${variable} in its environment` : '';
  return new CoordError(
    'MODEL_UNUSABLE',
    `There is no key of ${provider}: set it with “agentcoord models set ${provider}”, which asks for it${instead}`,
    { provider },
  );
}
