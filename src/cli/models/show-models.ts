/** Says which models this data directory knows, and where the key of each comes from: never the key. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CoordError } from '../../core/error.ts';
import { defaultDataDir } from '../../serve/data-directory.ts';
import { findModelAccess } from '../../serve/models/find-model-access.ts';
import { knownProviders } from '../../serve/models/known-providers.ts';
import { modelKeychain, modelSettings } from '../../serve/models/model-settings.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

interface SeenProvider {
  readonly provider: string;
  readonly kind: string | null;
  readonly baseUrl: string | null;
  readonly model: string | null;
  readonly key: 'keychain' | 'environment' | 'none' | 'missing';
  /** Why it can't be used; null: as far as can be told without a call, it can. */
  readonly trouble: { readonly code: string; readonly message: string } | null;
}

export async function showModels(command: Command): Promise<void> {
  const { dataDir: given, json } = globalOptions(command);
  const dataDir = resolve(given ?? defaultDataDir());
  const settings = modelSettings(dataDir);
  const set = (await settings.read())?.providers ?? {};
  const names = [...new Set([...Object.keys(knownProviders), ...Object.keys(set)])];
  const providers = await Promise.all(
    names.map((name) => seeProvider(dataDir, name, set[name]?.key ?? null)),
  );
  openOutput(json).answer({ providers, file: settings.file }, () => providers.map(lineOf).join('\n'));
}

async function seeProvider(
  dataDir: string,
  provider: string,
  setKey: 'keychain' | 'none' | null,
): Promise<SeenProvider> {
  const { env } = process;
  try {
    const wish = { provider, baseUrl: null };
    const access = await findModelAccess({ dataDir, env, keychain: modelKeychain }, wish);
    const { kind, baseUrl, model } = access;
    const variable = knownProviders[provider]?.keyVariable;
    const fromEnvironment = variable !== undefined && Boolean(env[variable]);
    const key = access.key === null ? 'none' : fromEnvironment ? 'environment' : 'keychain';
    return { provider, kind, baseUrl, model, key, trouble: null };
  } catch (error) {
    if (!(error instanceof CoordError)) throw error;
    const trouble = { code: error.code, message: error.message };
    return { provider, kind: null, baseUrl: null, model: null, key: setKey ?? 'missing', trouble };
  }
}

function lineOf({ provider, baseUrl, model, key, trouble }: SeenProvider): string {
  if (trouble) return `${provider}: ${trouble.message}`;
  const keys = {
    keychain: 'its key is in your keychain',
    environment: 'its key is in the environment',
    none: 'it takes no key',
    missing: 'it has no key',
  };
  return `${provider}: ${baseUrl}, ${keys[key]}${model === null ? '' : `, usually ${model}`}`;
}
