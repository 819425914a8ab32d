/** A host with a channel that works and one that does what none should, and commands at an even pace beside them. */
import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { OutboundMessage } from '../../src/contract/plugin/messages.ts';
import type { Coordination } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import { minutes, ms } from '../../src/core/units.ts';
import { openHost } from '../../src/serve/open-host.ts';
import { smallCompany } from '../real-company.ts';

export const moods = ['crash', 'hang', 'flood', 'wander', 'pry'] as const;
export type Mood = (typeof moods)[number];

export interface TroubledHost {
  readonly owner: Coordination;
  /** Lets so many plugins do that from now on. @param port that the manifest does not name */
  trouble(
    mood: Mood,
    more?: { readonly count?: number; readonly port?: number; readonly messages?: number },
  ): Promise<void>;
  /** Ends them all. */
  calm(): Promise<void>;
  /** What the plugins got by it: the lines of a file of theirs. */
  got(name: string): Promise<readonly string[]>;
  /** The environment that a plugin found, and what it got of its host's; null: nothing yet. */
  pried(): Promise<unknown>;
  /** The titles that arrived at the channel that works, in order. */
  arrived(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Crashes are not waited out here, as they are at people's: a thousand of them would take a week. */
const breaker = {
  firstWait: ms(0),
  longestWait: ms(0),
  breakAfter: Number.POSITIVE_INFINITY,
  window: minutes(10),
};

/** @param dataDir there is nothing in it yet @param callMs after so long a plugin that hangs is killed */
export async function openTroubledHost(dataDir: string, callMs: number): Promise<TroubledHost> {
  await mkdir(join(dataDir, 'plugins'), { recursive: true });
  await cp(join(import.meta.dirname, 'hooligan'), join(dataDir, 'plugins', 'hooligan'), { recursive: true });
  const channelParts = { env: {}, breaker, limits: { callMs } };
  const host = await openHost({ dataDir, name: 'test', workers: 0, channelParts });
  const owner = host.connect();
  await owner.hello({ version: rpcVersion, token: host.token, company: null, client: 'test' });
  await owner.createCompany({ from: { file: smallCompany() } });
  await owner.setChannel({ name: 'good', plugin: 'file', settings: { folder: join(dataDir, 'good') } });
  const names: string[] = [];
  const linesOf = async (folder: string, name: string) => {
    const text = await readFile(join(dataDir, folder, name), 'utf8').catch(() => '');
    return text.split('\n').slice(0, -1);
  };
  return {
    owner,
    trouble: async (mood, { count = 1, ...more } = {}) => {
      for (let n = 1; n <= count; n += 1) {
        const name = `bad-${n}`;
        names.push(name);
        const settings = { folder: join(dataDir, 'bad'), mood, ...more };
        await owner.setChannel({ name, plugin: 'hooligan', consent: true, settings });
      }
    },
    calm: async () => {
      for (const name of names.splice(0)) await owner.removeChannel({ name });
    },
    got: (name) => linesOf('bad', name),
    pried: async () => {
      const text = await readFile(join(dataDir, 'bad', 'pried'), 'utf8').catch(() => '');
      // A file that is being written is not there yet.
      return text.endsWith(']') ? JSON.parse(text) : null;
    },
    arrived: async () =>
      (await linesOf('good', 'messages.jsonl')).map((line) => (JSON.parse(line) as OutboundMessage).title),
    close: () => host.close(),
  };
}

/**
 * Gives commands at an even pace, whether the ones before them were answered or not.
 * @returns how long each took from when it was due, in ms
 */
export async function pacedCommands(
  owner: Coordination,
  { count, everyMs, title }: { readonly count: number; readonly everyMs: number; readonly title: string },
): Promise<number[]> {
  const start = performance.now();
  const given: Promise<number>[] = [];
  for (let n = 0; n < count; n += 1) {
    const due = start + n * everyMs;
    const wait = due - performance.now();
    if (wait > 0) await pause(wait);
    const command = { type: 'thread.start', title: `${title} ${n}`, text: 'At its pace.' } as const;
    given.push(owner.command(command).then(() => performance.now() - due));
  }
  return await Promise.all(given);
}
