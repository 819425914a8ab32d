/** A company with a workspace in a temporary folder, and members who lock and write there. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Coordination } from '../../../src/contract/rpc.ts';
import type { OpenCompany } from '../../../src/coordinator/open-company.ts';
import type { Seq } from '../../../src/core/ids.ts';
import type { DurationMs } from '../../../src/core/units.ts';
import { lockFiles } from '../../lock-files.ts';
import type { SessionHost } from '../session-host.ts';
import { createSmall, openSessionHost } from '../session-host.ts';

export interface WorkspaceKit {
  readonly host: SessionHost;
  readonly company: OpenCompany;
  readonly root: string;
  readonly ada: Coordination;
  readonly bo: Coordination;
  /** What is on the disk, as text; null: nothing. */
  text(file: string): Promise<string | null>;
  /** Puts a file there without asking anybody. */
  put(file: string, content: string): Promise<void>;
}

export async function openWorkspace(): Promise<WorkspaceKit> {
  const host = await openSessionHost();
  const company = await createSmall(host, 'Acme');
  const root = path.join(company.folder, 'workspace');
  return {
    host,
    company,
    root,
    ada: await host.member(company, 'ada'),
    bo: await host.member(company, 'bo'),
    text: (file) => readFile(path.join(root, file), 'utf8').catch(() => null),
    put: async (file, content) => {
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), content);
    },
  };
}

export const base64 = (content: string): string => Buffer.from(content).toString('base64');

/** A token for the scope. */
export async function tokenFor(session: Coordination, scope: string, ttl = 60_000): Promise<Seq> {
  return (await lockFiles(session, scope, { ttl: ttl as DurationMs })).lock.token;
}

/** Writes under a token, or without one. */
export function write(session: Coordination, file: string, content: string | null, token: Seq | null) {
  return session.writeFile({ path: file, base64: content === null ? null : base64(content), token });
}
