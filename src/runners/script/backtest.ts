/** Runs a moving-average strategy over a price series drawn from the hash of its inputs, and reports the numbers. */
import { createHash } from 'node:crypto';
import type { Facts } from './facts.ts';
import { markdown, tableOf } from './markdown.ts';

const days = 500;
const fast = 10;
const slow = 30;

interface Outcome {
  readonly trades: number;
  /** Trades that ended above their start, as a share. */
  readonly won: number;
  /** Over the whole series, as a share of the capital. */
  readonly gain: number;
  /** The deepest fall from a high, as a share. */
  readonly drawdown: number;
}

export function backtestReport(facts: Facts): string {
  const seed = createHash('sha256')
    .update([facts.subject, ...facts.inputs.map(({ artifact }) => artifact.hash)].join('\n'))
    .digest();
  const { trades, won, gain, drawdown } = trade(pricesFrom(seed));
  return markdown('Backtest', facts, [
    {
      heading: 'Data',
      lines: [
        `${days} daily closes of a random walk, drawn from SHA-256 \`${seed.toString('hex')}\`; the same inputs give the same series. It is no market data and says nothing about one.`,
      ],
    },
    { heading: 'Strategy', lines: [`Long while the mean of ${fast} days is above that of ${slow}.`] },
    {
      heading: 'Metrics',
      lines: tableOf(
        ['metric', 'value'],
        [
          ['trades', String(trades)],
          ['won', percent(won)],
          ['gain', percent(gain)],
          ['largest drawdown', percent(drawdown)],
        ],
      ),
    },
  ]);
}

/** Steps of up to 2 % a day, up or down, from the bytes of a hash chain. */
function pricesFrom(seed: Buffer): number[] {
  const prices = [100];
  let block = seed;
  while (prices.length < days) {
    block = createHash('sha256').update(block).digest();
    for (const byte of block) prices.push((prices.at(-1) ?? 100) * (1 + ((byte - 127.5) / 127.5) * 0.02));
  }
  return prices.slice(0, days);
}

function trade(prices: readonly number[]): Outcome {
  let capital = 1;
  let high = 1;
  let drawdown = 0;
  let entry: number | null = null;
  const results: number[] = [];
  for (let day = slow; day < prices.length; day += 1) {
    const price = prices[day] ?? 0;
    if (entry !== null) capital *= price / (prices[day - 1] ?? price);
    high = Math.max(high, capital);
    drawdown = Math.max(drawdown, 1 - capital / high);
    const isLong = mean(prices.slice(day - fast, day)) > mean(prices.slice(day - slow, day));
    if (isLong && entry === null) entry = price;
    if (!isLong && entry !== null) {
      results.push(price / entry - 1);
      entry = null;
    }
  }
  const won = results.filter((result) => result > 0).length;
  return {
    trades: results.length,
    won: results.length > 0 ? won / results.length : 0,
    gain: capital - 1,
    drawdown,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
