/** The OpenAPI document is one, has every command, query and call, and says truly what is answered. */
import { Validator } from '@seriousme/openapi-schema-validator';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { querySchemas } from '../../src/contract/queries.ts';
import { callSchemas } from '../../src/contract/rpc.ts';
import { commandSchema } from '../../src/core/command.ts';
import type { ApiHost } from './api-host.ts';
import { callAt, openApiHost } from './api-host.ts';

type Json = Record<string, unknown>;
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly content?: object }[];
  readonly requestBody?: unknown;
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: Json }> }>;
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Json> };
}

let api: ApiHost;
let document: Document;
let ajv: Ajv2020;

beforeAll(async () => {
  api = await openApiHost();
  const { body, status } = await callAt(`${api.origin}/openapi.json`);
  expect(status).toBe(200);
  document = body;
  ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // Closed, so that nothing is answered of which the document does not speak.
  ajv.addSchema({ $id: 'api', components: closed(document.components) });
});
afterAll(() => api.close());

const operations = (): (Operation & { method: string; path: string })[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => method !== 'parameters')
      .map(([method, operation]) => ({ ...operation, method, path })),
  );

it('is a valid OpenAPI document of version 3.1', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document) as never);
  expect(errors).toBeUndefined();
  expect({ valid, version: validator.version }).toEqual({ valid: true, version: '3.1' });
});

it('has every command, query and call of the contract once, each with a summary', () => {
  const ids = operations().map(({ operationId }) => operationId);
  const own = ['events.follow', 'health', 'health.live', 'health.ready', 'metrics', 'openapi'];
  const elsewhere = ['hello', 'takeHandover', 'actAs', 'command', 'query', 'follow', 'unfollow'];
  const expected = [
    ...commandSchema.options.map((schema) => `command.${schema.shape.type.value}`),
    ...Object.keys(querySchemas).map((name) => `query.${name}`),
    ...Object.keys(callSchemas).filter((name) => !elsewhere.includes(name)),
    ...own,
  ];
  expect(ids.toSorted()).toEqual(expected.toSorted());
  for (const { summary, operationId } of operations())
    expect({ operationId, summary }).toEqual({ operationId, summary: expect.stringMatching(/^[A-Z].{3,}/) });
});

it('has schemas that are JSON Schema', () => {
  for (const { operationId, responses } of operations())
    for (const { content = {} } of Object.values(responses))
      for (const { schema } of Object.values(content))
        expect(() => compile(schema), operationId).not.toThrow();
});

it('says truly what every query answers', async () => {
  const asked = await prepare();
  for (const name of Object.keys(querySchemas) as (keyof typeof querySchemas)[]) {
    const search = new URLSearchParams(asked[name]);
    const answer = await api.call(api.host.token, 'GET', `/queries/${name}?${search}`);
    expect(answer, name).toMatchObject({ status: 200 });
    expectToFit(answer.body, `/queries/${name}`, 'get');
  }
});

it('says truly what the calls answer', async () => {
  const base64 = Buffer.from('x').toString('base64');
  const locked = await api.call(api.host.token, 'POST', '/commands/lock.acquire', {
    scope: 'docs',
    intent: 'x',
  });
  expectToFit(locked.body, '/commands/lock.acquire', 'post');
  const write = { path: 'docs/a.md', base64, token: locked.body.events[0].seq };
  const calls: [string, string, unknown?][] = [
    ['post', '/artifacts', { path: 'a.txt', base64 }],
    ['put', '/file', write],
    ['put', '/files', { files: [write] }],
    ['get', '/file?path=docs/a.md'],
    ['get', '/file?path=nothing.md'],
    ['get', '/files?folder=docs'],
    ['get', '/channels'],
    ['post', '/tokens', { member: 'ann', access: 'read', name: 'for the document' }],
    ['get', '/tokens'],
    ['post', '/tokens/revoke', { id: 'for the document' }],
  ];
  for (const [method, path, body] of calls) {
    const answer = await api.call(api.host.token, method.toUpperCase(), path, body);
    expect(answer, path).toMatchObject({ status: 200 });
    expectToFit(answer.body, path, method);
  }
  for (const path of ['/companies', '/templates', '/plugins', '/places']) {
    const answer = await callAt(`${api.origin}/api/v1${path}`, { token: api.host.token });
    expect(answer, path).toMatchObject({ status: 200 });
    expectFit(answer.body, schemaOf(`/api/v1${path}`, 'get'), path);
  }
  expectFit((await callAt(`${api.origin}/health`)).body, schemaOf('/health', 'get'), '/health');
});

it('says truly what an event is, for every event of the log', async () => {
  const { body } = await api.call(api.host.token, 'GET', '/queries/events?after=0&limit=1000');
  expect(body.length).toBeGreaterThan(20);
  const fits = compile({ $ref: '#/components/schemas/StoredEvent' });
  for (const stored of body)
    expect({ stored, fits: fits(stored), errors: fits.errors }).toMatchObject({ fits: true });
});

