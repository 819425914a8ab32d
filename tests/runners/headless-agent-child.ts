/**
 * A coding agent without a conversation: reads its prompt, changes a file, and prints what it does as Claude Code
 * (`-p --output-format stream-json`) or Codex (`exec --json`) publish it. It refuses arguments that they do not know.
 */
import { writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';

const [, , who = '', ...args] = process.argv;
const print = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`);
const file = `${process.cwd()}/who.txt`;

async function actAsClaude(): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      print: { type: 'boolean', short: 'p' },
      'output-format': { type: 'string' },
      verbose: { type: 'boolean' },
      'permission-mode': { type: 'string' },
      model: { type: 'string' },
    },
  });
  if (!values.print || values['output-format'] !== 'stream-json' || !values.verbose) {
    throw new Error('When using --print, --output-format=stream-json requires --verbose');
  }
  const prompt = await text(process.stdin);
  const session_id = '5b0f1f8e-0d5c-4c3a-9d35-1f1f0d7c7f10';
  const usage = { input_tokens: 12, cache_creation_input_tokens: 300, cache_read_input_tokens: 4_000 };
  const say = (id: string, content: readonly object[]) =>
    print({
      type: 'assistant',
      message: {
        id,
        type: 'message',
        role: 'assistant',
        model: values.model,
        content,
        stop_reason: null,
        usage: { ...usage, output_tokens: 1 },
      },
      parent_tool_use_id: null,
      session_id,
    });
  print({
    type: 'system',
    subtype: 'init',
    cwd: process.cwd(),
    session_id,
    tools: ['Write'],
    mcp_servers: [],
    model: values.model,
    permissionMode: values['permission-mode'],
    apiKeySource: 'none',
  });
  say('msg_1', [{ type: 'text', text: 'I write the file.' }]);
  say('msg_1', [
    { type: 'tool_use', id: 'toolu_1', name: 'Write', input: { file_path: file, content: 'claude' } },
  ]);
  writeFileSync(file, `claude by ${values.model}\n`);
  print({
    type: 'user',
    message: {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'File created' }],
    },
    parent_tool_use_id: null,
    session_id,
  });
  const result = `Claude is done. Told: ${prompt}`;
  say('msg_2', [{ type: 'text', text: result }]);
  print({
    type: 'result',
    subtype: 'success',
    is_error: false,
    duration_ms: 1_200,
    duration_api_ms: 1_000,
    num_turns: 2,
    result,
    session_id,
    total_cost_usd: 0.125,
    usage: { ...usage, output_tokens: 88 },
    permission_denials: [],
  });
}

async function actAsCodex(): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      'skip-git-repo-check': { type: 'boolean' },
      sandbox: { type: 'string' },
      model: { type: 'string' },
    },
  });
  // The last word says that the prompt comes on the standard input.
  if (!values.json || positionals.join(' ') !== 'exec -') throw new Error(`unknown: ${args.join(' ')}`);
  const prompt = await text(process.stdin);
  const command = { id: 'item_1', type: 'command_execution', command: "bash -lc 'ls'" };
  print({ type: 'thread.started', thread_id: '0199a213-81c0-7800-8aa1-bbab2a035a53' });
  print({ type: 'turn.started' });
  print({ type: 'item.completed', item: { id: 'item_0', type: 'reasoning', text: '**Looking around**' } });
  print({
    type: 'item.started',
    item: { ...command, aggregated_output: '', exit_code: null, status: 'in_progress' },
  });
  print({
    type: 'item.completed',
    item: { ...command, aggregated_output: 'a.txt\n', exit_code: 0, status: 'completed' },
  });
  writeFileSync(file, `codex by ${values.model} in ${values.sandbox}\n`);
  print({
    type: 'item.completed',
    item: { id: 'item_2', type: 'file_change', changes: [{ path: file, kind: 'add' }], status: 'completed' },
  });
  print({
    type: 'item.completed',
    item: { id: 'item_3', type: 'agent_message', text: 'I am about to end.' },
  });
  print({
    type: 'item.completed',
    item: { id: 'item_4', type: 'agent_message', text: `Codex is done. Told: ${prompt}` },
  });
  print({
    type: 'turn.completed',
    usage: {
      input_tokens: 24_763,
      cached_input_tokens: 24_448,
      output_tokens: 122,
      reasoning_output_tokens: 0,
    },
  });
}

await (who === 'claude' ? actAsClaude() : actAsCodex());
