/** What a chart of costs measures: money, or tokens where nothing has a price or somebody asks for them. Pure. */
import type { UsageTotal } from '../../../contract/usage.ts';
import { formatMoney, formatShare, formatTokens } from '../../lib/format.ts';
import { strings } from './strings.ts';

export const measures = ['money', 'tokens'] as const;
export type Measure = (typeof measures)[number];

export function amountOf(
  usage: Pick<UsageTotal, 'money' | 'tokensIn' | 'tokensOut'>,
  measure: Measure,
): number {
  return measure === 'money' ? usage.money : usage.tokensIn + usage.tokensOut;
}

/** With its unit. */
export function formatAmount(amount: number, measure: Measure): string {
  return measure === 'money' ? formatMoney(amount) : strings.someTokens(formatTokens(amount));
}

/** For an axis, whose measure is said beside it. */
export function formatTick(amount: number, measure: Measure): string {
  return measure === 'money' ? formatMoney(amount) : formatTokens(amount);
}

/** `42%` */
export function shareOf(part: number, whole: number): string {
  return formatShare(part / Math.max(whole, Number.MIN_VALUE));
}
