/** Keeps where a model answers in the data directory, and its key in the keychain. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ModelKind, ProviderSettings } from '../../contract/model-access.ts';
import { providerNameSchema } from '../../contract/model-access.ts';
import { CoordError } from '../../core/error.ts';
import { prepareDataDir } from '../../log/sqlite/data-dir.ts';
import { defaultDataDir } from '../../serve/data-directory.ts';
import { requireCovered } from '../../serve/models/find-model-access.ts';
import { knownProviders } from '../../serve/models/known-providers.ts';
import { keyPurpose, modelKeychain, modelSettings, parseBaseUrl } from '../../serve/models/model-settings.ts';
import { askSecret } from '../ask-secret.ts';
import { calledAs } from '../called-as.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

export interface SetModelOptions {
  readonly baseUrl?: string;
  readonly kind?: ModelKind;
  readonly model?: string;
  /** False: it takes none. */
  readonly key: boolean;
}

export async function setModel(provider: string, options: SetModelOptions, command: Command): Promise<void> {
  const { dataDir: given, json } = globalOptions(command);
  const dataDir = resolve(given ?? defaultDataDir());
  requireName(provider);
  const known = knownProviders[provider];
  const kind = options.kind ?? known?.kind ?? 'openai-compatible';
  const baseUrl = options.baseUrl === undefined ? null : parseBaseUrl(options.baseUrl);
  const address = baseUrl ?? knownProviders[kind]?.baseUrl ?? null;
  if (address === null) throw noAddress(provider);
  const before = (await modelSettings(dataDir).read())?.providers ?? {};
  const key = options.key ? await askSecret(`Key of ${provider} at ${address}: `) : null;
  if (key?.trim() === '') throw noKeyGiven(provider);
  if (key !== null) requireCovered(provider, address, key);
  await prepareDataDir(dataDir);
  if (key !== null) await modelKeychain.set(keyPurpose(provider, address), key.trim());
  await forgetOtherKey(provider, before[provider] ?? null, key === null ? null : address);
  const settings: ProviderSettings = {
    kind,
    baseUrl,
    key: key === null ? 'none' : 'keychain',
    model: options.model ?? before[provider]?.model ?? null,
  };
  await modelSettings(dataDir).write({ providers: { ...before, [provider]: settings } });
  openOutput(json).answer({ provider, ...settings, baseUrl: address, dataDir }, () =>
    [
      `${provider} is set: ${kind} at ${address}, ${key === null ? 'without a key' : 'with a key in your keychain'}.`,
      `Try it: ${calledAs()} models test ${provider}${settings.model === null ? ' --model NAME' : ''}`,
    ].join('\n'),
  );
}

export async function forgetModel(provider: string, command: Command): Promise<void> {
  const { dataDir: given, json } = globalOptions(command);
  requireName(provider);
  const settings = modelSettings(resolve(given ?? defaultDataDir()));
  const { [provider]: known = null, ...others } = (await settings.read())?.providers ?? {};
  await forgetOtherKey(provider, known, null);
  if (known) await settings.write({ providers: others });
  openOutput(json).answer({ forgotten: known ? provider : null }, () =>
    known ? `${provider} is forgotten, and its key with it.` : `${provider} was not set.`,
  );
}

/** The key of an address that is no longer the one. */
async function forgetOtherKey(
  provider: string,
  before: ProviderSettings | null,
  kept: string | null,
): Promise<void> {
  const address = before && (before.baseUrl ?? knownProviders[before.kind]?.baseUrl);
  if (before?.key !== 'keychain' || !address || address === kept) return;
  await modelKeychain.remove(keyPurpose(provider, address));
}

function requireName(provider: string): void {
  const { error } = providerNameSchema.safeParse(provider);
  if (!error) return;
  const words = error.issues[0]?.message ?? '';
  throw new CoordError('BAD_INPUT', `“${provider.slice(0, 60)}” is no name of a provider: ${words}`);
}

function noAddress(provider: string): CoordError {
  return new CoordError(
    'BAD_INPUT',
    `Nothing was set: where does ${provider} answer? Say it with --base-url, such as http://127.0.0.1:11434/v1`,
  );
}

function noKeyGiven(provider: string): CoordError {
  return new CoordError(
    'BAD_INPUT',
    `Nothing was set: no key of ${provider} was given. If it takes none, say --no-key`,
  );
}
