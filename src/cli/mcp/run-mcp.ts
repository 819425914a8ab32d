/** Serves MCP for one member of the company, over standard input and output or over HTTP, until it is stopped. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Command } from 'commander';
import manifest from '../../../package.json' with { type: 'json' };
import { CoordError } from '../../core/error.ts';
import { minutes } from '../../core/units.ts';
import { createCompanyServer } from '../../mcp/company-server.ts';
import { Desk } from '../../mcp/desk.ts';
import { createFixtureServer } from '../../mcp/fixtures/fixture-server.ts';
import type { HttpDoor, HttpDoorOptions } from '../../mcp/http/http-door.ts';
import { openHttpDoor } from '../../mcp/http/http-door.ts';
import { watchForSilence } from '../../mcp/http/idle-watch.ts';
import { serveOverStdio } from '../../mcp/serve-stdio.ts';
import { stopSignal } from '../../serve/stop-signal.ts';
import type { GlobalOptions } from '../global-options.ts';
import { globalOptions } from '../global-options.ts';
import type { Output } from '../output/output.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';
import type { McpOptions } from './mcp-options.ts';
import { printConfig } from './print-config.ts';
import { defaultPort, tokenVariable } from './reach.ts';

type CreateServer = HttpDoorOptions['createServer'];

/** Shorter ones can be guessed. */
const shortestToken = 16;

export async function runMcp(options: McpOptions, command: Command): Promise<void> {
  const global = globalOptions(command);
  const output = openOutput(global.json);
  if (options.conformance) return await serveFixtures(options, output);
  if (options.member === undefined && options.role === undefined) {
    command.error(
      'error: say for whom: --member <member>, or --role <role> (“agentcoord status” lists them)',
    );
  }
  if (options.printConfig !== undefined) return printConfig(options.printConfig, options, global, output);
  await using desk = new Desk(identity(options, global));
  const createServer: CreateServer = () => createCompanyServer(desk, manifest.version);
  // Says at once what no waiting will change, such as a member that there isn't.
  await desk.session().catch((error: unknown) => {
    if (!(error instanceof CoordError && error.code === 'NOT_CONNECTED')) throw error;
    output.note(`${error.code}: ${plainLine(error.message)}. This server waits for it.`);
  });
  if (options.http) await serveOverHttp(desk, createServer, options, output);
  else await serveOverStdio(createServer, stopSignal(), output.note);
}

function identity({ member, role, workingOn }: McpOptions, { dataDir, company }: GlobalOptions) {
  return {
    ...(dataDir !== null && { dataDir }),
    ...(company !== null && { company }),
    ...(member !== undefined && { member }),
    ...(role !== undefined && { role }),
    ...(workingOn !== undefined && { workingOn }),
    client: 'mcp',
  };
}

async function serveOverHttp(
  desk: Desk,
  createServer: CreateServer,
  { port = defaultPort, idle = minutes(15) }: McpOptions,
  output: Output,
): Promise<void> {
  const given = process.env[tokenVariable];
  if (given !== undefined && given.length < shortestToken) {
    throw new CoordError(
      'BAD_INPUT',
      `MCP was not served: the token in $${tokenVariable} has ${given.length} characters, and it needs ${shortestToken}. Leave it unset for a new one`,
    );
  }
  const token = given ?? randomBytes(32).toString('base64url');
  await serveUntilStopped({ port, token, createServer }, output, (door) => {
    const { url } = door;
    output.answer({ url, ...(given === undefined && { token }), pid: process.pid }, () =>
      [
        `Serving MCP at ${output.style('alive', url)}`,
        given === undefined ? `Bearer token: ${token}` : `Bearer token: that of $${tokenVariable}`,
        'Ctrl-C ends it, and gives back what the member holds.',
      ].join('\n'),
    );
    return watchForSilence(desk, door, idle);
  });
}

async function serveFixtures({ port = 0 }: McpOptions, output: Output): Promise<void> {
  const createServer: CreateServer = () => createFixtureServer(manifest.version);
  await serveUntilStopped({ port, token: null, createServer }, output, ({ url }) => {
    output.answer({ url, pid: process.pid }, () => `Serving the fixtures of the conformance suite at ${url}`);
    return () => undefined;
  });
}

async function serveUntilStopped(
  options: { port: number; token: string | null; createServer: CreateServer },
  output: Output,
  begin: (door: HttpDoor) => () => void,
): Promise<void> {
  const stop = stopSignal();
  const onFault = ({ message }: Error) => output.note(`mcp: ${plainLine(message)}`);
  const door = await openHttpDoor({ ...options, onFault });
  const end = begin(door);
  try {
    if (!stop.aborted) await once(stop, 'abort');
  } finally {
    end();
    await door.close();
  }
}
