/** Traces reach a collector over a real socket: from the epic down to the call of a model, whole across a restart of the host. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Coordination } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import { otlpAddress } from '../../src/serve/tracing/host-traces.ts';
import type { ApiHost } from './api-host.ts';
import { openApiHost } from './api-host.ts';

/** `ExportTraceServiceRequest` of opentelemetry-proto, in its JSON mapping; a field that it has not is refused. */
const anyValue = z.union([
  z.strictObject({ stringValue: z.string() }),
  z.strictObject({ intValue: z.union([z.number().int(), z.string().regex(/^-?\d+$/)]) }),
  z.strictObject({ doubleValue: z.number() }),
  z.strictObject({ boolValue: z.boolean() }),
  z.strictObject({ arrayValue: z.strictObject({ values: z.array(z.unknown()) }) }),
]);
const attributes = z.array(z.strictObject({ key: z.string(), value: anyValue }));
const nanos = z.string().regex(/^\d{19}$/);
const spanSchema = z.strictObject({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  traceState: z.string().optional(),
  flags: z.number().int().optional(),
  name: z.string().min(1),
  kind: z.number().int().min(1).max(5),
  startTimeUnixNano: nanos,
  endTimeUnixNano: nanos,
  attributes,
  droppedAttributesCount: z.number().int(),
  events: z.array(
    z.strictObject({
      timeUnixNano: nanos,
      name: z.string(),
      attributes,
      droppedAttributesCount: z.number().int(),
    }),
  ),
  droppedEventsCount: z.number().int(),
  links: z.array(z.unknown()),
  droppedLinksCount: z.number().int(),
  status: z.strictObject({ code: z.number().int().min(0).max(2), message: z.string().optional() }),
});
const requestSchema = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource: z.looseObject({ attributes }),
      scopeSpans: z.array(
        z.looseObject({ scope: z.looseObject({ name: z.string() }), spans: z.array(spanSchema) }),
      ),
    }),
  ),
});
type Span = z.output<typeof spanSchema>;

let collector: Server;
let endpoint: string;
let spans: Span[];
let resource: Record<string, unknown>;
/** What the collector answers. */
let status: number;
let api: ApiHost | null;

