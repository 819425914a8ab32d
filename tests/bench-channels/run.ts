/** `npm run bench:channels`: what commands take while plugins do what none should, beside the same without; kept in `docs/benchmarks.md`. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { projectFolder } from '../../build/project-folder.ts';
import { withOwnSection } from '../bench/own-sections.ts';
import { median, quantile } from '../bench/statistics.ts';
import type { Mood, TroubledHost } from '../serve/troubled-host.ts';
import { openTroubledHost, pacedCommands } from '../serve/troubled-host.ts';

const { values } = parseArgs({
  options: { crashes: { type: 'string', default: '1000' }, rounds: { type: 'string', default: '6' } },
});
const crashes = Number(values.crashes);
const rounds = Number(values.rounds);
const flood = 100_000;
/** Of one part of a round: 50 commands a second for four seconds. */
const pace = { count: 200, everyMs: 20 };

interface Compared {
  readonly what: string;
  readonly contained: string;
  /** p99 of each round, in ms. */
  readonly without: readonly number[];
  readonly during: readonly number[];
}

/** Each round first without, then with: whatever else the machine does hits both alike. */
async function compare(
  host: TroubledHost,
  mood: Mood,
  more: Parameters<TroubledHost['trouble']>[1],
  isDone: (round: number) => Promise<boolean>,
): Promise<Pick<Compared, 'without' | 'during'>> {
  const without: number[] = [];
  const during: number[] = [];
  for (let round = 0; !(await isDone(round)); round += 1) {
    without.push(quantile(await pacedCommands(host.owner, { ...pace, title: `${mood} without` }), 0.99));
    await host.trouble(mood, more);
    await pause(500);
    during.push(quantile(await pacedCommands(host.owner, { ...pace, title: `${mood} with` }), 0.99));
    await host.calm();
    await pause(500);
  }
  return { without, during };
}

const folder = await mkdtemp(path.join(tmpdir(), 'agentcoord-bench-channels-'));
const host = await openTroubledHost(path.join(folder, 'data'), 2_000);
let visitors = 0;
const server = createServer((socket) => {
  visitors += 1;
  socket.destroy();
});
try {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 1;
  const afterRounds = async (round: number) => round >= rounds;
  const count = async (name: string) => (await host.got(name)).length;
  // The first commands of a host are slower than all others.
  await pacedCommands(host.owner, { ...pace, title: 'warm' });

  const compared: Compared[] = [];
  const crashed = await compare(host, 'crash', { count: 4 }, async () => (await count('crashes')) >= crashes);
  const ended = await count('crashes');
  compared.push({
    what: `${ended.toLocaleString('en')} crashes, of four plugins that are started again at once`,
    contained: 'each started again',
    ...crashed,
  });
  const hung = await compare(host, 'hang', {}, afterRounds);
  compared.push({
    what: 'A plugin that hangs in a loop without end',
    contained: `ended and started again ${await count('hung')} times`,
    ...hung,
  });
  const flooded = await compare(host, 'flood', { messages: flood }, afterRounds);
  compared.push({
    what: `A flood of ${flood.toLocaleString('en')} messages at once`,
    contained: `${(await count('heard')).toLocaleString('en')} of ${((await count('flooded')) * flood).toLocaleString('en')} were heard, at the pace that is allowed`,
    ...flooded,
  });
  const wandered = await compare(host, 'wander', { port }, afterRounds);
  const said = new Set(await host.got('wandered'));
  compared.push({
    what: 'A plugin that tries a forbidden host, 50 times a second',
    contained: `${(await count('wandered')).toLocaleString('en')} times ${[...said].join(', ')}, ${visitors} got there`,
    ...wandered,
  });
  const pried = await compare(host, 'pry', {}, afterRounds);
  const [environment, ofHost] = (await host.pried()) as [object, string];
  compared.push({
    what: 'A plugin that reads its environment and that of its host, 50 times a second',
    contained: `${Object.keys(environment).length} variables; ${ofHost}`,
    ...pried,
  });

  const arrived = await host.arrived();
  const sent =
    pace.count * (1 + compared.reduce((sum, { without, during }) => sum + without.length + during.length, 0));
  const ms = (of: readonly number[]) =>
    `**${median(of).toFixed(1)} ms** (${Math.min(...of).toFixed(1)} to ${Math.max(...of).toFixed(1)})`;
  const rows = compared.map(({ what, contained, without, during }) => {
    // Noise is how far the rounds without lie apart.
    const isNoise = median(during) <= Math.max(...without);
    return `| ${what} | ${ms(without)} | ${ms(during)} | ${isNoise ? 'yes' : '**no**'} | ${contained} |`;
  });
  const load = loadavg()[0]?.toFixed(1);
  const section = `## Plugins that do what none should

\`npm run bench:channels\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores, load average ${load} (above ${cpus().length}, others were at work).
One host, one channel that works, and the plugin; 50 commands a second, each a thread on the board that goes to all channels. Every round measures
four seconds without and four with the plugin, one after the other. p99 of what a command takes from when it was due: median of the rounds, and the quickest and slowest of them.
Plugins are started again at once here, without the waits and the rest that spare a real host the work.

| what the plugin does | without | with | within the noise | contained |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

The channel that works got ${arrived.length.toLocaleString('en')} of ${sent.toLocaleString('en')} messages while that went on${arrived.length === sent ? ', in order' : ''}.
`;
  console.log(section);
  const document = path.join(projectFolder, 'docs', 'benchmarks.md');
  await writeFile(document, withOwnSection(await readFile(document, 'utf8'), 'bench:channels', section));
} finally {
  server.close();
  await host.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
