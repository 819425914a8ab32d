/** Calls a model once: whether it answers, how fast, and what that cost. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ModelAccess } from '../../contract/model-access.ts';
import { dollars } from '../../core/budget/room.ts';
import { CoordError } from '../../core/error.ts';
import { seconds } from '../../core/units.ts';
import { callModel } from '../../runners/llm/call-model.ts';
import { connectModel } from '../../runners/llm/connect-model.ts';
import { modelFault } from '../../runners/llm/model-fault.ts';
import { findPrice } from '../../runners/llm/model-price.ts';
import { defaultDataDir } from '../../serve/data-directory.ts';
import { findModelAccess } from '../../serve/models/find-model-access.ts';
import { modelKeychain } from '../../serve/models/model-settings.ts';
import { readPriceFile } from '../../serve/models/price-file.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

export async function testModel(provider: string, named: string | null, command: Command): Promise<void> {
  const { dataDir: given, json } = globalOptions(command);
  const dataDir = resolve(given ?? defaultDataDir());
  const { env } = process;
  const wish = { provider, baseUrl: null };
  const access = await findModelAccess({ dataDir, env, keychain: modelKeychain }, wish);
  const model = named ?? access.model;
  if (model === null) {
    throw new CoordError(
      'MODEL_UNUSABLE',
      `Nothing was called: which model of ${provider}? Name it with --model, or for good with “agentcoord models set ${provider} --model NAME”`,
    );
  }
  const byPerson = (await readPriceFile(dataDir))[model];
  const price = findPrice(access, model, { byMember: undefined, byPerson });
  const startedAt = performance.now();
  const { text, usage } = await ask(access, model);
  const milliseconds = Math.round(performance.now() - startedAt);
  const cost = price.from === null ? null : price.cost(usage);
  openOutput(json).answer({ provider, model, milliseconds, text, usage, cost, priceFrom: price.from }, () =>
    [
      `${model} of ${provider} answered “${text.trim().slice(0, 60)}” after ${milliseconds} ms.`,
      cost === null
        ? `Nobody knows its price: only tokens are counted. Say it in ${dataDir}/model-prices.yaml, or as the member’s price.`
        : `It cost ${dollars(cost)} (${usage.tokensIn} tokens in, ${usage.tokensOut} out; prices: ${price.from}).`,
    ].join('\n'),
  );
}

async function ask(access: ModelAccess, model: string) {
  try {
    return await callModel({
      model: connectModel(access, model),
      instructions: 'You answer with one word.',
      messages: [{ role: 'user', content: 'Say: ready' }],
      tools: {},
      maxOutputTokens: 64,
      patience: seconds(30),
      signal: new AbortController().signal,
      onLine: () => undefined,
    });
  } catch (error) {
    throw new CoordError('MODEL_UNUSABLE', `${modelFault(error, access, model).words}.`, {
      provider: access.provider,
      model,
    });
  }
}
