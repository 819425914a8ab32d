/** The settings that clients read: in the shape of each, with every word quoted as it must be. */
import { expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import type { ClientName } from '../../src/mcp/client-config.ts';
import { clientConfigs } from '../../src/mcp/client-config.ts';

it('is all that the command line offers', () => {
  const mcp = createProgram().commands.find((command) => command.name() === 'mcp');
  const option = mcp?.options.find(({ long }) => long === '--print-config');
  expect(option?.argChoices?.toSorted()).toEqual(clients.toSorted());
});

const clients = Object.keys(clientConfigs) as ClientName[];
const words = ['/usr/bin/node', '/my "own"/agentcoord.js', 'mcp', '--member', 'ann \\ bob'];

it.each(clients)('tells %s how to start the server', (client) => {
  const [command = '', ...args] = words;
  const config = clientConfigs[client]({ kind: 'stdio', command, args });
  const { file = '', text = '' } = config ?? {};
  expect(file).not.toBe('');
  for (const word of words) expect(text).toContain(JSON.stringify(word));
  if (client !== 'codex') expect(() => JSON.parse(text)).not.toThrow();
});

const http = { kind: 'http', url: 'http://127.0.0.1:4180/mcp', tokenVariable: 'THE_TOKEN' } as const;
const reaching = clients.filter((client) => clientConfigs[client](http) !== null);

it('knows which clients start their servers themselves', () => {
  const others = clients.filter((client) => !reaching.includes(client));
  expect(others).toEqual(['claude-desktop', 'zed', 'cline']);
});

it.each(reaching)('tells %s how to reach the server, and the token stays in its variable', (client) => {
  const { url } = http;
  const { text = '' } = clientConfigs[client](http) ?? {};
  expect(text).toContain(url);
  expect(text).toMatch(/THE_TOKEN/);
  if (client !== 'codex') expect(() => JSON.parse(text)).not.toThrow();
});
