/** `npm run bench`: measures, prints and writes `docs/benchmarks.md`. `-- --quick` is a short look that writes nothing. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from '../../build/project-folder.ts';
import { runCommand } from '../../build/run-command.ts';
import { startRedisServer } from '../log/redis/redis-servers.ts';
import { monotonicMs } from './clock.ts';
import type { Mark } from './marks/mark.ts';
import { measureReplay, measureStart } from './marks/openings.ts';
import { measurePaced } from './marks/paced.ts';
import { throughputMarks } from './marks/throughput.ts';
import { keepOwnSections } from './own-sections.ts';
import { installLiteque } from './peers/install-liteque.ts';
import { installPeers } from './peers/load-peer.ts';
import type { Result, Runner } from './race.ts';
import { clear, race } from './race.ts';
import type { Absent } from './report.ts';
import { bull, limit, onRedis, own, report } from './report.ts';
import { openHosts } from './stations/agentcoord-hosts.ts';
import { openOverSocket } from './stations/agentcoord-over-socket.ts';
import { openBullIn, openBullProcesses } from './stations/bullmq-processes.ts';
import { inOwnProcess, inProcessOf } from './stations/in-own-process.ts';

const inProcess: readonly Runner[] = [
  { label: own, open: inOwnProcess('agentcoord') },
  { label: onRedis, open: inOwnProcess('agentcoordOnRedis') },
  { label: bull, open: inOwnProcess('bullmq') },
  { label: limit, open: inOwnProcess('limit') },
  { label: 'plainjob, NORMAL', open: inOwnProcess('plainjob') },
  { label: 'plainjob, FULL', open: inOwnProcess('plainjobFull') },
  { label: 'better-queue, in memory', open: inOwnProcess('betterQueue') },
];
const overSocket: readonly Runner[] = [
  { label: own, open: openOverSocket },
  { label: bull, open: openBullProcesses },
];

const liteque = ['NORMAL', 'FULL'].map((synchronous) => ({ synchronous, label: `liteque, ${synchronous}` }));

const onHosts = (count: number): readonly Runner[] => [
  { label: onRedis, open: openHosts(count) },
  { label: bull, open: openBullIn(count, false) },
];

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const { quick } = values;
const workers = quick ? [32] : [1, 8, 32, 128];
const rounds = quick ? 3 : 5;

const began = monotonicMs();
const folder = await mkdtemp(path.join(tmpdir(), 'agentcoord-bench-'));
const ends: (() => Promise<void>)[] = [];
try {
  await installPeers();
  const installed = await installLiteque();
  const absent: Absent[] = [];
  const contenders = [...inProcess];
  for (const { label, synchronous } of liteque) {
    if (installed.kind === 'refused') absent.push({ label, why: installed.why });
    else contenders.push({ label, open: inProcessOf(installed.file, synchronous, installed.node) });
  }
  const redis = await startRedisServer();
  ends.push(() => redis.stop());
  const redisVersion = (await runCommand('redis-server', ['--version'])).match(/v=(\S+)/)?.[1] ?? 'unknown';
  const options = { folder, redisPort: redis.port, rounds };
  const alone: Result[] = [];
  const apart: Result[] = [];
  for (const count of workers) {
    say(`${count} workers in process`);
    alone.push(...(await race(contenders, count, { ...options, roundMs: quick ? 500 : 2_000 })));
    say(`${count} workers over a socket`);
    apart.push(...(await race(overSocket, count, { ...options, roundMs: quick ? 1_500 : 4_000 })));
  }
  const joined: Result[] = [];
  for (const count of [1, 4]) {
    say(`${count} hosts on Redis`);
    const raced = race(onHosts(count), 32 * count, { ...options, roundMs: quick ? 1_000 : 3_000 });
    joined.push(...(await raced));
  }
  const marks: Mark[] = throughputMarks(alone, apart, joined);
  say('1,000 tasks a second');
  marks.push(...(await measurePaced(folder, quick ? 1 : 5)));
  say('replay');
  marks.push(await measureReplay(folder, rounds));
  say('start at 1,000,000 events');
  if (!quick) marks.push(await measureStart(folder, rounds));
  const minutes = (monotonicMs() - began) / 60_000;
  const text = report({
    inProcess: alone,
    absent,
    overSocket: apart,
    hosts: joined,
    marks,
    rounds,
    minutes,
    redisVersion,
  });
  console.log(text);
  const document = path.join(projectFolder, 'docs', 'benchmarks.md');
  if (!quick) await writeFile(document, keepOwnSections(text, await readFile(document, 'utf8')));
  process.exitCode = marks.every(({ met }) => met) ? 0 : 1;
} finally {
  for (const end of ends) await end();
  await clear(folder);
}

function say(what: string): void {
  process.stderr.write(`${((monotonicMs() - began) / 1_000).toFixed(0).padStart(4)} s  ${what}\n`);
}
