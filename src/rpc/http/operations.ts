/** Every operation of the HTTP API: derived from the commands, queries and calls of the contract, so that none is forgotten. */
import type { z } from 'zod';
import type { QueryName } from '../../contract/queries.ts';
import { querySchemas } from '../../contract/queries.ts';
import type { CallName, Coordination } from '../../contract/rpc.ts';
import { callSchemas } from '../../contract/rpc.ts';
import { authorizationRules } from '../../core/authorization-rules.ts';
import type { CommandInput } from '../../core/command.ts';
import { commandSchema } from '../../core/command.ts';
import { checkCall } from '../parse-call.ts';

export type Method = 'GET' | 'POST' | 'PUT';
/** What a request brings: the parameters of its query string, or its body. */
export type Input = Readonly<Record<string, unknown>>;

export interface Operation {
  readonly id: string;
  readonly method: Method;
  /** Below `/api/v1`; `{company}` stands for an id or a name. */
  readonly path: string;
  readonly tag: 'host' | 'company' | 'queries' | 'commands' | 'files' | 'channels' | 'tokens';
  /** What it does, in a few words; empty: the comment at the type of its answer says it. */
  readonly summary: string;
  /** What may be in the query string of a GET, or in the body; of a command with its `type`, which its path says already. */
  readonly input: z.ZodType;
  /** Whose answer it gives, among those that `answers.json` describes. */
  readonly answer: { readonly of: 'queries' | 'calls'; readonly name: string };
  /** No member may give it: it is there because the contract has it. */
  readonly byHostAlone: boolean;
  /** Whether its body may be as long as a frame of the other transports: it carries files. */
  readonly isLarge: boolean;
  readonly run: (session: Coordination, input: Input) => Promise<unknown>;
}

/**
 * Sessions are opened by the token of the request itself, and events are followed as a stream. What workers on other machines
 * need comes over the line of their own door alone.
 */
type OwnPath = 'hello' | 'takeHandover' | 'actAs' | 'command' | 'query' | 'follow' | 'unfollow';
type RoutedCall = Exclude<CallName, OwnPath>;
type Route = readonly [
  Method,
  string,
  Operation['tag'],
  (session: Coordination, input: never) => Promise<unknown>,
];

const company = '/companies/{company}';

const callRoutes: { readonly [Name in RoutedCall]: Route } = {
  companies: ['GET', '/companies', 'host', (session) => session.companies()],
  createCompany: ['POST', '/companies', 'host', (session, call) => session.createCompany(call)],
  hostFacts: ['GET', '/host', 'host', (session) => session.hostFacts()],
  templates: ['GET', '/templates', 'host', (session) => session.templates()],
  plugins: ['GET', '/plugins', 'host', (session) => session.plugins()],
  inspectPlugin: ['POST', '/plugins/inspect', 'host', (session, call) => session.inspectPlugin(call)],
  installPlugin: [
    'POST',
    `${company}/plugins/install`,
    'company',
    (session, call) => session.installPlugin(call),
  ],
  removePlugin: [
    'POST',
    `${company}/plugins/remove`,
    'company',
    (session, call) => session.removePlugin(call),
  ],
  companyPlaces: ['GET', '/places', 'host', (session) => session.companyPlaces()],
  joinCompanies: ['POST', '/places/join', 'host', (session) => session.joinCompanies()],
  moveCompany: ['POST', `${company}/move`, 'company', (session, call) => session.moveCompany(call)],
  channels: ['GET', `${company}/channels`, 'channels', (session) => session.channels()],
  setChannel: ['PUT', `${company}/channels`, 'channels', (session, call) => session.setChannel(call)],
  removeChannel: [
    'POST',
    `${company}/channels/remove`,
    'channels',
    (session, call) => session.removeChannel(call),
  ],
  testChannel: ['POST', `${company}/channels/test`, 'channels', (session, call) => session.testChannel(call)],
  linkChannel: ['POST', `${company}/channels/link`, 'channels', (session, call) => session.linkChannel(call)],
  unlinkChannel: [
    'POST',
    `${company}/channels/unlink`,
    'channels',
    (session, call) => session.unlinkChannel(call),
  ],
  tokens: ['GET', `${company}/tokens`, 'tokens', (session) => session.tokens()],
  createToken: ['POST', `${company}/tokens`, 'tokens', (session, call) => session.createToken(call)],
  revokeToken: ['POST', `${company}/tokens/revoke`, 'tokens', (session, call) => session.revokeToken(call)],
  reviews: ['GET', '/reviews', 'host', (session) => session.reviews()],
  startReview: ['POST', '/reviews', 'host', (session, call) => session.startReview(call)],
  stopReview: ['POST', '/reviews/stop', 'host', (session, call) => session.stopReview(call)],
  staffing: ['GET', '/staffing', 'host', (session) => session.staffing()],
  setLimits: ['PUT', '/staffing/limits', 'host', (session, call) => session.setLimits(call)],
  codingAgents: ['GET', '/staffing/agents', 'host', (session) => session.codingAgents()],
  putArtifact: ['POST', `${company}/artifacts`, 'files', (session, call) => session.putArtifact(call)],
  listFiles: ['GET', `${company}/files`, 'files', (session, call) => session.listFiles(call)],
  readFile: ['GET', `${company}/file`, 'files', (session, call) => session.readFile(call)],
  writeFile: ['PUT', `${company}/file`, 'files', (session, call) => session.writeFile(call)],
  mergeFiles: ['PUT', `${company}/files`, 'files', (session, call) => session.mergeFiles(call)],
  openTree: ['POST', `${company}/trees/open`, 'files', (session, call) => session.openTree(call)],
  commitTree: ['POST', `${company}/trees/commit`, 'files', (session, call) => session.commitTree(call)],
};

/** Their bodies hold what is in files. */
const large: readonly CallName[] = [
  'putArtifact',
  'writeFile',
  'mergeFiles',
  'createCompany',
  'inspectPlugin',
  'installPlugin',
];

const calls = (Object.entries(callRoutes) as [RoutedCall, Route][]).map(
  ([name, [method, path, tag, run]]): Operation => ({
    ...{ id: name, method, path, tag, summary: '', input: callSchemas[name] },
    answer: { of: 'calls', name },
    byHostAlone: false,
    isLarge: large.includes(name),
    run: (session, input) => run(session, checkCall(name, input) as never),
  }),
);

const queries = (Object.keys(querySchemas) as QueryName[]).map(
  (name): Operation => ({
    ...{
      id: `query.${name}`,
      method: 'GET',
      path: `${company}/queries/${name}`,
      tag: 'queries',
      summary: '',
    },
    input: querySchemas[name],
    answer: { of: 'queries', name },
    byHostAlone: false,
    isLarge: false,
    run: (session, params) => {
      checkCall('query', { name, params });
      // The schema of this very name has looked at them.
      return session.query(name, params as never);
    },
  }),
);

const commands = commandSchema.options.map((schema): Operation => {
  const type = schema.shape.type.value;
  const { doing, byHostAlone = false } = authorizationRules[type];
  return {
    ...{ id: `command.${type}`, method: 'POST', path: `${company}/commands/${type}`, tag: 'commands' },
    summary: `${doing.charAt(0).toUpperCase()}${doing.slice(1)}`,
    input: schema,
    answer: { of: 'calls', name: 'command' },
    byHostAlone,
    isLarge: type === 'company.create' || type === 'approval.request',
    run: (session, input) => session.command({ ...input, type } as unknown as CommandInput),
  };
});

export const operations: readonly Operation[] = [...calls, ...queries, ...commands];
