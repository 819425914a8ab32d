/** Money and tokens for people. */
import type { MicroUsd } from '../../../core/units.ts';

const cents = new Intl.NumberFormat(undefined, { style: 'currency', currency: 'USD' });
const fine = new Intl.NumberFormat(undefined, {
  style: 'currency',
  currency: 'USD',
  maximumSignificantDigits: 2,
});
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });

const oneCent = 10_000;

/** `$12.40`; less than a cent with two figures, `$0.0031`, so that small calls are not nothing. */
export function formatMoney(amount: MicroUsd): string {
  return (amount > 0 && amount < oneCent ? fine : cents).format(amount / 1_000_000);
}

/** `1.2M` */
export function formatTokens(tokens: number): string {
  return short.format(tokens);
}
