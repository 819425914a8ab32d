/** A host under 1,000 tasks a second: how soon a subscriber has an event, and how long the main thread is blocked. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Crew } from '../crew.ts';
import { median, quantile } from '../statistics.ts';
import type { Mark } from './mark.ts';
import type { PacedClientAnswer, PacedClientOrder } from './paced-client-child.ts';
import type { PacedHostAnswer, PacedHostOrder } from './paced-host-child.ts';

const perSecond = 1_000;
const seconds = 8;
const workers = 16;

interface PacedRound {
  readonly rate: number;
  /** From an event's fsync to its arrival at a subscriber in another process, in ms. */
  readonly delays: readonly number[];
  readonly host: PacedHostAnswer;
}

export async function measurePaced(folder: string, rounds: number): Promise<Mark[]> {
  const results: PacedRound[] = [];
  for (let round = 0; round < rounds; round += 1)
    results.push(await paced(path.join(folder, `paced-${round}`)));
  const rate = median(results.map((result) => result.rate));
  const p99 = median(results.map(({ delays }) => quantile(delays, 0.99)));
  const p50 = median(results.map(({ delays }) => quantile(delays, 0.5)));
  const probe = median(results.map(({ host }) => host.probe.p99));
  const monitor = median(results.map(({ host }) => host.monitor.p99));
  const longest = Math.max(...results.map(({ host }) => host.probe.max));
  const under = `under ${rate.toFixed(0)} tasks/s from ${workers} workers of another process`;
  const heldRate = rate > 0.95 * perSecond;
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return [
    {
      what: 'An event reaches a subscriber, p99',
      wanted: '< 10 ms',
      measured: ms(p99),
      met: p99 < 10 && heldRate,
      note: `${under}; from its fsync to another process over the socket; p50 ${ms(p50)}`,
    },
    {
      what: 'The main thread is blocked, p99',
      wanted: '< 16 ms',
      measured: ms(Math.max(probe, monitor)),
      met: Math.max(probe, monitor) < 16 && heldRate,
      note: `${under}; monitorEventLoopDelay ${ms(monitor)}, a probe each ms ${ms(probe)}, longest ${ms(longest)}`,
    },
  ];
}

async function paced(folder: string): Promise<PacedRound> {
  await mkdir(folder);
  const host = new Crew<PacedHostOrder, PacedHostAnswer>(
    path.join(import.meta.dirname, 'paced-host-child.ts'),
    1,
  );
  const client = new Crew<PacedClientOrder, PacedClientAnswer>(
    path.join(import.meta.dirname, 'paced-client-child.ts'),
    1,
  );
  const [opened] = await host.all(() => ({ kind: 'open', host: { folder, workers } }));
  const address = opened?.address;
  if (!address) throw new Error('the host gave no address');
  await client.all(() => ({ kind: 'connect', address }));
  // The first second warms both up.
  await client.all(() => ({ kind: 'work', perSecond, seconds: 1 }));
  await host.all(() => ({ kind: 'watch' }));
  const [worked] = await client.all(() => ({ kind: 'work', perSecond, seconds }));
  const [watched] = await host.all(() => ({ kind: 'report' }));
  await client.dismiss();
  await host.dismiss();
  if (!worked || !watched) throw new Error('the run gave no figures');
  const received = new Map(worked.received);
  const delays = watched.durable.flatMap(([seq, at]) => {
    const arrived = received.get(seq);
    return arrived === undefined ? [] : [arrived - at];
  });
  return { rate: (worked.done / worked.ms) * 1_000, delays, host: watched };
}
