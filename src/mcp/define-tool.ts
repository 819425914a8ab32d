/** How a tool is written down, and how it becomes one of an MCP server: checked both ways, and refused in words. */
import type { CallToolResult, McpServer, ServerContext, ToolAnnotations } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import { unlessAborted } from '../client/abort.ts';
import type { Session } from '../client/session.ts';
import { CoordError } from '../core/error.ts';
import type { Desk } from './desk.ts';

export interface Call {
  readonly desk: Desk;
  readonly session: Session;
  /** Aborts when the client does not want the answer any more. */
  readonly signal: AbortSignal;
  /** Tells the client that the call goes on, if it asked to be told. */
  readonly progress: (message: string) => Promise<void>;
}

export interface Tool {
  readonly name: string;
  register(server: McpServer, desk: Desk): void;
}

interface ToolSpec<Input extends z.ZodObject, Output extends z.ZodObject> {
  /** What a model calls; a verb and its object. */
  readonly name: string;
  readonly title: string;
  /** For a model that knows nothing else: what it does, when to use it, what comes after. */
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  /** Changes nothing. */
  readonly reads?: boolean;
  /** Once more with the same input changes nothing further. */
  readonly repeatable?: boolean;
  /** Takes something away that can't be had back. */
  readonly destroys?: boolean;
  readonly run: (input: z.output<Input>, call: Call) => Promise<z.input<Output>>;
}

export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  spec: ToolSpec<Input, Output>,
): Tool {
  const annotations: ToolAnnotations = {
    title: spec.title,
    readOnlyHint: spec.reads ?? false,
    destructiveHint: spec.destroys ?? false,
    idempotentHint: spec.repeatable ?? spec.reads ?? false,
    openWorldHint: false,
  };
  const { name, title, description, input, output } = spec;
  return {
    name,
    register: (server, desk) => {
      const config = { title, description, inputSchema: input, outputSchema: output, annotations };
      const handler = (args: unknown, ctx: ServerContext) =>
        answer(ctx, desk, (call) => spec.run(args as z.output<Input>, call));
      // The SDK has checked the arguments with the schema by then; its types do not follow a generic one.
      server.registerTool(name, config, handler as never);
    },
  };
}

async function answer(
  ctx: ServerContext,
  desk: Desk,
  run: (call: Call) => Promise<object>,
): Promise<CallToolResult> {
  const { signal } = ctx.mcpReq;
  try {
    const session = await desk.session(signal);
    const call: Call = { desk, session, signal, progress: progressOf(ctx) };
    const answered = (await unlessAborted(run(call), signal)) as Record<string, unknown>;
    return { content: [{ type: 'text', text: JSON.stringify(answered) }], structuredContent: answered };
  } catch (error) {
    if (error instanceof CoordError) return refusal(error);
    if (signal.aborted) return refusal(new CoordError('INTERNAL', 'The call was cancelled by its client'));
    throw error;
  }
}

/** A model branches on the code, which errors.md explains, and reads the words. */
function refusal({ code, message }: CoordError): CallToolResult {
  return { isError: true, content: [{ type: 'text', text: `${code}: ${message}` }] };
}

function progressOf({ mcpReq }: ServerContext): Call['progress'] {
  const progressToken = mcpReq._meta?.progressToken;
  let progress = 0;
  return async (message) => {
    if (progressToken === undefined) return;
    progress += 1;
    await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, message } });
  };
}
