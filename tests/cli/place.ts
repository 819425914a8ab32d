/** A data directory of its own for a test, with its hosts and the owner's connections; all of it ends with the test. */
import { expect, onTestFinished } from 'vitest';
import type { ClientConnection } from '../../src/rpc/client.ts';
import { connectOwner } from './owner-connection.ts';
import type { Json, RunOptions, Sandbox } from './run-agentcoord.ts';
import { openSandbox } from './run-agentcoord.ts';
import type { ServingHost } from './serving-host.ts';
import { serveWith } from './serving-host.ts';

export interface Place extends Sandbox {
  /** Starts a host, without the page. */
  serve(...args: readonly string[]): Promise<ServingHost>;
  /** @param company its name or id */
  connect(company: string): Promise<ClientConnection>;
}

/** @param env what every command and host finds in its environment */
export async function newPlace(env: NonNullable<RunOptions['env']> = {}): Promise<Place> {
  const sandbox = await openSandbox(env);
  onTestFinished(() => sandbox.remove());
  return {
    ...sandbox,
    serve: async (...args) => {
      const host = await serveWith(env, sandbox.dataDir, '--no-http', ...args);
      onTestFinished(async () => {
        await host.end();
      });
      return host;
    },
    connect: async (company) => {
      const client = await connectOwner(sandbox.dataDir, company);
      onTestFinished(() => client.close());
      return client;
    },
  };
}

/** What `agentcoord companies` says of one there. */
export async function companyAt({ json }: Sandbox, name: string): Promise<Json> {
  return (await json('companies')).companies.find((one: Json) => one.name === name);
}

/** Resolves once a company of that name is open there. */
export async function untilOpen(place: Sandbox, name: string): Promise<void> {
  await expect.poll(() => companyAt(place, name), { timeout: 20_000 }).toMatchObject({ state: 'open' });
}
