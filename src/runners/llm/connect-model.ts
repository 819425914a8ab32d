/** Opens a model through the SDK of its provider. */
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModel } from 'ai';
import type { ModelAccess } from '../../contract/model-access.ts';

/** What the SDKs want for a key where there is none: left out, they would look for one in the environment. */
const noKey = 'none';

export function connectModel({ provider, kind, baseUrl, key }: ModelAccess, model: string): LanguageModel {
  const settings = { baseURL: baseUrl, apiKey: key ?? noKey };
  switch (kind) {
    case 'anthropic':
      return createAnthropic(settings)(model);
    case 'openai':
      return createOpenAI(settings).responses(model);
    case 'openai-compatible':
      return createOpenAICompatible({
        name: provider,
        baseURL: baseUrl,
        // So that what it used comes with a stream, too.
        includeUsage: true,
        ...(key !== null && { apiKey: key }),
      })(model);
  }
}
