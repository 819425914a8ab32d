/** Brings a command to its company: through the host that runs, or through one of its own when there is none. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Coordination, Hello } from '../contract/rpc.ts';
import { rpcVersion } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import { connectClient } from '../rpc/client.ts';
import { openSocketChannel } from '../rpc/socket-channel.ts';
import { defaultDataDir } from '../serve/data-directory.ts';
import type { HostFile } from '../serve/host-file.ts';
import { readHostFile } from '../serve/host-file.ts';
import { calledAs } from './called-as.ts';
import type { GlobalOptions } from './global-options.ts';
import { atMoment } from './moment.ts';
import { plainLine } from './output/plain-text.ts';
import { shellWord } from './output/shell-word.ts';

export interface HostSession {
  readonly coordination: Coordination;
  readonly hello: Hello;
  readonly dataDir: string;
  /** The host that runs; null: the command opened the data directory itself. */
  readonly host: HostFile | null;
}

export interface CompanySession extends HostSession {
  readonly company: { readonly id: string; readonly name: string };
  /** What a hint adds so that it leads to this company too: the options that this command was given, or nothing. */
  readonly sameCompany: string;
}

interface OpenSession {
  readonly coordination: Coordination;
  readonly token: string;
  readonly host: HostFile | null;
  close(): Promise<void>;
}

/** How long a host that starts or stops may hold the directory and not answer before we give up, in ms. */
const patienceMs = 10_000;
const retryMs = 100;

/**
 * Runs `use` with a session that is bound to the company of the options, or to none while there is none.
 * @throws CoordError `DATA_DIR_IN_USE`, `NOT_FOUND` (no such company), `COMPANY_AMBIGUOUS`
 */
export async function withHost<Result>(
  options: GlobalOptions,
  use: (session: HostSession) => Promise<Result>,
): Promise<Result> {
  const dataDir = dataDirOf(options);
  const session = await open(dataDir);
  try {
    const { coordination, token, host } = session;
    const hello = await coordination.hello({
      version: rpcVersion,
      token,
      company: options.company,
      client: 'cli',
    });
    warn(hello.warnings);
    const asked = options.at === null ? coordination : atMoment(coordination, options.at);
    return await use({ coordination: asked, hello, dataDir, host });
  } finally {
    await session.close();
  }
}

/** Whoever talks to a host hears of what is wrong there, whatever they came for. */
function warn(warnings: Hello['warnings']): void {
  for (const { company, code, message } of warnings) {
    const who = company.name === null ? company.id : `${company.name} (${company.id})`;
    process.stderr.write(`warning: ${code}: ${plainLine(`${who}: ${message}`)}\n`);
  }
}

/** @throws CoordError `NOT_FOUND` - there is no company yet; `COMPANY_AMBIGUOUS` - several, and none was named */
export async function withCompany<Result>(
  options: GlobalOptions,
  use: (session: CompanySession) => Promise<Result>,
): Promise<Result> {
  const dataDir = dataDirOf(options);
  // A typing error must not leave a folder behind.
  if (!existsSync(dataDir)) throw emptyDirectory(dataDir);
  return await withHost(options, async (session) => {
    const { company } = session.hello;
    if (!company) throw await noCompany(session);
    return await use({ ...session, company, sameCompany: companyOptions(options) });
  });
}

/** Empty when nothing was given: what is meant by itself is found again by itself. */
export function companyOptions({ dataDir, company }: Pick<GlobalOptions, 'dataDir' | 'company'>): string {
  const given = [
    ['--data-dir', dataDir],
    ['--company', company],
  ] as const;
  return given.map(([option, value]) => (value === null ? '' : ` ${option} ${shellWord(value)}`)).join('');
}

async function noCompany({ coordination, dataDir }: HostSession): Promise<CoordError> {
  const companies = await coordination.companies();
  if (companies.length === 0) return emptyDirectory(dataDir);
  const names = companies.map(({ name }) => name);
  return new CoordError(
    'COMPANY_AMBIGUOUS',
    `There are several companies in ${dataDir}: ${names.join(', ')}. Say which with --company, or in AGENTCOORD_COMPANY`,
    { dataDir, companies: names },
  );
}

const emptyDirectory = (dataDir: string): CoordError =>
  new CoordError(
    'NOT_FOUND',
    `There is no company in ${dataDir} yet. Create one: ${calledAs()} init --template startup`,
    { dataDir },
  );

const dataDirOf = (options: GlobalOptions): string => resolve(options.dataDir ?? defaultDataDir());

/** A stale `host.json` leads nowhere; then the lock of the directory decides whether a host lives. */
async function open(dataDir: string): Promise<OpenSession> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const running = await connectToRunning(dataDir);
    if (running) return running;
    try {
      return await openOwn(dataDir);
    } catch (error) {
      const inUse = error instanceof CoordError && error.code === 'DATA_DIR_IN_USE';
      if (!inUse || Date.now() > deadline) throw error;
      await pause(retryMs);
    }
  }
}

async function connectToRunning(dataDir: string): Promise<OpenSession | null> {
  const host = await readHostFile(dataDir);
  if (!host) return null;
  try {
    const connection = connectClient(await openSocketChannel(host.socket));
    return { coordination: connection, token: host.token, host, close: async () => connection.close() };
  } catch (error) {
    if (error instanceof CoordError && error.code === 'NOT_CONNECTED') return null;
    throw error;
  }
}

/** A host is loaded only by those who need one of their own: where one runs, a command is there sooner. */
async function openOwn(dataDir: string): Promise<OpenSession> {
  const { openHost } = await import('../serve/open-host.ts');
  const host = await openHost({ dataDir, name: 'agentcoord', listen: false, workers: 0 });
  return { coordination: host.connect(), token: host.token, host: null, close: () => host.close() };
}
