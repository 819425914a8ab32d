/** Gathers what a worker's runner needs of this host: access to a model with its key, prices, and the texts of prompts. */
import type { WorkerHandover } from '../../contract/model-access.ts';
import { nothingToHandOver } from '../../contract/model-access.ts';
import { CoordError } from '../../core/error.ts';
import type { RunnerChoice } from '../../core/org/org.ts';
import { llmOptionsSchema } from '../../runners/llm/llm-options.ts';
import type { AccessParts } from './find-model-access.ts';
import { findModelAccess } from './find-model-access.ts';
import { readPriceFile } from './price-file.ts';
import { readPrompts } from './prompt-files.ts';

/** @returns what gives the line for a worker: asked anew for each, so that a key which was set counts from the next one on */
export function workerHandovers(parts: AccessParts): (runner: RunnerChoice) => Promise<string> {
  return async (runner) => JSON.stringify(await handoverFor(parts, runner));
}

async function handoverFor(parts: AccessParts, { name, options }: RunnerChoice): Promise<WorkerHandover> {
  const wish = name === 'llm' ? llmOptionsSchema.safeParse(options) : null;
  // Options that are wrong the runner refuses itself, in words.
  if (!wish?.success) return nothingToHandOver;
  const { provider, base_url: baseUrl = null } = wish.data;
  try {
    const [prices, prompts] = await Promise.all([readPriceFile(parts.dataDir), readPrompts(parts.dataDir)]);
    return { model: await findModelAccess(parts, { provider, baseUrl }), prices: { ...prices }, prompts };
  } catch (error) {
    // Its tasks fail with these words, where people look for them.
    const refused =
      error instanceof CoordError ? error.message : `The model can’t be reached: ${String(error)}`;
    return { ...nothingToHandOver, model: { refused } };
  }
}
