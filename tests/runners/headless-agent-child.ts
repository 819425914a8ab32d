/**
 * A coding agent without a conversation: reads its prompt, changes a file, and prints what it does as Claude Code
 * (`-p --output-format stream-json`), Codex (`exec --json`), Gemini CLI 0.61
 * (`--output-format stream-json`) or opencode 1.18 (`run --format json`) publish it. It refuses arguments that they do not know.
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

async function actAsGemini(): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      'output-format': { type: 'string' },
      'approval-mode': { type: 'string' },
      model: { type: 'string' },
    },
  });
  if (values['output-format'] !== 'stream-json') throw new Error(`unknown: ${args.join(' ')}`);
  const prompt = await text(process.stdin);
  const timestamp = '2026-11-30T12:00:00.000Z';
  const say = (content: string) =>
    print({ type: 'message', timestamp, role: 'assistant', content, delta: true });
  print({ type: 'init', timestamp, session_id: 'b1c2', model: values.model });
  print({ type: 'message', timestamp, role: 'user', content: prompt });
  say('I write ');
  say('the file.');
  print({
    type: 'tool_use',
    timestamp,
    tool_name: 'write_file',
    tool_id: 'w-1',
    parameters: { file_path: file },
  });
  writeFileSync(file, `gemini by ${values.model} with ${values['approval-mode']}\n`);
  print({ type: 'tool_result', timestamp, tool_id: 'w-1', status: 'success', output: 'written' });
  say('Gemini is done. ');
  say(`Told: ${prompt}`);
  print({
    type: 'result',
    timestamp,
    status: 'success',
    stats: {
      total_tokens: 1_300,
      input_tokens: 1_000,
      output_tokens: 200,
      cached: 400,
      input: 600,
      duration_ms: 900,
      tool_calls: 1,
      models: {},
    },
  });
}

async function actAsOpencode(): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { format: { type: 'string' }, model: { type: 'string' } },
  });
  if (positionals.join(' ') !== 'run' || values.format !== 'json')
    throw new Error(`unknown: ${args.join(' ')}`);
  const prompt = await text(process.stdin);
  const tell = (type: string, part: object) =>
    print({ type, timestamp: 1_796_000_000_000, sessionID: 'ses_1', part: { sessionID: 'ses_1', ...part } });
  const finish = { type: 'step-finish', reason: 'stop', cost: 0.125 };
  tell('step_start', { type: 'step-start' });
  tell('tool_use', {
    type: 'tool',
    tool: 'write',
    state: { status: 'completed', input: { filePath: file } },
  });
  writeFileSync(file, `opencode by ${values.model}\n`);
  const tokens = { input: 100, output: 20, reasoning: 5, cache: { read: 1_000, write: 50 } };
  tell('step_finish', { ...finish, tokens });
  tell('step_start', { type: 'step-start' });
  tell('text', { type: 'text', text: `opencode is done. Told: ${prompt}`, time: { start: 1, end: 2 } });
  tell('step_finish', { ...finish, tokens });
}

const acts: Readonly<Record<string, () => Promise<void>>> = {
  claude: actAsClaude,
  codex: actAsCodex,
  gemini: actAsGemini,
  opencode: actAsOpencode,
};
await acts[who]?.();
