/** The OpenAPI 3.1 document of the HTTP API, generated from the operations and from what they answer. */
import { z } from 'zod';
import { errorCodes } from '../../core/error.ts';
import type { ErrorGuide } from './error-guide.ts';
import { apiPrefix } from './match-operation.ts';
import type { Operation } from './operations.ts';
import { operations } from './operations.ts';
import { statusOf } from './problem.ts';
import { inputSchema, isScalar } from './read-input.ts';

const describedSchema = z.object({ schema: z.looseObject({}), description: z.string() });

/** As the build reads them from the types of the contract: `out/api/answers.json`. */
export const answerSchemasSchema = z.object({
  queries: z.record(z.string(), describedSchema),
  calls: z.record(z.string(), describedSchema),
  event: z.looseObject({}),
  definitions: z.record(z.string(), z.looseObject({})),
});
export type AnswerSchemas = z.output<typeof answerSchemasSchema>;

type Json = Readonly<Record<string, unknown>>;
type JsonSchema = z.core.JSONSchema.JSONSchema;

export interface OpenApiParts {
  readonly version: string;
  readonly answers: AnswerSchemas;
  readonly guide: ErrorGuide;
  /** Where the host listens; left out: wherever the document was got from. */
  readonly origin?: string;
}

export function openApiDocument({ version, answers, guide, origin = '/' }: OpenApiParts): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'AgentCoord',
      version,
      summary: 'A company of AI agents and people: its commands, its questions and its events.',
      description:
        'Every command and every query of the company, as one operation each. A command answers once its events are durable. ' +
        'Whoever calls is the member whom the token was made out for, with the rights of that member’s roles.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: origin }],
    security: [{ token: [] }],
    tags,
    paths: { ...apiPaths(answers), ...operatorPaths },
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'Made out for one member by `agentcoord tokens create`, to read or to act.',
        },
      },
      parameters: {
        company: {
          ...{ name: 'company', in: 'path', required: true, description: 'Its id or its name.' },
          schema: { type: 'string', minLength: 1, maxLength: 80 },
        },
      },
      responses: { Problem: { description: 'Why it was refused, and what to do.', content: problemContent } },
      schemas: { ...answers.definitions, Problem: problemSchema(guide), Health: healthSchema },
    },
  };
}

const tags = [
  { name: 'host', description: 'What there is on this host.' },
  { name: 'company', description: 'A company as a whole.' },
  { name: 'queries', description: 'Questions about the state, now or at a moment of the past.' },
  { name: 'commands', description: 'What may be asked of a company.' },
  { name: 'events', description: 'What happens, as it happens.' },
  { name: 'files', description: 'Artifacts, and files under locks.' },
  { name: 'channels', description: 'Where messages go beside the app.' },
  { name: 'tokens', description: 'Who may call this API.' },
  { name: 'operations', description: 'For those who run the host.' },
] as const;

const problemRef = { $ref: '#/components/responses/Problem' };
const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

function apiPaths(answers: AnswerSchemas): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const path = `${apiPrefix}${operation.path}`;
    paths[path] ??= operation.path.includes('{company}')
      ? { parameters: [{ $ref: '#/components/parameters/company' }] }
      : {};
    paths[path][operation.method.toLowerCase()] = describe(operation, answers);
  }
  paths[`${apiPrefix}/companies/{company}/events`] = {
    parameters: [{ $ref: '#/components/parameters/company' }],
    get: eventsOperation(answers),
  };
  return paths;
}

function describe(operation: Operation, answers: AnswerSchemas): Json {
  const { id, tag, summary, method, answer } = operation;
  const answered = answers[answer.of][answer.name];
  const comment = answered?.description ?? '';
  return {
    operationId: id,
    tags: [tag],
    ...(summary === ''
      ? { summary: firstSentence(comment), description: comment }
      : { summary, ...(operation.byHostAlone && { description: hostAlone }) }),
    ...(method === 'GET' ? queryParameters(operation) : requestBody(operation)),
    responses: {
      '200': {
        description: 'Done.',
        content: { 'application/json': { schema: answered?.schema ?? {} } },
      },
      default: problemRef,
    },
  };
}

const hostAlone = 'The host gives it by itself; a member who does is refused.';

function firstSentence(text: string): string {
  return text.split(/(?<=[.;:])\s/)[0]?.replace(/[.;:]$/, '') ?? '';
}

/** Texts, numbers and booleans stand there as they are, everything else as JSON. */
function queryParameters({ input }: Operation): Json {
  const schema = inputSchema(input);
  const properties = Object.entries(schema.properties ?? {}).filter(([, property]) => !isNothing(property));
  if (properties.length === 0) return {};
  return {
    parameters: properties.map(([name, property]) => ({
      ...{ name, in: 'query', required: schema.required?.includes(name) ?? false },
      ...(isScalar(property)
        ? { schema: property }
        : { content: { 'application/json': { schema: property } } }),
    })),
  };
}