it('says truly what a refusal is', async () => {
  const refusals = [
    await api.call(api.host.token, 'POST', '/commands/task.create', {}),
    await api.call(api.host.token, 'GET', '/queries/task?taskId=task_nobody'),
    await api.call('nobody', 'GET', '/queries/status'),
    await api.call(api.host.token, 'POST', '/commands/task.merge', {}),
    await callAt(`${api.origin}/api/v1/nothing`, { token: api.host.token }),
  ];
  for (const { body } of refusals) expectFit(body, { $ref: '#/components/schemas/Problem' }, body.code);
});

it('says which parameters stand in a query string as they are', async () => {
  const tasks = document.paths['/api/v1/companies/{company}/queries/tasks']?.['get']?.parameters ?? [];
  const asJson = tasks.filter(({ content }) => content).map(({ name }) => name);
  expect(asJson).toEqual(['after', 'at']);
  const { seq } = (await api.call(api.host.token, 'GET', '/queries/status')).body;
  const at = encodeURIComponent(JSON.stringify({ seq }));
  expect(await api.call(api.host.token, 'GET', `/queries/tasks?limit=1&at=${at}`)).toMatchObject({
    status: 200,
  });
});

/** Does some of everything. @returns what to ask each query for */
async function prepare(): Promise<Record<keyof typeof querySchemas, Record<string, string>>> {
  const { owner } = api;
  await owner.command({ type: 'epic.create', title: 'Dark mode', workflow: 'small' });
  await owner.command({ type: 'budget.set', scope: { kind: 'company' }, tokens: 1_000 });
  await owner.command({ type: 'scaling.set', rule: { name: 'all', min: 1, max: 2 } } as never);
  const ann = api.host.connect();
  await ann.hello({ version: 1, token: api.host.token, company: 'Acme', client: 'test' });
  const { workerId, memberId } = await ann.actAs({ member: 'ann', pid: process.pid });
  await ann.command({ type: 'lock.acquire', scope: 'src/**', intent: 'edit' });
  const asked = await owner.command({
    type: 'approval.request',
    title: 'Lamps',
    context: 'Dark.',
    roles: { em: 1 } as never,
  });
  const gate = asked.events.find(({ event }) => event.type === 'gate.asked')?.event;
  const gateId = gate && 'gateId' in gate ? gate.gateId : '';
  const started = await owner.command({ type: 'thread.start', title: 'Lamps', text: 'Who has one, @ann?' });
  const posted = started.events.find(({ event }) => event.type === 'message.posted')?.event;
  const threadId = posted && 'threadId' in posted ? posted.threadId : '';
  const [task] = await owner.query('tasks', {});
  const [epic] = await owner.query('epics', {});
  const taskId = task?.task.id ?? '';
  const { hash } = await owner.putArtifact({ path: 'a.txt', base64: 'eA==' });
  return {
    ...{ snapshot: {}, status: {}, tasks: { limit: '5' }, taskCount: { state: 'ready' }, task: { taskId } },
    ...{
      taskBrief: { taskId },
      epics: {},
      epic: { epicId: epic?.epic.id ?? '' },
      gates: { all: 'true' },
      gate: { gateId },
    },
    ...{
      approval: { gateId },
      threads: {},
      thread: { threadId },
      inbox: { memberId },
      searchBoard: { text: 'who has' },
    },
    ...{
      members: {},
      bestAgent: { roleId: 'engineer' },
      why: { memberId, capability: 'write_tests' },
      workers: {},
    },
    ...{
      workerFacts: {},
      scalings: {},
      workerTail: { workerId: workerId ?? '' },
      hung: { threshold: '0' },
      usage: { by: 'model' },
    },
    ...{ satisfiability: { workflow: 'small' }, events: { after: '0', limit: '50' }, artifact: { hash } },
    ...{
      workerLog: { workerId: workerId ?? '' },
      work: { wait: '0' },
      locks: {},
      lockFree: { scope: 'src/**', wait: '0' },
    },
    ...{
      audit: { limit: '50' },
      diff: { from: '{"seq":3}', to: '{"seq":9}' },
      hosts: {},
      conflicts: { all: 'true' },
      verify: {},
    },
  };
}

function schemaOf(path: string, method: string): Json {
  const schema = document.paths[path]?.[method]?.responses['200']?.content?.['application/json']?.schema;
  if (!schema) throw new Error(`the document has no answer for ${method} ${path}`);
  return schema;
}

function expectToFit(answer: unknown, path: string, method: string): void {
  expectFit(answer, schemaOf(`/api/v1/companies/{company}${path.replace(/\?.*/, '')}`, method), path);
}

function expectFit(answer: unknown, schema: Json, what: string): void {
  const fits = compile(schema);
  const isFit = fits(answer);
  expect({ what, errors: isFit ? null : fits.errors?.slice(0, 3) }).toEqual({ what, errors: null });
}

function compile(schema: Json): ValidateFunction {
  const text = JSON.stringify(closed(schema)).replaceAll('"#/components/', '"api#/components/');
  return ajv.compile(JSON.parse(text));
}

/** Objects take the properties that they are said to have, and no others. */
function closed<Part>(part: Part): Part {
  if (Array.isArray(part)) return part.map(closed) as Part;
  if (typeof part !== 'object' || part === null) return part;
  const inner = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, closed(value)]));
  const isObject = inner['type'] === 'object' && inner['properties'] !== undefined;
  return (
    isObject && !('additionalProperties' in inner) ? { ...inner, additionalProperties: false } : inner
  ) as Part;
}
