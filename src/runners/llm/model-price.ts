/** What calls of a model cost and how much it can see: as its member says, else the person, else the table that we ship. */
import { calcPrice, findProvider } from '@pydantic/genai-prices';
import type { ModelAccess, StatedPrice } from '../../contract/model-access.ts';
import type { MicroUsd } from '../../core/units.ts';

export interface CallUsage {
  /** All of them, those that the provider kept from an earlier call included. */
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly cachedIn: number;
  readonly writtenToCache: number;
}

export interface ModelPrice {
  /** Null: nobody knows what it costs, and only its tokens are counted. */
  readonly from: 'its member' | 'your price file' | 'genai-prices' | null;
  /** How many tokens it can see at once; null: nobody knows. */
  readonly context: number | null;
  /** Rounded up to a millionth of a dollar; 0 where nobody knows. */
  cost(usage: CallUsage): MicroUsd;
}

/** By what Anthropic charges more for input that it keeps for five minutes: what each call asks it to do. */
const anthropicCacheWrite = 1.25;

export function findPrice(
  { provider, kind, baseUrl }: Pick<ModelAccess, 'provider' | 'kind' | 'baseUrl'>,
  model: string,
  stated: { readonly byMember: StatedPrice | undefined; readonly byPerson: StatedPrice | undefined },
): ModelPrice {
  const { byMember, byPerson } = stated;
  const said = byMember ?? byPerson;
  if (said) {
    const from = byMember ? 'its member' : 'your price file';
    const cacheWrite = said.cache_write ?? said.input * (kind === 'anthropic' ? anthropicCacheWrite : 1);
    return { from, context: said.context ?? null, cost: (usage) => statedCost(said, cacheWrite, usage) };
  }
  // A name of the person’s own says nothing; the address may.
  const options = findProvider({ providerId: provider })
    ? { providerId: provider }
    : { providerApiUrl: baseUrl };
  const known = calcPrice({ input_tokens: 1, output_tokens: 1 }, model, options);
  if (known === null) return { from: null, context: null, cost: () => 0 as MicroUsd };
  return {
    from: 'genai-prices',
    context: known.model.context_window ?? null,
    cost: ({ tokensIn, tokensOut, cachedIn, writtenToCache }) =>
      microUsd(
        calcPrice(
          {
            input_tokens: tokensIn,
            output_tokens: tokensOut,
            cache_read_tokens: Math.min(cachedIn, tokensIn),
            cache_write_tokens: Math.min(writtenToCache, Math.max(0, tokensIn - cachedIn)),
          },
          model,
          options,
        )?.total_price ?? 0,
      ),
  };
}

function statedCost(
  { input, output, cached_input }: StatedPrice,
  cacheWrite: number,
  { tokensIn, tokensOut, cachedIn, writtenToCache }: CallUsage,
): MicroUsd {
  const cached = Math.min(cachedIn, tokensIn);
  const written = Math.min(writtenToCache, tokensIn - cached);
  const perMillion =
    (tokensIn - cached - written) * input +
    cached * (cached_input ?? input) +
    written * cacheWrite +
    tokensOut * output;
  return microUsd(perMillion / 1_000_000);
}

function microUsd(dollars: number): MicroUsd {
  return Math.ceil(Number((dollars * 1_000_000).toFixed(6))) as MicroUsd;
}
