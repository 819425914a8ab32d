/** The keys of models: they go into the keychain of the person, to the address that they were set for, and nowhere else. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MockModel } from '../runners/llm/mock-model.ts';
import { says, startMockModel, testKey } from '../runners/llm/mock-model.ts';
import type { TestKeychain } from './keychain.ts';
import { startKeychain } from './keychain.ts';
import { newPlace } from './place.ts';
import type { Sandbox } from './run-agentcoord.ts';
import { runAgentcoord } from './run-agentcoord.ts';

let keychain: TestKeychain;
let model: MockModel;
/** A machine that has no keychain gets one first, in ms. */
const installing = 240_000;
beforeAll(async () => {
  keychain = await startKeychain();
  model = await startMockModel(() => says('ready', { in: 1_000, out: 100 }));
}, installing);
afterAll(async () => {
  await model.stop();
  await keychain.stop();
});

const set = ({ dataDir }: Sandbox, stdin: string, ...args: string[]) =>
  runAgentcoord(['--data-dir', dataDir, 'models', 'set', ...args], {
    env: keychain.env,
    stdin: `${stdin}\n`,
  });

it('are set, shown without being shown, tried and forgotten', async () => {
  const place = await newPlace(keychain.env);
  const url = `${model.mock.url}/v1`;
  const isSet = await set(place, testKey, 'anthropic', '--base-url', url, '--model', 'claude-haiku-4-5');
  expect(isSet).toMatchObject({ code: 0, stderr: '' });
  const { providers } = await place.json('models');
  expect(providers[0]).toMatchObject({ provider: 'anthropic', baseUrl: url, key: 'keychain', trouble: null });
  expect(providers[1]).toMatchObject({ provider: 'openai', trouble: { code: 'MODEL_UNUSABLE' } });
  const tried = await place.json('models', 'test', 'anthropic');
  expect(tried).toMatchObject({ text: 'ready', priceFrom: 'genai-prices', cost: 1_500 });
  const [request] = model.mock.getRequests();
  expect(request?.path).toBe('/v1/messages');
  const shown = [isSet.stdout, JSON.stringify(providers), JSON.stringify(tried), ...(await textOf(place))];
  expect(shown.join('\n')).not.toContain(testKey);
  await place.json('models', 'forget', 'anthropic');
  const gone = await place.run('models', 'test', 'anthropic');
  expect(gone.stderr).toMatch(/^MODEL_UNUSABLE: There is no key of anthropic.*ANTHROPIC_API_KEY/);
});

it('a model on this machine needs none, and a price of the person’s own is gone by', async () => {
  const place = await newPlace(keychain.env);
  const url = `${model.mock.url}/v1`;
  expect(await set(place, '', 'local', '--base-url', url, '--no-key')).toMatchObject({ code: 0 });
  const unknown = await place.run('models', 'test', 'local', '--model', 'my-llama');
  expect(unknown.stdout).toContain('Nobody knows its price: only tokens are counted');
  const prices = join(place.dataDir, 'model-prices.yaml');
  await writeFile(prices, 'models:\n  my-llama: { input: 2, output: 10 }\n');
  const known = await place.json('models', 'test', 'local', '--model', 'my-llama');
  expect(known).toMatchObject({ cost: 3_000, priceFrom: 'your price file' });
  await writeFile(prices, 'models:\n  my-llama:\n    input: two\n    output: 10\n');
  const wrong = await place.run('models', 'test', 'local', '--model', 'my-llama');
  expect(wrong.stderr).toMatch(/^FILE_INVALID: .*model-prices\.yaml:3:12: /);
});

it.each([
  ['a slip in the address', ['local', '--base-url', 'localhost:1'], /BAD_INPUT: The base URL/],
  ['a password in it', ['local', '--base-url', 'http://a:b@c/v1'], /BAD_INPUT: The base URL/],
  ['no address', ['local'], /BAD_INPUT: Nothing was set: where does local answer/],
  ['a key that others could read', ['local', '--base-url', 'http://example.com/v1'], /MODEL_UNUSABLE: .*TLS/],
  ['no key', ['anthropic'], /BAD_INPUT: Nothing was set: no key/],
  ['a name that is none', ['../x', '--base-url', 'http://127.0.0.1:1'], /BAD_INPUT: .*no name/],
])('%s is refused', async (what, args, words) => {
  const { code, stderr } = await set(await newPlace(keychain.env), what === 'no key' ? '' : testKey, ...args);
  expect(code).toBe(1);
  expect(stderr).toMatch(words);
  expect(stderr).not.toContain(testKey);
});

it.each([
  [
    'the key is wrong',
    { status: 401, error: { message: 'invalid x-api-key' } },
    /refused the key \(401\).*models set/,
  ],
  [
    'there is no such model',
    { status: 404, error: { message: 'model: nope not found', type: 'not_found_error' } },
    /has no model “nope”/,
  ],
  [
    'the quota is used up',
    { status: 429, error: { message: 'You exceeded your current quota' } },
    /quota at anthropic is used up/,
  ],
])('says that %s', async (_what, response, words) => {
  const other = await startMockModel(() => response);
  const place = await newPlace(keychain.env);
  const env = { ...keychain.env, ANTHROPIC_API_KEY: testKey, ANTHROPIC_BASE_URL: `${other.mock.url}/v1` };
  const { code, stderr } = await runAgentcoord(
    ['--data-dir', place.dataDir, 'models', 'test', 'anthropic', '--model', 'nope'],
    { env },
  );
  await other.stop();
  expect(code).toBe(1);
  expect(stderr).toMatch(words);
  expect(stderr).not.toContain(testKey);
});

async function textOf({ dataDir }: Sandbox): Promise<string[]> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')));
}
