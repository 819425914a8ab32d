/** A host with a small company and the HTTP API, shared by the cases of one file, and words for calling it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Coordination } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { Host, HostOptions } from '../../src/serve/open-host.ts';
import { openHost } from '../../src/serve/open-host.ts';
import { smallCompany } from '../real-company.ts';

export interface ApiHost {
  readonly dataDir: string;
  readonly host: Host;
  readonly owner: Coordination;
  /** `http://127.0.0.1:1234` */
  readonly origin: string;
  /** Below `/api/v1/companies/Acme`. */
  call(token: string, method: string, path: string, body?: unknown): Promise<Called>;
  /** Closes the host and opens it anew on the same folder. */
  restart(): Promise<ApiHost>;
  close(): Promise<void>;
}

export interface Called {
  readonly status: number;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: what came back has no type until a test looks at it
  readonly body: any;
}

export const builtUi = join(import.meta.dirname, '..', '..', 'out', 'renderer');

export async function openApiHost(options: Partial<HostOptions> = {}): Promise<ApiHost> {
  const dataDir = await mkdtemp(join(tmpdir(), 'agentcoord-api-'));
  const opened = await openOn(dataDir, options);
  await opened.owner.createCompany({ from: { file: smallCompany() } });
  return opened;
}

async function openOn(dataDir: string, options: Partial<HostOptions>): Promise<ApiHost> {
  const host = await openHost({
    ...{ dataDir, name: 'test host', workers: 0, http: { port: 0, staticDir: builtUi } },
    ...options,
  });
  const owner = host.connect();
  await owner.hello({ version: rpcVersion, token: host.token, company: null, client: 'test' });
  const origin = host.url ?? '';
  return {
    ...{ dataDir, host, owner, origin },
    call: (token, method, path, body) =>
      callAt(`${origin}/api/v1/companies/Acme${path}`, { token, method, body }),
    restart: async () => {
      await host.close();
      return openOn(dataDir, options);
    },
    close: async () => {
      await host.close();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export interface CallAt {
  readonly token?: string;
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function callAt(
  url: string,
  { token, method = 'GET', body, headers = {} }: CallAt = {},
): Promise<Called> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, body: type.includes('json') ? JSON.parse(text) : text };
}

/** What `fetch` does not let anybody say: any `Host`, a path as it is. */
export function rawCall(
  origin: string,
  {
    path,
    headers,
    method = 'GET',
    body = '',
  }: { path: string; headers: Record<string, string>; method?: string; body?: string },
): Promise<{ status: number; text: string; headers: Record<string, unknown> }> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
      );
    })
      .on('error', reject)
      .end(body);
  });
}
