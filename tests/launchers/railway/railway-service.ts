/**
 * Railway's API for tests, over a real socket: each request is parsed, validated and executed against the published schema,
 * and what is deployed really runs, as a process of this machine with the variables of its service.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { buildSchema, execute, parse, validate } from 'graphql';
import { onTestFinished } from 'vitest';

const schema = buildSchema(readFileSync(path.join(import.meta.dirname, 'schema.graphql'), 'utf8'));

export interface PaperService {
  readonly id: string;
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  settings: Readonly<Record<string, unknown>>;
  limits: Readonly<Record<string, unknown>>;
}

interface PaperDeployment {
  readonly id: string;
  readonly serviceId: string;
  status: string;
  deploymentStopped: boolean;
  readonly logs: { timestamp: string; message: string }[];
  readonly process: ChildProcess | null;
}

/** What one request is answered in place of the truth. `then`: it is done all the same. */
export interface Trouble {
  /** Of requests that hold this text; left out: any. */
  readonly at?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** No answer at all. */
  readonly silent?: boolean;
  readonly isDone?: boolean;
}

export interface RailwayOptions {
  /** What a deployment runs; the worker program unless told. */
  readonly command?: readonly [string, ...string[]];
  /** A deployment of these ends so before anything runs. */
  readonly fails?: 'FAILED' | 'CRASHED';
}

export const projectId = '11111111-1111-4111-8111-111111111111';
export const environmentId = '22222222-2222-4222-8222-222222222222';
const workerEntry = path.resolve(import.meta.dirname, '../../../src/worker/index.ts');

export class PaperRailway {
  readonly services = new Map<string, PaperService>();
  readonly deployments = new Map<string, PaperDeployment>();
  /** The names of the operations that came, in order. */
  readonly asked: string[] = [];
  /** All that was refused as no request of the schema: there should be none. */
  readonly invalid: string[] = [];
  readonly headers: IncomingMessage['headers'][] = [];
  readonly troubles: Trouble[] = [];
  token = 'project-token-1';
  url = '';
  readonly #options: RailwayOptions;

  private constructor(options: RailwayOptions) {
    this.#options = options;
  }

