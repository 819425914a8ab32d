/** The resources: the company, and each epic, task, gate and artifact by its address. */
import type { McpServer, ReadResourceResult, Variables } from '@modelcontextprotocol/server';
import { ResourceNotFoundError, ResourceTemplate } from '@modelcontextprotocol/server';
import type { Session } from '../client/session.ts';
import { CoordError } from '../core/error.ts';
import type { ArtifactHash, EpicId, GateId, TaskId } from '../core/ids.ts';
import type { Desk } from './desk.ts';
import { readableText } from './readable-text.ts';
import { artifactOf, briefOf, epicOf, gateOf, handedIn, Names, taskOf } from './shapes.ts';

/** Of one kind, in a list: an artifact that is not among them can be read all the same. */
const listed = 200;

interface Kind {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Ends in the one variable `{id}`. */
  readonly uri: string;
  readonly mimeType?: string;
  readonly list: (session: Session) => Promise<readonly { readonly id: string; readonly name: string }[]>;
  readonly read: (session: Session, id: string) => Promise<object | Uint8Array>;
}

const json = 'application/json';

const kinds: readonly Kind[] = [
  {
    name: 'epic',
    title: 'Epic',
    description: 'An epic with all of its tasks.',
    uri: 'agentcoord://epics/',
    mimeType: json,
    list: async (session) =>
      (await session.query('epics', {})).map(({ epic }) => ({ id: epic.id, name: epic.title })),
    read: async (session, id) => {
      const epicId = id as EpicId;
      const [view, tasks, names] = await Promise.all([
        session.query('epic', { epicId }),
        session.query('tasks', { epicId, limit: 1_000 }),
        Names.of(session),
      ]);
      const { description } = view.epic;
      return { epic: { ...epicOf(view), description }, tasks: tasks.map((task) => taskOf(task, names)) };
    },
  },
  {
    name: 'task',
    title: 'Task',
    description: 'A task: what is to be done, with what, and what was handed in.',
    uri: 'agentcoord://tasks/',
    mimeType: json,
    list: async (session) =>
      (await session.query('tasks', { limit: listed })).map(({ task }) => ({
        id: task.id,
        name: task.title,
      })),
    read: async (session, id) => {
      const taskId = id as TaskId;
      const [view, brief, names] = await Promise.all([
        session.query('task', { taskId }),
        session.query('taskBrief', { taskId }),
        Names.of(session),
      ]);
      const task = briefOf(brief, view, names, session.member.id);
      return { task: { ...task, handed_in: handedIn(view.task).map(artifactOf) } };
    },
  },
  {
    name: 'gate',
    title: 'Gate',
    description: 'A gate or an approval: its slots, and what is to be signed.',
    uri: 'agentcoord://gates/',
    mimeType: json,
    list: async (session) =>
      (await session.query('gates', {})).map(({ gate }) => ({ id: gate.id, name: gate.name })),
    read: async (session, id) => {
      const [view, names] = await Promise.all([
        session.query('gate', { gateId: id as GateId }),
        Names.of(session),
      ]);
      return { gate: gateOf(view, names, session.member.id) };
    },
  },
  {
    name: 'artifact',
    title: 'Artifact',
    description: 'What a task handed in, by its SHA-256.',
    uri: 'agentcoord://artifacts/',
    list: async (session) => {
      const tasks = await session.query('tasks', { limit: listed });
      const all = tasks.flatMap(({ task }) => handedIn(task));
      const once = new Map<string, string>(all.map(({ hash, path }) => [hash, path]));
      return [...once].map(([hash, path]) => ({ id: hash, name: path }));
    },
    read: (session, hash) => session.readArtifact(hash as ArtifactHash),
  },
];

export function registerResources(server: McpServer, desk: Desk): void {
  server.registerResource(
    'company',
    'agentcoord://company',
    { title: 'The company', description: 'The company at a glance.', mimeType: json },
    async (uri) => {
      const { company, tasks, gatesWaiting, epics } = await (await desk.session()).status();
      const { name, template } = company;
      return contents(uri, json, {
        name,
        template,
        tasks,
        gates_waiting: gatesWaiting,
        epics: epics.map(epicOf),
      });
    },
  );
  for (const kind of kinds) registerKind(server, desk, kind);
}

function registerKind(server: McpServer, desk: Desk, kind: Kind): void {
  const { name, title, description, mimeType } = kind;
  const listAll = async () => kind.list(await desk.session());
  const template = new ResourceTemplate(`${kind.uri}{id}`, {
    list: async () => ({
      resources: (await listAll()).map((one) => ({
        uri: `${kind.uri}${one.id}`,
        name: one.name,
        description,
        ...(mimeType && { mimeType }),
      })),
    }),
    complete: {
      id: async (value) => (await listAll()).map(({ id }) => id).filter((id) => id.startsWith(value)),
    },
  });
  server.registerResource(
    name,
    template,
    { title, description, ...(mimeType && { mimeType }) },
    async (uri, variables) => {
      const session = await desk.session();
      return contents(uri, mimeType, await kind.read(session, idIn(variables)).catch(asNotFound(uri)));
    },
  );
}

/** The protocol has an error of its own for that. */
const asNotFound =
  ({ href }: URL) =>
  (error: unknown): never => {
    const isMissing =
      error instanceof CoordError && ['NOT_FOUND', 'ARTIFACT_MISSING', 'BAD_INPUT'].includes(error.code);
    throw isMissing ? new ResourceNotFoundError(href, error.message) : error;
  };

function idIn({ id }: Variables): string {
  if (typeof id === 'string') return id;
  throw new CoordError('BAD_INPUT', 'The resource was not read: its address ends in exactly one id');
}

function contents(uri: URL, mimeType: string | undefined, content: object): ReadResourceResult {
  const { href } = uri;
  if (!(content instanceof Uint8Array)) {
    return { contents: [{ uri: href, mimeType: json, text: JSON.stringify(content, null, 2) }] };
  }
  const text = readableText(content);
  return {
    contents: [
      text === null
        ? {
            uri: href,
            mimeType: mimeType ?? 'application/octet-stream',
            blob: Buffer.from(content).toString('base64'),
          }
        : { uri: href, mimeType: mimeType ?? 'text/plain', text },
    ],
  };
}
