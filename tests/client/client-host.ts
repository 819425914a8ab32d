/** A real host in a temporary folder for scripts to connect to, which can be closed and opened again. */
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { ConnectOptions } from '../../src/client/index.ts';
import { connect, createCompany } from '../../src/client/index.ts';
import type { Session } from '../../src/client/session.ts';
import type { CompanyFileInput } from '../../src/contract/templates.ts';
import type { Host } from '../../src/serve/open-host.ts';
import { openHost } from '../../src/serve/open-host.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export interface ClientHost {
  readonly dataDir: string;
  /** Closed with the test. */
  connect(options?: ConnectOptions): Promise<Session>;
  open(): Promise<void>;
  close(): Promise<void>;
}

const file: CompanyFileInput = {
  name: 'Acme',
  policy: { lease: '3s', lock_ttl: '5s', retry_base: '1s' },
  departments: [
    {
      name: 'engineering',
      teams: [
        {
          name: 'core',
          members: [
            { name: 'ann', role: 'engineer' },
            { name: 'bob', role: 'engineer' },
            { name: 'emma', role: 'em' },
            { name: 'hera', role: 'em', kind: 'human' },
          ],
        },
      ],
    },
  ],
};

export async function openClientHost(): Promise<ClientHost> {
  const dataDir = path.join(await temporaryFolder(), 'data');
  let host: Host | null = null;
  const close = async () => {
    await host?.close();
    host = null;
  };
  const open = async () => {
    host = await openHost({ dataDir, name: 'test host', workers: 0 });
  };
  await open();
  onTestFinished(close);
  await createCompany({ dataDir, from: { file } });
  return {
    dataDir,
    open,
    close,
    connect: async (options = {}) => {
      const session = await connect({ dataDir, ...options });
      onTestFinished(() => session.close());
      return session;
    },
  };
}

/** Resolves with the reason when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(signal.reason);
    else signal.addEventListener('abort', () => resolve(signal.reason), { once: true });
  });
}