  static async open(options: RailwayOptions = {}): Promise<PaperRailway> {
    const railway = new PaperRailway(options);
    const server = createServer((request, response) => {
      railway.#serve(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    railway.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql/v2`;
    onTestFinished(async () => {
      for (const id of [...railway.services.keys()]) railway.removeService(id);
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });
    return railway;
  }

  /** As by a person in Railway's own pages. */
  removeService(id: string): void {
    this.services.delete(id);
    for (const deployment of [...this.deployments.values()]) {
      if (deployment.serviceId !== id) continue;
      deployment.process?.kill('SIGKILL');
      this.deployments.delete(deployment.id);
    }
  }

  /** A service that is there already. */
  add(name: string): PaperService {
    const service = { id: randomUUID(), name, variables: {}, settings: {}, limits: {} };
    this.services.set(service.id, service);
    return service;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    this.headers.push(request.headers);
    const trouble = this.#takeTrouble(text);
    if (trouble && !trouble.isDone) return answerTrouble(response, trouble);
    const [status, body] = await this.#answer(request, text);
    if (trouble) return answerTrouble(response, trouble);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  #takeTrouble(text: string): Trouble | null {
    const n = this.troubles.findIndex(({ at }) => at === undefined || text.includes(at));
    return n < 0 ? null : (this.troubles.splice(n, 1)[0] ?? null);
  }

  async #answer({ headers }: IncomingMessage, text: string): Promise<[number, unknown]> {
    const shown = headers['project-access-token'] ?? headers.authorization?.replace(/^Bearer /, '');
    // As Railway does: 200, and words.
    if (shown !== this.token) return [200, { errors: [{ message: 'Not Authorized' }], data: null }];
    const { query, variables } = JSON.parse(text) as { query: string; variables: Record<string, unknown> };
    const document = parse(query);
    const [operation] = document.definitions;
    if (operation?.kind === 'OperationDefinition') this.asked.push(operation.name?.value ?? '');
    const faults = validate(schema, document);
    if (faults.length > 0) {
      this.invalid.push(...faults.map(({ message }) => message));
      return [400, { errors: faults.map(({ message }) => ({ message })) }];
    }
    const result = await execute({
      schema,
      document,
      variableValues: variables,
      rootValue: this.#resolvers(),
    });
    // Also what the variables hold is of the schema, or no request.
    for (const { message } of result.errors ?? []) if (/Variable "/.test(message)) this.invalid.push(message);
    return [
      200,
      {
        data: result.data ?? null,
        ...(result.errors && { errors: result.errors.map(({ message }) => ({ message })) }),
      },
    ];
  }

  #resolvers() {
    return {
      project: ({ id }: { id: string }) => {
        if (id !== projectId) throw new Error('Project not found');
        const edges = [...this.services.values()].map((node) => ({ node, cursor: node.id }));
        const page = ({ first = 100, after }: { first?: number; after?: string | null }) => {
          const from = after == null ? 0 : edges.findIndex(({ cursor }) => cursor === after) + 1;
          const shown = edges.slice(from, from + first);
          const pageInfo = {
            hasNextPage: from + first < edges.length,
            endCursor: shown.at(-1)?.cursor ?? null,
          };
          return { edges: shown, pageInfo };
        };
        return { id, name: 'Workers', services: page };
      },
      serviceCreate: ({ input }: { input: { name: string; variables: Record<string, string> } }) => {
        if ([...this.services.values()].some(({ name }) => name === input.name)) {
          throw new Error(`A service named "${input.name}" already exists in this project`);
        }
        const service = { id: randomUUID(), name: input.name, variables: input.variables ?? {} };
        this.services.set(service.id, { ...service, settings: {}, limits: {} });
        return service;
      },
      serviceInstanceUpdate: ({
        serviceId,
        input,
      }: {
        serviceId: string;
        input: Record<string, unknown>;
      }) => {
        this.#service(serviceId).settings = input;
        return true;
      },
      serviceInstanceLimitsUpdate: ({
        input,
      }: {
        input: { serviceId: string } & Record<string, unknown>;
      }) => {
        const { serviceId, environmentId: _, ...limits } = input;
        this.#service(serviceId).limits = limits;
        return true;
      },
      serviceInstanceDeployV2: ({ serviceId }: { serviceId: string }) =>
        this.#deploy(this.#service(serviceId)),
      deploymentStop: ({ id }: { id: string }) => {
        const deployment = this.#deployment(id);
        deployment.process?.kill('SIGTERM');
        const seconds = Number(this.#service(deployment.serviceId).settings['drainingSeconds'] ?? 0);
        setTimeout(() => deployment.process?.kill('SIGKILL'), seconds * 1_000).unref();
        return true;
      },
      serviceDelete: ({ id }: { id: string }) => {
        this.#service(id);
        this.removeService(id);
        return true;
      },
      deployments: ({ first }: { first?: number }) => ({
        edges: [...this.deployments.values()]
          .reverse()
          .slice(0, first)
          .map((node) => ({ node, cursor: node.id })),
        pageInfo: { hasNextPage: false },
      }),
      deployment: ({ id }: { id: string }) => this.#deployment(id),
      deploymentLogs: ({
        deploymentId,
        startDate,
        limit,
      }: {
        deploymentId: string;
        startDate?: string;
        limit?: number;
      }) =>
        this.#deployment(deploymentId)
          .logs.filter(({ timestamp }) => startDate == null || timestamp >= startDate)
          .slice(0, limit),
      buildLogs: ({ deploymentId }: { deploymentId: string }) => {
        this.#deployment(deploymentId);
        return [{ timestamp: '2026-11-30T12:00:00.000000001Z', message: 'image not found: nobody/made' }];
      },
    };
  }

  #service(id: string): PaperService {
    const service = this.services.get(id);
    if (!service) throw new Error('Service not found');
    return service;
  }

  #deployment(id: string): PaperDeployment {
    const deployment = this.deployments.get(id);
    if (!deployment) throw new Error('Deployment not found');
    return deployment;
  }

  #deploy({ id: serviceId, variables, settings }: PaperService): string {
    if (!(settings['source'] as { image?: string } | undefined)?.image)
      throw new Error('Service has no source');
    const id = randomUUID();
    const { command = [process.execPath, workerEntry], fails } = this.#options;
    const logs: PaperDeployment['logs'] = [];
    const state = { id, serviceId, deploymentStopped: false, logs };
    if (fails) {
      this.deployments.set(id, { ...state, status: fails, process: null });
      return id;
    }
    const [program, ...args] = command;
    const child = spawn(program, args, {
      env: { PATH: process.env['PATH'] ?? '', HOME: '/tmp', ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const deployment: PaperDeployment = { ...state, status: 'DEPLOYING', process: child };
    this.deployments.set(id, deployment);
    child.once('spawn', () => {
      deployment.status = 'SUCCESS';
    });
    for (const output of [child.stdout, child.stderr])
      output?.on('data', (chunk) => note(logs, String(chunk)));
    child.once('close', (code) => {
      deployment.deploymentStopped = true;
      if (code !== 0) deployment.status = 'CRASHED';
    });
    return id;
  }
}

let lines = 0;
function note(logs: PaperDeployment['logs'], text: string): void {
  for (const message of text.split('\n').filter((line) => line !== '')) {
    lines += 1;
    logs.push({ timestamp: `2026-11-30T12:00:00.${String(lines).padStart(9, '0')}Z`, message });
  }
}

function answerTrouble(
  response: ServerResponse,
  { status = 500, headers = {}, body = '', silent }: Trouble,
): void {
  if (!silent) response.writeHead(status, headers).end(body);
}
