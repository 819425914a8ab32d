/** Lets an agent work on one prompt without a conversation, and reads the lines of JSON by which it tells what it does. */
import { createInterface } from 'node:readline';
import { CoordError } from '../../core/error.ts';
import type { AgentProcess } from './agent-process.ts';
import type { AgentTurn, AgentUsage, OnUsage } from './agent-turn.ts';
import { maxText } from './agent-turn.ts';

interface Told {
  text: string;
  usage: AgentUsage | null;
  /** That it failed, in its own words. */
  failure: string | null;
}

interface HeadlessRun {
  readonly model: string;
  readonly log: (line: string) => void;
  readonly onUsage: OnUsage;
}

/** @throws CoordError `RUNNER_FAILED` - it ended with another exit code than 0, or says that it failed */
export async function driveHeadless(
  agent: AgentProcess,
  prompt: string,
  { model, log, onUsage }: HeadlessRun,
): Promise<AgentTurn> {
  const told: Told = { text: '', usage: null, failure: null };
  agent.stdin.end(prompt);
  let lines = 0;
  for await (const line of createInterface({ input: agent.stdout, crlfDelay: Number.POSITIVE_INFINITY })) {
    const event = parsed(line);
    if (!event) continue;
    const words = tellClaude(event, model, told) ?? tellCodex(event, model, told);
    if (told.usage !== null) onUsage(told.usage);
    lines += words === null ? 0 : 1;
    if (words !== null && lines <= 2_000) log(`  ${words.slice(0, 500)}`);
  }
  const { code } = await agent.ended;
  if (code !== 0 || told.failure !== null) {
    const why = told.failure ?? (agent.errors().split('\n').slice(-5).join(' / ') || 'it gave no reason');
    throw new CoordError(
      'RUNNER_FAILED',
      `The agent ended with exit code ${code ?? 'none'}: ${why.slice(0, 1_500)}`,
    );
  }
  return { text: told.text.trim().slice(-maxText) };
}

type Json = Readonly<Record<string, unknown>>;

/** `claude -p --output-format stream-json`: messages, and a result at the end. */
function tellClaude(event: Json, model: string, told: Told): string | null {
  if (event['type'] === 'assistant') {
    const blocks = listOf(objectOf(event['message'])['content']).map(objectOf);
    const tools = blocks
      .filter((block) => block['type'] === 'tool_use')
      .map((block) => String(block['name']));
    return tools.length > 0 ? `uses ${tools.join(', ')}` : null;
  }
  if (event['type'] !== 'result') return null;
  const usage = objectOf(event['usage']);
  told.text = textOf(event['result']);
  told.failure = event['is_error'] === true ? told.text || String(event['subtype']) : null;
  told.usage = {
    model,
    tokensIn:
      numberOf(usage['input_tokens']) +
      numberOf(usage['cache_creation_input_tokens']) +
      numberOf(usage['cache_read_input_tokens']),
    tokensOut: numberOf(usage['output_tokens']),
    dollars: numberOf(event['total_cost_usd']),
  };
  return null;
}

/** `codex exec --json`: items as they are done, and the usage of each turn. */
function tellCodex(event: Json, model: string, told: Told): string | null {
  switch (event['type']) {
    case 'item.completed': {
      const item = objectOf(event['item']);
      if (item['type'] === 'agent_message') told.text = textOf(item['text']);
      return item['type'] === 'agent_message' || item['type'] === 'reasoning'
        ? null
        : `${textOf(item['type'])} ${textOf(item['command'])}`.trim();
    }
    case 'turn.completed': {
      const usage = objectOf(event['usage']);
      const earlier = told.usage ?? { model, tokensIn: 0, tokensOut: 0, dollars: 0 };
      told.usage = {
        ...earlier,
        tokensIn: earlier.tokensIn + numberOf(usage['input_tokens']),
        tokensOut: earlier.tokensOut + numberOf(usage['output_tokens']),
      };
      return null;
    }
    case 'turn.failed':
      told.failure = textOf(objectOf(event['error'])['message']) || 'its turn failed';
      return null;
    default:
      return null;
  }
}

function parsed(line: string): Json | null {
  if (!line.startsWith('{')) return null;
  try {
    return objectOf(JSON.parse(line));
  } catch {
    return null;
  }
}

const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
