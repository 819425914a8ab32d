/** Hosts append to one log in Redis, which is killed, stopped and cut off: what they were told is what the log has. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EventGroup } from '../../src/contract/event-log.ts';
import { LogAway } from '../../src/contract/log-away.ts';
import type { CompanyId } from '../../src/core/ids.ts';
import type { RedisEventLog } from '../../src/log/redis/redis-event-log.ts';
import { group, logged, readied, released, seq } from '../log/log-events.ts';
import { cutLineTo } from '../log/redis/cut-line.ts';
import { newName, openRedisLog } from '../log/redis/redis-place.ts';
import { startRedisServer } from '../log/redis/redis-servers.ts';
import { seededRandom } from '../seeded-random.ts';
import { AppendHistory } from './append-history.ts';
import { announceSeed, inThisRun, timeout } from './chaos-run.ts';

const seconds = inThisRun({ short: 6, long: 120 });
const hostCount = 4;
const entities = 12;

/** Null: it was not done, and never will be. */
async function appended(log: RedisEventLog, batch: readonly EventGroup[]) {
  try {
    return await log.append(batch);
  } catch (error) {
    if (!(error instanceof LogAway)) throw error;
    if (error.batch === null) {
      await delay(20);
      return null;
    }
    const fates = await log.outages.comeBack([error.batch], new AbortController().signal);
    const fate = fates.get(error.batch);
    return fate ? batch.map((_, place) => fate[place] ?? 'conflict') : null;
  }
}

/** Meets Redis again also when nothing was under way. */
async function comeBackAlways({ outages }: RedisEventLog, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await outages.gone(signal);
      await outages.comeBack([], signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}

describe('appends to a log in Redis', () => {
  it(`each took effect once, in the order of their answers, in ${seconds} s of trouble`, {
    timeout,
  }, async () => {
    const random = seededRandom(announceSeed('appends to Redis'));
    const below = (count: number) => Math.floor(random() * count);
    const server = await startRedisServer();
    onTestFinished(() => server.stop());
    const lines = await Promise.all(Array.from({ length: hostCount }, () => cutLineTo(server.port)));
    onTestFinished(async () => {
      await Promise.all(lines.map((line) => line.close()));
    });
    const companyId = newName('company') as CompanyId;
    const hosts = await Promise.all(
      lines.map(({ port }) => openRedisLog(`redis://127.0.0.1:${port}`, { companyId })),
    );
    const history = new AppendHistory();
    const calls: Promise<void>[] = [];
    const ended = new AbortController();
    const over = new AbortController();
    const comingBack = Promise.all(hosts.map((log) => comeBackAlways(log, over.signal)));

    let words = 0;
    const someGroup = (head: number) => {
      const name = () => `t${below(entities)}`;
      words += 1;
      if (below(4) === 0) return group(head, logged(`word ${words}`));
      const events = [released(name(), `word ${words}`), ...(below(3) === 0 ? [readied(name())] : [])];
      return group(Math.max(0, head - below(4)), ...events);
    };
    const work = async (host: number, log: RedisEventLog) => {
      while (!ended.signal.aborted) {
        const head = await log.head();
        const groups = Array.from({ length: 1 + below(4) }, () => someGroup(head));
        const done = history.append(host, groups, (batch) => appended(log, batch));
        calls.push(done);
        // Sometimes the next one is sent before this one is answered.
        if (below(3) > 0) await done;
        else await delay(below(5));
      }
    };
    const troubles = {
      stop: async () => {
        await server.signal('SIGSTOP');
        await delay(100 + below(900));
        await server.signal('SIGCONT');
      },
      kill: async () => {
        await server.signal('SIGKILL');
        await delay(below(300));
        await server.restart();
      },
      cut: async () => {
        const line = lines[below(hostCount)];
        line?.cut();
        await delay(100 + below(700));
        line?.mend();
      },
      late: async () => {
        await lines[below(hostCount)]?.deliverLate();
      },
      forget: async () => {
        await server.signal('SIGKILL');
        await rm(path.join(server.folder, 'appendonlydir'), { recursive: true });
        await server.restart();
      },
      hang: async () => {
        const line = lines[below(hostCount)];
        line?.hang();
        await delay(100 + below(1_200));
        line?.mend();
      },
    };
    const names = Object.keys(troubles) as (keyof typeof troubles)[];
    const met = new Map<string, number>();
    const trouble = async () => {
      const until = performance.now() + seconds * 1_000;
      while (performance.now() < until) {
        await delay(50 + below(400));
        const name = names[below(names.length)] ?? 'stop';
        met.set(name, (met.get(name) ?? 0) + 1);
        await troubles[name]();
      }
      ended.abort();
    };
    await Promise.all([trouble(), ...hosts.map((log, host) => work(host, log))]);

    const [first] = hosts;
    if (!first) throw new Error('there is no host');
    await Promise.all(calls);
    // Everybody hears of everything in the end.
    await expect
      .poll(
        async () => new Set(await Promise.all(hosts.map(async (log) => (await log.lastLink()).chain))).size,
        {
          timeout: 20_000,
        },
      )
      .toBe(1);
    expect(history.faults(await first.read(seq(0), 1_000_000)).slice(0, 5)).toEqual([]);
    const { calls: asked, answered, undone, taken, refused } = history.counts;
    console.log(
      `appends to Redis: ${asked} calls, ${answered} answered, ${undone} undone, ${taken} groups taken, ${refused} refused; ${[...met].map(([name, n]) => `${name} ${n}`).join(', ')}`,
    );
    expect(taken).toBeGreaterThan(5 * seconds);
    expect(refused).toBeGreaterThan(0);
    over.abort();
    await comingBack;
    await Promise.all(hosts.map((host) => host.close()));
  });
});
