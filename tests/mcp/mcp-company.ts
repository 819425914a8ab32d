/** A real host with a company, and MCP clients that work in it as its members; all of it ends with the test. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { onTestFinished } from 'vitest';
import { createCompanyServer } from '../../src/mcp/company-server.ts';
import { Desk } from '../../src/mcp/desk.ts';
import type { HttpDoor } from '../../src/mcp/http/http-door.ts';
import { openHttpDoor } from '../../src/mcp/http/http-door.ts';
import type { ClientHost } from '../client/client-host.ts';
import { openClientHost } from '../client/client-host.ts';

export const token = 'a-token-of-the-tests';

/** How a client speaks: by sessions, as before 2026-07-28, or by itself in each request. */
export type Era = 'legacy' | 'modern';

// biome-ignore lint/suspicious/noExplicitAny: what a tool answers has no type until a test looks at it
type Answer = any;

export interface McpMember {
  readonly client: Client;
  readonly door: HttpDoor;
  readonly desk: Desk;
  /** The answer of a tool. @throws Error with the words of its refusal */
  call(tool: string, args?: object): Promise<Answer>;
  /** The words with which a tool refuses. @throws Error when it does not */
  refusal(tool: string, args?: object): Promise<string>;
}

export interface McpCompany extends ClientHost {
  /** An MCP server for this member, with a client of the official SDK. */
  member(name: string, era?: Era): Promise<McpMember>;
}

export async function openMcpCompany(): Promise<McpCompany> {
  const host = await openClientHost();
  return { ...host, member: (name, era = 'modern') => openMember(host, name, era) };
}

async function openMember({ dataDir }: ClientHost, member: string, era: Era): Promise<McpMember> {
  const desk = new Desk({ dataDir, member, client: 'mcp' });
  const faults: Error[] = [];
  const door = await openHttpDoor({
    port: 0,
    token,
    createServer: () => createCompanyServer(desk, '1.2.3'),
    onFault: (error) => faults.push(error),
  });
  const client = await connectTo(door.url, era);
  onTestFinished(async () => {
    await client.close();
    await door.close();
    await desk[Symbol.asyncDispose]();
    if (faults.length > 0) throw new AggregateError(faults, 'the server complained');
  });
  const ask = async (name: string, args: object) =>
    client.callTool({ name, arguments: args as Record<string, unknown> });
  return {
    client,
    door,
    desk,
    call: async (tool, args = {}) => {
      const result = await ask(tool, args);
      if (result.isError) throw new Error(wordsOf(result));
      return result.structuredContent;
    },
    refusal: async (tool, args = {}) => {
      const result = await ask(tool, args);
      if (result.isError) return wordsOf(result);
      throw new Error(`${tool} was not refused: ${JSON.stringify(result.structuredContent)}`);
    },
  };
}

export async function connectTo(url: string, era: Era): Promise<Client> {
  const client = new Client(
    { name: 'test', version: '1' },
    { versionNegotiation: { mode: era === 'modern' ? 'auto' : 'legacy' } },
  );
  const headers = { Authorization: `Bearer ${token}` };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  return client;
}

function wordsOf({ content }: Awaited<ReturnType<Client['callTool']>>): string {
  const [first] = content;
  return first?.type === 'text' ? first.text : '';
}
