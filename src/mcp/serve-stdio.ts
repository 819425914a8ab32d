/** Serves MCP to the program that started this one, over its standard input and output. */
import type { McpServerFactory } from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { largestMessage } from './limits.ts';

/** Resolves when the client has closed its end, or the signal aborts. @param note says what went wrong, for people */
export async function serveOverStdio(
  createServer: McpServerFactory,
  signal: AbortSignal,
  note: (line: string) => void,
): Promise<void> {
  const transport = new StdioServerTransport(process.stdin, process.stdout, {
    maxBufferSize: largestMessage,
  });
  const inputEnded = new Promise<void>((resolve) => {
    for (const event of ['end', 'close', 'error']) process.stdin.once(event, resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const handle = serveStdio(createServer, { transport, onerror: (error) => note(`mcp: ${error.message}`) });
  await inputEnded;
  await handle.close();
}
