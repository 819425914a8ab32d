/** Where a key goes: to the address that it was set for. */
import { expect, it } from 'vitest';
import type { Keychain } from '../../src/serve/keychain.ts';
import { findModelAccess } from '../../src/serve/models/find-model-access.ts';
import { keyPurpose, modelSettings } from '../../src/serve/models/model-settings.ts';
import { workerHandovers } from '../../src/serve/models/worker-handovers.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const home = 'https://api.anthropic.com/v1';
const env = { ANTHROPIC_API_KEY: 'sk-env' };

/** One that holds what it is given. */
function holding(keys: Readonly<Record<string, string>>): Keychain {
  const refuse = () => Promise.reject(new Error('nothing is set here'));
  return { get: async (purpose) => keys[purpose] ?? null, set: refuse, remove: refuse };
}

async function parts(keys: Readonly<Record<string, string>> = {}, environment = {}) {
  return { dataDir: await temporaryFolder(), env: environment, keychain: holding(keys) };
}

it('of the environment goes to the provider', async () => {
  const found = await findModelAccess(await parts({}, env), { provider: 'anthropic', baseUrl: null });
  expect(found).toMatchObject({ kind: 'anthropic', baseUrl: home, key: 'sk-env' });
});

it.each(['https://evil.example/v1', 'http://127.0.0.1:9/v1', `${home}.evil.example`])(
  'does not go to %s because a company file says so',
  async (baseUrl) => {
    const asked = await parts({ [keyPurpose('anthropic', home)]: 'sk-kept' }, env);
    const found = findModelAccess(asked, { provider: 'anthropic', baseUrl });
    await expect(found).rejects.toThrow(/isn’t sent there/);
  },
);

it('of an address of one’s own is found by that address, and an endpoint beside it gets none', async () => {
  const own = 'https://models.example/v1';
  const asked = await parts({ [keyPurpose('own', own)]: 'sk-own' });
  const provider = { kind: 'openai-compatible', baseUrl: own, key: 'keychain', model: null } as const;
  await modelSettings(asked.dataDir).write({ providers: { own: provider } });
  const wish = { provider: 'own', baseUrl: null };
  expect(await findModelAccess(asked, wish)).toMatchObject({ key: 'sk-own', baseUrl: own });
  const elsewhere = await findModelAccess(asked, { ...wish, baseUrl: 'https://other.example/v1' });
  expect(elsewhere.key).toBeNull();
});

it('is handed to workers that call models, and a missing one in words', async () => {
  const asked = await parts({}, env);
  const handover = workerHandovers(asked);
  const line = await handover({ name: 'llm', options: { model: 'claude-haiku-4-5' } });
  expect(line).not.toContain('\n');
  const { model, prompts } = JSON.parse(line);
  expect(model.key).toBe('sk-env');
  expect(Object.keys(prompts).sort()).toEqual(['review', 'task']);
  expect(await handover({ name: 'script', options: {} })).not.toContain('sk-env');
  const missing = await handover({ name: 'llm', options: { provider: 'openai', model: 'gpt-5' } });
  expect(missing).toMatch(/There is no key of openai.*OPENAI_API_KEY/);
});
