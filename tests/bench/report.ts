/** Writes what was measured: the tables, the marks, the machine, and how far the figures can be trusted. */
import { cpus, loadavg, release, totalmem } from 'node:os';
import type { Mark } from './marks/mark.ts';
import { litequeVersions } from './peers/install-liteque.ts';
import { peerVersion } from './peers/load-peer.ts';
import type { Result } from './race.ts';

export interface Measured {
  readonly inProcess: readonly Result[];
  /** What was to run in one process, too, and why it could not on this machine. */
  readonly absent: readonly Absent[];
  readonly overSocket: readonly Result[];
  readonly hosts: readonly Result[];
  readonly marks: readonly Mark[];
  readonly rounds: number;
  readonly minutes: number;
  readonly redisVersion: string;
}

/** A contender that could not be installed. */
export interface Absent {
  readonly label: string;
  readonly why: string;
}

export const own = 'AgentCoord';
export const onRedis = 'AgentCoord on Redis';
export const bull = 'BullMQ';
export const limit = 'bare inserts (the limit)';

export function report(measured: Measured): string {
  const { rounds, minutes } = measured;
  const { marks } = measured;
  const peers = ['bullmq', 'plainjob', 'better-queue', 'better-sqlite3'].map(
    (name) => `${name} ${peerVersion(name)}`,
  );
  peers.push(litequeVersions());
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return `# Benchmarks

\`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores, ${gibibytes} GiB of memory, Linux ${release()}, Node ${process.versions.node};
${peers.join(', ')}, Redis ${measured.redisVersion}. Medians of ${rounds} rounds; the whole run took ${minutes.toFixed(1)} minutes.
Load average at its end: ${loadavg()[1]?.toFixed(1)} over five minutes; much more than its own share (about 3) means that others were at work.

## Marks

| | wanted | measured | | |
| --- | --- | --- | --- | --- |
${marks.map(({ what, wanted, measured: value, met, note }) => `| ${what} | ${wanted} | **${value}** | ${met ? 'met' : '**missed**'} | ${note} |`).join('\n')}

## Add, claim, complete

As many callers as there are workers add the tasks, each one call after the other; then the workers do them all. *tasks/s* is
whole tasks over both parts. *p50* and *p99* are what the calls of one task took together; waiting in the queue is not counted.

### In one process

${table(measured.inProcess, measured.absent)}

### Over a socket, workers in processes of their own

A host (or Redis) and as many worker processes as there are workers; 128 workers share 32 processes.

${table(measured.overSocket)}

### Several hosts, joined by Redis

One host, and four, each a process with 32 workers in it; BullMQ with as many processes, and 32 at once in each.

${table(measured.hosts)}

Worker processes, ours and BullMQ’s, run at a lower priority than hosts and Redis, as AgentCoord starts its own.

## What is compared

- **${own}**: every call is acknowledged after its \`fdatasync\`, which is what \`synchronous=FULL\` promises; each task leaves three events, each
  linked to the one before it by SHA-256, and every command is authorized and decided by the rules of a company. A worker sends its completion and its next claim together, as \`agentcoord\` workers and BullMQ’s do. What is measured
  is the protocol: the tasks hand in nothing, and an \`agentcoord\` worker also asks what each task is about (one more question, nothing written),
  does it in a folder of its own, and says now and then that it is alive.
- **${bull}** on Redis with \`appendonly everysec\` (up to a second of acknowledged work is lost with the power), without priorities, finished
  jobs dropped: its quickest setting. A completion claims the next job in the same call, so p50 and p99 leave its claims out.
- **${onRedis}**: the log in the same Redis, and a copy of it in SQLite on each host; a call is acknowledged when Redis has it and the copy
  is durable.
- **plainjob**: as it comes (\`synchronous=NORMAL\`: not durable against loss of power), and with \`FULL\`.
- **better-queue**: its memory store; nothing survives the process. It shows what durability costs the others.
- **${limit}**: the rows that our tasks leave, inserted and committed with \`FULL\`, as many together as arrive together; no rules, no state.
- **liteque**: as it comes (\`synchronous=NORMAL\`), and with \`FULL\`. Each claim sorts all that is waiting, so it slows down as its queue grows.
  Its claim gives better-sqlite3 an async function as a transaction, which every release from 11.10 on refuses (\`TypeError: Transaction function
  cannot return a promise\`), and those before end a process of this Node when they free a statement: so it runs on Node 20, with 11.9.1 compiled for it.

## How far to trust this

Contenders take turns, round after round, each in a process of its own, so that whatever else the machine does hits them alike: trust the
ratios, not the figures. Two cores are shared by the host, its clients and Redis. An fsync on a virtual disk takes from 0.2 to several ms
and varies by the minute; the span in brackets is from the slowest to the quickest round.
`;
}

function table(results: readonly Result[], absent: readonly Absent[] = []): string {
  const rows = results.map((result) => {
    const { label, workers, perSecond, range, addsPerSecond, donePerSecond, p50, p99 } = result;
    const bullMq = results.find((other) => other.workers === workers && other.label.startsWith(bull));
    const ratio = bullMq ? `${(perSecond / bullMq.perSecond).toFixed(2)}×` : '';
    const span = range.map(whole).join('–');
    const cells = [whole(workers), label, `**${whole(perSecond)}** (${span})`, ratio, whole(addsPerSecond)];
    return `| ${[...cells, whole(donePerSecond), fine(p50), fine(p99)].join(' | ')} |`;
  });
  return [
    '| workers | | tasks/s | ÷ BullMQ | adds/s | claims + completions/s | p50 ms | p99 ms |',
    '| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    ...absent.map(({ label, why }) => `| | ${label} | not measured: ${why} | | | | | |`),
  ].join('\n');
}

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const fine = (value: number): string => value.toFixed(2);
