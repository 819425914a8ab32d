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

export function findPrice(
  { provider, baseUrl }: Pick<ModelAccess, 'provider' | 'baseUrl'>,
  model: string,
  stated: { readonly byMember: StatedPrice | undefined; readonly byPerson: StatedPrice | undefined },
): ModelPrice {
  const { byMember, byPerson } = stated;
  const said = byMember ?? byPerson;
  if (said) {
    const from = byMember ? 'its member' : 'your price file';
    return { from, context: said.context ?? null, cost: (usage) => statedCost(said, usage) };
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
  { tokensIn, tokensOut, cachedIn }: CallUsage,
): MicroUsd {
  const cached = Math.min(cachedIn, tokensIn);
  const perMillion = (tokensIn - cached) * input + cached * (cached_input ?? input) + tokensOut * output;
  return microUsd(perMillion / 1_000_000);
}

function microUsd(dollars: number): MicroUsd {
  return Math.ceil(Number((dollars * 1_000_000).toFixed(6))) as MicroUsd;
}
