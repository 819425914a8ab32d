/** What a good client says on the line, call by call: the raw material of frames that no good client sends. */
import type { Coordination, callSchemas } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { Seq, TaskId } from '../../src/core/ids.ts';
import { connectClient } from '../../src/rpc/client.ts';
import { openSocketChannel } from '../../src/rpc/socket-channel.ts';
import type { WatchedHost } from './watched-host.ts';

export interface Recording {
  /** The text by which a connection begins. */
  readonly hello: string;
  /** Every call of the contract, with several commands and queries. */
  readonly texts: readonly string[];
}

/** Does a bit of everything in a company that is there to suffer. */
export async function recordFrames({ socket, token }: WatchedHost, company: string): Promise<Recording> {
  const texts: string[] = [];
  const channel = await openSocketChannel(socket);
  const send = (text: string) => {
    texts.push(text);
    channel.send(text);
  };
  const connection = connectClient({ ...channel, send });
  await connection.hello({ version: rpcVersion, token, company, client: 'recorded' });
  await sayEverything(connection);
  connection.close();
  // What answers the host would be taken for an answer that it never asked for.
  const [hello = '', ...others] = texts.flatMap(asQuestion);
  return { hello, texts: others };
}

/** With the arguments at the end, where they are easy to spoil. */
function asQuestion(text: string): string[] {
  const { t, i, m, a } = JSON.parse(text) as Readonly<Record<string, unknown>>;
  return t === 'q' ? [JSON.stringify({ t, i, m, a })] : [];
}

type Saying = (host: Coordination, taskId: TaskId) => Promise<unknown>;

/** By the name of each call, so that none is forgotten. */
const sayings: Record<Exclude<keyof typeof callSchemas, 'hello'>, readonly Saying[]> = {
  takeHandover: [(host) => host.takeHandover()],
  companies: [(host) => host.companies()],
  templates: [(host) => host.templates()],
  createCompany: [(host) => host.createCompany({ from: { template: 'no_such_template' } })],
  companyPlaces: [(host) => host.companyPlaces()],
  joinCompanies: [(host) => host.joinCompanies()],
  moveCompany: [(host) => host.moveCompany({ to: 'here' })],
  plugins: [(host) => host.plugins()],
  inspectPlugin: [(host) => host.inspectPlugin({ name: 'no.acplug', base64: 'UEs=' })],
  installPlugin: [(host) => host.installPlugin({ name: 'no.acplug', base64: 'UEs=' })],
  removePlugin: [(host) => host.removePlugin({ id: 'no-such-plugin' })],
  channels: [(host) => host.channels()],
  setChannel: [
    (host) => host.setChannel({ name: 'nowhere', plugin: 'no-such-plugin', settings: { a: 'b' } }),
  ],
  removeChannel: [(host) => host.removeChannel({ name: 'nowhere' })],
  testChannel: [(host) => host.testChannel({ name: 'nowhere' })],
  linkChannel: [(host) => host.linkChannel({ name: 'nowhere' })],
  unlinkChannel: [(host) => host.unlinkChannel({ name: 'nowhere', person: 'U1' })],
  hostFacts: [(host) => host.hostFacts()],
  tokens: [(host) => host.tokens()],
  createToken: [(host) => host.createToken({ member: 'nobody', access: 'read', name: 'mischief' })],
  revokeToken: [(host) => host.revokeToken({ id: 'nowhere' })],
  reviews: [(host) => host.reviews()],
  startReview: [(host) => host.startReview({ path: '/nowhere/at/all' })],
  stopReview: [(host) => host.stopReview({ id: 'review_0' })],
  staffing: [(host) => host.staffing()],
  setLimits: [(host) => host.setLimits({ llmCalls: 4 })],
  codingAgents: [(host) => host.codingAgents()],
  command: [
    (host) => host.command({ type: 'task.create', title: 'Wash the car', tags: ['red'], roleId: 'engineer' }),
    (host, taskId) => host.command({ type: 'task.prioritize', taskId, priority: 'HIGH' }),
    (host, taskId) => host.command({ type: 'task.claim', taskId }),
    (host, taskId) => host.command({ type: 'task.complete', taskId, token: 7, artifacts: [] }),
    (host) =>
      host.command({ type: 'decision.log', kind: 'a choice', context: 'of two', reason: 'the better' }),
    (host) => host.command({ type: 'lock.acquire', scope: 'docs/**', intent: 'write', ttl: 1_000 }),
    (host) => host.command({ type: 'thread.start', title: 'Ünïcode', text: 'Hello, @ann \u{1f600}' }),
    (host) => host.command({ type: 'budget.set', scope: { kind: 'company' }, money: 5_000_000 }),
  ],
  query: [
    (host) => host.query('status', {}),
    (host) => host.query('tasks', { state: 'ready', limit: 3 }),
    (host, taskId) => host.query('taskBrief', { taskId }),
    (host) => host.query('events', { after: 0, limit: 5 }),
    (host) => host.query('audit', { types: ['task'], limit: 5 }),
    (host) => host.query('searchBoard', { text: 'hello "world' }),
    // Still waits when the line is gone.
    async (host) => void host.query('work', { wait: 60_000 }).catch(() => undefined),
    async (host) => void host.query('lockFree', { scope: 'docs/**', wait: 60_000 }).catch(() => undefined),
  ],
  putArtifact: [(host) => host.putArtifact({ path: 'a.txt', base64: 'YQ==' })],
  listFiles: [(host) => host.listFiles({ folder: 'src' })],
  readFile: [(host) => host.readFile({ path: 'src/a.ts' })],
  writeFile: [(host) => host.writeFile({ path: 'src/a.ts', base64: 'YQ==', token: 3 })],
  mergeFiles: [(host) => host.mergeFiles({ files: [{ path: 'src/a.ts', base64: 'YQ==', token: 3 }] })],
  openTree: [(host, taskId) => host.openTree({ taskId, token: 3 })],
  commitTree: [(host, taskId) => host.commitTree({ taskId, token: 3 })],
  follow: [
    async (host) => {
      // Leaving the loop unfollows.
      for await (const _batch of host.follow(0 as Seq, AbortSignal.timeout(5_000))) break;
    },
  ],
  unfollow: [],
  actAs: [(host) => host.actAs({ member: 'ann', role: 'engineer', workingOn: 'mischief', pid: 1 })],
};

async function sayEverything(host: Coordination): Promise<void> {
  const { events } = await host.command({ type: 'task.create', title: 'Known' });
  const [created] = events;
  if (created?.event.type !== 'task.created') throw new Error('no task was created');
  const taskId = created.event.task.id;
  // Some are refused: what counts is what was said.
  for (const saying of Object.values(sayings).flat()) await saying(host, taskId).catch(() => undefined);
}
