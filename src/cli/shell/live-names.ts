/** The names that the company has for what a word stands for: asked of a host that runs, or there are none. */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Coordination, Hello } from '../../contract/rpc.ts';
import { rpcVersion } from '../../contract/rpc.ts';
import { eventTypes } from '../../core/event-types.ts';
import { builtinRoles } from '../../core/org/builtin-roles.ts';
import { priorities } from '../../core/workflow/workflow.ts';
import { connectClient } from '../../rpc/client.ts';
import { openSocketChannel } from '../../rpc/socket-channel.ts';
import { defaultDataDir } from '../../serve/data-directory.ts';
import { readHostFile } from '../../serve/host-file.ts';
import { templatesFolder } from '../../serve/installation.ts';
import { readState } from '../read-state.ts';
import type { Completion } from './completions.ts';
import type { NamedThing } from './things.ts';

export interface NamesOf {
  readonly dataDir: string | undefined;
  readonly company: string | undefined;
}

/** Whoever has pressed a key waits for no longer. */
const patienceMs = 2_000;
/** More of them help nobody. */
const most = 200;

/** Never refuses: a shell that completes has nowhere to say why. */
export async function liveNames(thing: NamedThing, of: NamesOf): Promise<readonly Completion[]> {
  if (isKnown(thing)) return await known[thing]();
  const late = new Promise<never[]>((resolve) => {
    setTimeout(() => resolve([]), patienceMs).unref();
  });
  return Promise.race([ask(thing, of).catch(() => []), late]);
}

async function ask(thing: Asked, { dataDir, company }: NamesOf): Promise<readonly Completion[]> {
  const host = await readHostFile(dataDir ?? defaultDataDir());
  if (!host) return [];
  const client = connectClient(await openSocketChannel(host.socket));
  try {
    const { token } = host;
    const call = { version: rpcVersion, token, company: company ?? null, client: 'completion' };
    const hello = await client.hello(call);
    return await namesOf[thing](client, hello);
  } finally {
    client.close();
  }
}

/** The same in every company, so that nobody has to be asked. */
const known = {
  priority: async () => priorities.map(plain),
  event: async () =>
    [...new Set(eventTypes.map((type) => type.slice(0, type.indexOf('.')))), ...eventTypes].map(plain),
  template: async () => {
    const files = await readdir(join(templatesFolder, 'companies')).catch(() => []);
    return files.map((file) => plain(basename(file, '.yaml')));
  },
} as const;

type Asked = Exclude<NamedThing, keyof typeof known>;

const isKnown = (thing: NamedThing): thing is keyof typeof known => Object.hasOwn(known, thing);
const plain = (word: string): Completion => ({ word, about: '' });

const namesOf: Readonly<Record<Asked, (host: Coordination, hello: Hello) => Promise<readonly Completion[]>>> =
  {
    task: async (host) =>
      (await host.query('tasks', { limit: most })).map(({ task: { id, title, state } }) => ({
        word: id,
        about: `${title} (${state})`,
      })),
    gate: async (host) => byNameOnce(await gatesOf(host, false)),
    approval: async (host) => gatesOf(host, true),
    epic: async (host) =>
      (await host.query('epics', {})).map(({ epic: { id, title, state } }) => ({
        word: id,
        about: `${title} (${state})`,
      })),
    thread: async (host) =>
      (await host.query('threads', { limit: most })).map(({ thread, title }) => ({
        word: thread.id,
        about: title,
      })),
    member: async (host) => membersOf(host, false),
    agent: async (host) => membersOf(host, true),
    worker: async (host) => {
      const [workers, members] = await Promise.all([host.query('workers', {}), host.query('members', {})]);
      const names = new Map(members.map(({ member }) => [member.id, member.name]));
      return workers
        .filter(({ endedAt }) => endedAt === null)
        .map(({ id, memberId }) => ({ word: id, about: names.get(memberId) ?? '' }));
    },
    lock: async (host) =>
      (await host.query('locks', {})).map(({ id, scope, intent }) => ({
        word: id,
        about: `${scope}: ${intent}`,
      })),
    conflict: async (host) =>
      (await host.query('conflicts', {})).map(({ id, command }) => ({ word: id, about: command.type })),
    workflow: async (host) =>
      (await readState(host)).workflows
        .dump()
        .map(({ id, steps }) => ({ word: id, about: `${steps.length} steps` })),
    role: async (host) => {
      const { roles } = await readState(host);
      const all = [...builtinRoles, ...roles.dump()].map(({ id, title }) => ({ word: id, about: title }));
      return [...new Map(all.map((role) => [role.word, role])).values()];
    },
    capability: async (host) => {
      const { roles } = await readState(host);
      const all = [...builtinRoles, ...roles.dump()].flatMap(({ capabilities }) => capabilities);
      return [...new Set(all)].sort().map(plain);
    },
    team: async (host) => {
      const teams = (await host.query('members', {})).map(({ team }) => team);
      return [...new Set(teams)].flatMap((word) => (word === null ? [] : [{ word, about: '' }]));
    },
    company: async (host) =>
      (await host.companies()).map(({ id, name, template }) => ({
        word: isWord(name) ? name : id,
        about: isWord(name) ? template : `${name}, ${template}`,
      })),
  };

/** What no shell has to quote. */
const isWord = (name: string): boolean => /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(name);

async function membersOf(host: Coordination, onlyAgents: boolean): Promise<Completion[]> {
  const members = await host.query('members', {});
  return members
    .filter(({ agent }) => agent !== null || !onlyAgents)
    .map(({ member: { id, name, roleIds } }) => ({
      word: isWord(name) ? name : id,
      about: isWord(name) ? roleIds.join(', ') : `${name}, ${roleIds.join(', ')}`,
    }));
}

/** What waits, or was vetoed. */
async function gatesOf(host: Coordination, onlyApprovals: boolean) {
  const gates = await host.query('gates', { all: true });
  return gates
    .filter(({ gate: { state, request } }) => {
      if (onlyApprovals && request === null) return false;
      return state === 'waiting' || state === 'vetoed';
    })
    .map(({ gate: { id, name, state }, epic }) => ({
      ...{ word: id as string, name },
      about: `${name}, ${epic ? epic.title : 'an approval'} (${state})`,
    }));
}

/** By its name, where that leads to one alone. */
function byNameOnce(gates: readonly (Completion & { readonly name: string })[]): Completion[] {
  const isOne = (name: string) => gates.filter((gate) => gate.name === name).length === 1;
  return gates.map(({ word, name, about }) => ({
    word: isWord(name) && isOne(name) ? name : word,
    about,
  }));
}
