/** Prints what an MCP client needs in its settings to start this server, or to reach it over HTTP. */
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { CoordError } from '../../core/error.ts';
import type { ClientName, Reach } from '../../mcp/client-config.ts';
import { clientConfigs } from '../../mcp/client-config.ts';
import { defaultDataDir } from '../../serve/data-directory.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { Output } from '../output/output.ts';
import type { McpOptions } from './mcp-options.ts';
import { defaultPort, tokenVariable } from './reach.ts';

export function printConfig(
  client: ClientName,
  options: McpOptions,
  { dataDir, company }: GlobalOptions,
  output: Output,
): void {
  const { member, role, workingOn, http, port = defaultPort } = options;
  const args = [
    // Always: the client does not start it with this shell's environment.
    ...option('--data-dir', dataDir === null ? defaultDataDir() : resolve(dataDir)),
    ...option('--company', company),
    'mcp',
    ...option('--member', member),
    ...option('--role', role),
    ...option('--working-on', workingOn),
  ];
  const reach: Reach = http
    ? { kind: 'http', url: `http://127.0.0.1:${port}/mcp`, tokenVariable }
    : { kind: 'stdio', command: process.execPath, args: [...thisProgram(), ...args] };
  const config = clientConfigs[client](reach);
  if (config === null) {
    throw new CoordError(
      'BAD_INPUT',
      `The settings of ${client} lead to no server over HTTP without its token in them: leave out --http, and it starts the server itself`,
      { client },
    );
  }
  const { file, text } = config;
  output.answer({ client, file, config: text }, () => text);
  output.note(`# This belongs into ${file}.`);
  if (http)
    output.note(`# The client finds the token in $${tokenVariable}, as “agentcoord mcp --http” does.`);
}

/** With full paths: a client with a window has no shell's PATH. Not those of links: npx makes some that it forgets. */
const thisProgram = (): string[] => process.argv.slice(1, 2).map((script) => realpathSync(script));

const option = (name: string, value: string | null | undefined): string[] =>
  value == null ? [] : [name, value];
