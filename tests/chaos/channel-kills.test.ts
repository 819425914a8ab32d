/** The host is killed while messages are on their way to two channels: each arrives, in order, and again only under the same key. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/client/index.ts';
import { runAgentcoord } from '../cli/run-agentcoord.ts';
import type { ServingHost } from '../cli/serving-host.ts';
import { serve } from '../cli/serving-host.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { isLong } from './chaos-run.ts';

const messages = isLong ? 1_000 : 200;
const kills = isLong ? 10 : 2;

it(`loses none of ${messages} messages over ${kills} kills`, async () => {
  const dataDir = join(await temporaryFolder(), 'data');
  const at = ['--data-dir', dataDir];
  await runAgentcoord(['init', '--template', 'startup', ...at]);
  let host: ServingHost = await serve(dataDir, '--workers', '0', '--no-http');
  onTestFinished(async () => {
    await host.end('SIGKILL');
  });
  const names = ['one', 'two'];
  for (const name of names) {
    const set = ['channels', 'set', name, '--plugin', 'file', '--set', `folder=${join(dataDir, name)}`];
    expect(await runAgentcoord([...set, ...at])).toMatchObject({ code: 0 });
  }

  // All of them at once: what is committed before a kill has to get out after it.
  let acked = 0;
  let seqs: number[] = [];
  {
    await using session = await connect({ dataDir });
    const receipts = await Promise.all(
      Array.from({ length: messages }, async (_, n) => {
        const receipt = await session.command({
          type: 'channel.post',
          channels: null,
          title: `T${n}`,
          text: `${n}`,
        });
        acked += 1;
        return receipt;
      }),
    );
    seqs = receipts.flatMap(({ events }) =>
      events.flatMap(({ seq, event }) => (event.type === 'message.posted' ? [seq] : [])),
    );
  }
  expect(acked).toBe(messages);
  for (let n = 1; n <= kills; n += 1) {
    // In the middle of it: some have arrived, and not all.
    while ((await linesOf(dataDir, 'one')).length < (messages * n) / (kills + 2)) await pause(5);
    await host.end('SIGKILL');
    host = await serve(dataDir, '--workers', '0', '--no-http');
  }
  const expected = seqs.sort((a, b) => a - b);
  for (const name of names) {
    while (new Set(await linesOf(dataDir, name)).size < messages) await pause(20);
    const arrived = (await linesOf(dataDir, name)).map((key) => Number(key.split(':')[1]));
    const again = arrived.filter((seq, index) => arrived.indexOf(seq) !== index).length;
    console.log(`${name}: ${arrived.length} lines for ${messages} messages, ${again} of them again`);
    // In order: what came again came before anything later did.
    expect(arrived).toEqual([...arrived].sort((a, b) => a - b));
    expect([...new Set(arrived)]).toEqual(expected);
    expect(again).toBeLessThanOrEqual(kills);
  }
  // What carried them has ended with the hosts that were killed.
  await host.end();
  expect(await leftOver(dataDir)).toEqual([]);
});

/** The keys of the whole lines. */
async function linesOf(dataDir: string, name: string): Promise<string[]> {
  const text = await readFile(join(dataDir, name, 'messages.jsonl'), 'utf8').catch(() => '');
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => (JSON.parse(line) as { key: string }).key);
}

/** Processes that still mention the folder; where there is no /proc, none is looked for. */
async function leftOver(dataDir: string): Promise<string[]> {
  const { readdir } = await import('node:fs/promises');
  for (let tries = 0; ; tries += 1) {
    const ids = (await readdir('/proc').catch(() => [])).filter(
      (name) => /^\d+$/.test(name) && Number(name) !== process.pid,
    );
    const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
    const found = lines.filter((line) => line.includes(dataDir));
    if (found.length === 0 || tries > 200) return found;
    await pause(50);
  }
}
