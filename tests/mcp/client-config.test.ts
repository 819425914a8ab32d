/** The settings that clients read: in the shape of each, with every word quoted as it must be. */
import { expect, it } from 'vitest';
import type { ClientName } from '../../src/mcp/client-config.ts';
import { clientConfigs } from '../../src/mcp/client-config.ts';

const clients = Object.keys(clientConfigs) as ClientName[];
const words = ['/usr/bin/node', '/my "own"/agentcoord.js', 'mcp', '--member', 'ann \\ bob'];

it.each(clients)('tells %s how to start the server', (client) => {
  const [command = '', ...args] = words;
  const { file, text } = clientConfigs[client]({ kind: 'stdio', command, args });
  expect(file).not.toBe('');
  for (const word of words) expect(text).toContain(JSON.stringify(word));
  if (client !== 'codex') expect(() => JSON.parse(text)).not.toThrow();
});

it.each(clients)('tells %s how to reach the server, and the token stays in its variable', (client) => {
  const url = 'http://127.0.0.1:4180/mcp';
  const { text } = clientConfigs[client]({ kind: 'http', url, tokenVariable: 'THE_TOKEN' });
  expect(text).toContain(url);
  expect(text).toMatch(/THE_TOKEN/);
  if (client !== 'codex') expect(() => JSON.parse(text)).not.toThrow();
});