/** What may only be null may as well be left out. */
const isNothing = (schema: unknown): boolean =>
  typeof schema === 'object' && schema !== null && 'type' in schema && schema.type === 'null';

function requestBody({ input, tag }: Operation): Json {
  const { $schema: _, ...whole } = inputSchema(input);
  const schema = tag === 'commands' ? withoutType(whole) : whole;
  const isEmpty = Object.keys(schema.properties ?? {}).length === 0 && schema.type === 'object';
  if (isEmpty) return {};
  const required = schema.type !== 'object' || (schema.required?.length ?? 0) > 0;
  return { requestBody: { required, content: { 'application/json': { schema } } } };
}

/** The path of a command says which one it is. */
function withoutType(schema: JsonSchema): JsonSchema {
  const { type: _, ...properties } = schema.properties ?? {};
  const required = schema.required?.filter((name) => name !== 'type') ?? [];
  return { ...schema, properties, required };
}

const eventsOperation = (answers: AnswerSchemas): Json => ({
  operationId: 'events.follow',
  tags: ['events'],
  summary: 'Follow what happens in the company',
  description:
    'Server-sent events: `id` is the number of the event, `event` its type, `data` the event as JSON. A client that comes ' +
    'back with `Last-Event-ID` misses none. A message named `problem` is the last one: it says why the stream ends.',
  parameters: [
    {
      ...{ name: 'after', in: 'query', required: false, schema: { type: 'number', minimum: 0 } },
      description: 'The events after this one; left out: from now on.',
    },
    {
      ...{ name: 'Last-Event-ID', in: 'header', required: false, schema: { type: 'number', minimum: 0 } },
      description: 'The last event that the client has; it goes before `after`.',
    },
  ],
  responses: {
    '200': {
      description: 'The stream; each `data` is an event.',
      content: { 'text/event-stream': { schema: { type: 'string' }, 'x-event-schema': answers.event } },
    },
    default: problemRef,
  },
});

function operator(operationId: string, summary: string, responses: Json, isOpen: boolean): Json {
  return {
    get: {
      ...{ operationId, tags: ['operations'], summary },
      ...(isOpen && { security: [] }),
      responses: { ...responses, default: problemRef },
    },
  };
}

const healthAnswer = (description: string): Json => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Health' } } },
});
const readiness = { '200': healthAnswer('It is ready.'), '503': healthAnswer('It is not, and why.') };

const operatorPaths: Json = {
  '/health': operator('health', 'Whether the host lives and is ready', readiness, true),
  '/health/ready': operator('health.ready', 'Whether the host is ready', readiness, true),
  '/health/live': operator(
    'health.live',
    'Whether the host lives',
    {
      '200': {
        description: 'It does.',
        content: {
          'application/json': {
            schema: { type: 'object', properties: { live: { const: true } }, required: ['live'] },
          },
        },
      },
    },
    true,
  ),
  '/metrics': operator(
    'metrics',
    'Figures for Prometheus, of the companies that the token opens',
    {
      '200': {
        description: 'In the text format of Prometheus.',
        content: { 'text/plain': { schema: { type: 'string' } } },
      },
    },
    false,
  ),
  '/openapi.json': operator(
    'openapi',
    'This document',
    { '200': { description: 'It.', content: { 'application/json': { schema: { type: 'object' } } } } },
    true,
  ),
};

const healthSchema: Json = {
  type: 'object',
  properties: {
    live: { const: true },
    ready: { type: 'boolean' },
    reasons: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          company: { type: ['string', 'null'], description: 'Null: the host as a whole.' },
          code: { enum: [...errorCodes] },
          meaning: { type: 'string' },
        },
        required: ['company', 'code', 'meaning'],
      },
    },
  },
  required: ['live', 'ready', 'reasons'],
};

function problemSchema(guide: ErrorGuide): Json {
  const codes = errorCodes.map(
    (code) => `- \`${code}\` (${statusOf(code)}): ${firstSentence(guide(code).meaning)}`,
  );
  return {
    type: 'object',
    description: `A problem as RFC 9457 has it. Branch on \`code\`; the words are for people.\n\n${codes.join('\n')}`,
    properties: {
      type: { type: 'string', format: 'uri', description: '`urn:agentcoord:error:` and the code.' },
      title: { type: 'string', description: 'What the code means.' },
      status: { type: 'integer' },
      code: { enum: [...errorCodes] },
      detail: { type: 'string', description: 'What was refused, why, and what to do about it here.' },
      where: {
        type: 'array',
        items: { type: 'string' },
        description: 'Places in the input, such as `stories.0.title`; none: the request as a whole.',
      },
      why: { type: 'string', description: 'Where such a problem comes from, as a rule.' },
      whatToDo: { type: 'string', description: 'What helps, as a rule.' },
      details: { type: 'object', description: 'Facts for programs: ids, names, positions.' },
    },
    required: ['type', 'title', 'status', 'code', 'detail', 'where', 'why', 'whatToDo', 'details'],
  };
}