beforeEach(async () => {
  [spans, resource, status, api] = [[], {}, 200, null];
  collector = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
    request.on('end', () => {
      if (status === 200) take(text, `${request.method} ${request.url} ${request.headers['content-type']}`);
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await api?.close();
  collector.closeAllConnections();
  collector.close();
});

function take(text: string, how: string): void {
  expect(how).toBe('POST /v1/traces application/json');
  for (const { resource: from, scopeSpans } of requestSchema.parse(JSON.parse(text)).resourceSpans) {
    resource = Object.fromEntries(from.attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
    spans.push(...scopeSpans.flatMap((each) => each.spans));
  }
}

const named = (name: string) => spans.filter((span) => span.name.startsWith(name));
const attribute = (span: Span | undefined, key: string) =>
  Object.values(span?.attributes.find((each) => each.key === key)?.value ?? {})[0];

async function actingFor(host: ApiHost, member: string): Promise<Coordination> {
  const session = host.host.connect();
  await session.hello({ version: rpcVersion, token: host.host.token, company: 'Acme', client: 'test' });
  await session.actAs({ member, pid: process.pid });
  return session;
}

/** Claims, calls a model, and hands in. */
async function work(session: Coordination, path: string): Promise<void> {
  const { events } = await session.command({ type: 'task.claim' });
  const [claimed] = events;
  if (claimed?.event.type !== 'task.claimed') throw new Error('nothing was claimed');
  const held = { taskId: claimed.event.taskId, token: claimed.seq };
  const reserved = await session.command({
    type: 'usage.reserve',
    model: 'claude-x',
    ...held,
    tokens: 90,
    money: 5_000,
  });
  const call = reserved.events.find(({ event }) => event.type === 'usage.reserved')?.event;
  const reservationId = call && 'reservation' in call ? call.reservation.id : '';
  await session.command({
    type: 'usage.settle',
    reservationId,
    tokensIn: 70,
    tokensOut: 9,
    money: 4_000,
  } as never);
  const artifact = await session.putArtifact({ path, base64: 'eA==' });
  await session.command({ type: 'task.complete', ...held, artifacts: [artifact] });
}

it('tells an epic from its beginning to its end, though the host and the collector went away in between', async () => {
  api = await openApiHost({ otlpEndpoint: endpoint });
  status = 503;
  await api.owner.command({ type: 'epic.create', title: 'Dark mode', workflow: 'small' });
  await work(await actingFor(api, 'pia'), 'prd.md');
  api = await api.restart();
  status = 200;
  const [review] = await api.owner.query('tasks', { state: 'ready' });
  const emma = await actingFor(api, 'emma');
  const { events } = await emma.command({ type: 'task.claim', taskId: review?.task.id as never });
  const answer = { taskId: review?.task.id, token: events[0]?.seq, decision: 'approve', note: 'fine' };
  await emma.command({ type: 'task.answer', ...answer } as never);
  await work(await actingFor(api, 'ann'), 'code.ts');
  await vi.waitFor(() => expect(named('epic: ')).toHaveLength(1), { timeout: 20_000, interval: 100 });

  const [epic] = named('epic: ');
  expect(epic).toMatchObject({ name: 'epic: Dark mode' });
  expect(epic?.parentSpanId).toBeUndefined();
  expect(resource).toMatchObject({ 'service.name': 'agentcoord' });
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  expect(byId.size).toBe(spans.length);
  // One trace, and every span but the first hangs on another one of it.
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  const parentName = (span: Span) => byId.get(span.parentSpanId ?? '')?.name;
  for (const span of spans.filter((each) => each !== epic)) expect(parentName(span), span.name).toBeDefined();
  expect(Object.fromEntries(spans.map((span) => [span.name, parentName(span)]))).toMatchObject({
    'task: Write PRD': 'epic: Dark mode',
    'attempt: Write PRD': 'task: Write PRD',
    'gate: kickoff': 'task: Write PRD',
    'task: Implement feature': 'epic: Dark mode',
    'attempt: Implement feature': 'task: Implement feature',
  });
  const calls = named('chat: claude-x');
  expect(calls.map(parentName).toSorted()).toEqual(['attempt: Implement feature', 'attempt: Write PRD']);
  expect(attribute(calls[0], 'gen_ai.usage.input_tokens')).toEqual(70);
  expect(attribute(named('gate: kickoff')[0], 'agentcoord.outcome')).toBe('open');
  expect(named('gate: kickoff')[0]?.events.map(({ name }) => name)).toEqual(['signed']);
  for (const span of spans) {
    expect(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano), span.name).toBe(true);
    const parent = byId.get(span.parentSpanId ?? '');
    if (parent)
      expect(BigInt(span.startTimeUnixNano) >= BigInt(parent.startTimeUnixNano), span.name).toBe(true);
  }
});

it('says of an attempt that failed why it did', async () => {
  api = await openApiHost({ otlpEndpoint: endpoint });
  await api.owner.command({ type: 'task.create', title: 'Dig', roleId: 'engineer' });
  const ann = await actingFor(api, 'ann');
  const { events } = await ann.command({ type: 'task.claim' });
  const [claimed] = events;
  if (claimed?.event.type !== 'task.claimed') throw new Error('nothing was claimed');
  await ann.command({
    type: 'task.fail',
    taskId: claimed.event.taskId,
    token: claimed.seq,
    reason: 'the spade broke',
  });
  await vi.waitFor(() => expect(named('attempt: Dig')).toHaveLength(1), { timeout: 20_000, interval: 100 });
  expect(named('attempt: Dig')[0]?.status).toEqual({ code: 2, message: 'the spade broke' });
});

describe('where traces go', () => {
  it.each([
    ['nowhere, as nothing says so', null, {}, null],
    [
      'below the endpoint that was said',
      'http://c:4318/',
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://d:1' },
      'http://c:4318/v1/traces',
    ],
    [
      'below that of the environment',
      null,
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c/otlp' },
      'https://c/otlp/v1/traces',
    ],
    [
      'to the address for traces as it is',
      null,
      { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://c/t' },
      'http://c/t',
    ],
    ['nowhere, as OpenTelemetry is turned off', 'http://c', { OTEL_SDK_DISABLED: 'true' }, null],
    ['nowhere, as traces are', 'http://c', { OTEL_TRACES_EXPORTER: 'none' }, null],
  ])('%s', (_where, said, env, expected) => {
    expect(otlpAddress(said, env)).toBe(expected);
  });

  it.each(['localhost:4318', 'file:///tmp/x', 'no address'])('refuses %s', (said) => {
    expect(() => otlpAddress(said, {})).toThrow(/--otlp-endpoint must be an address/);
  });
});
