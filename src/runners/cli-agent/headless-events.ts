/** The lines of JSON by which agents tell what they do when nobody speaks with them: each in its own form. */
import type { AgentUsage } from './agent-turn.ts';
import type { AgentName } from './known-agents.ts';

export interface Told {
  text: string;
  usage: AgentUsage | null;
  /** That it failed, in its own words. */
  failure: string | null;
}

export type Json = Readonly<Record<string, unknown>>;

/** @returns what goes into the log; null: nothing */
type Tell = (event: Json, model: string, told: Told) => string | null;

export const tellers: { readonly [Name in Exclude<AgentName, 'acp'>]: Tell } = {
  claude: tellClaude,
  codex: tellCodex,
  gemini: tellGemini,
  opencode: tellOpencode,
};

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
      addUsage(told, model, {
        tokensIn: numberOf(usage['input_tokens']),
        tokensOut: numberOf(usage['output_tokens']),
        dollars: 0,
      });
      return null;
    }
    case 'turn.failed':
      told.failure = textOf(objectOf(event['error'])['message']) || 'its turn failed';
      return null;
    default:
      return null;
  }
}

/** `gemini --output-format stream-json`: pieces of messages, and a result with the usage of the whole session. */
function tellGemini(event: Json, model: string, told: Told): string | null {
  switch (event['type']) {
    case 'message':
      if (event['role'] === 'assistant') told.text += textOf(event['content']);
      return null;
    case 'tool_use':
      // What it said before it went on working is not its last word.
      told.text = '';
      return `uses ${textOf(event['tool_name'])}`;
    case 'error':
      if (event['severity'] === 'error') told.failure = textOf(event['message']) || 'it failed';
      return null;
    case 'result': {
      const stats = objectOf(event['stats']);
      const tokensIn = numberOf(stats['input_tokens']);
      // What it thought is in the total alone.
      const tokensOut = Math.max(
        numberOf(stats['output_tokens']),
        numberOf(stats['total_tokens']) - tokensIn,
      );
      told.usage = { model, tokensIn, tokensOut, dollars: 0 };
      const isFailure = event['status'] === 'error';
      told.failure = isFailure
        ? textOf(objectOf(event['error'])['message']) || (told.failure ?? 'it failed')
        : null;
      return null;
    }
    default:
      return null;
  }
}

/** `opencode run --format json`: parts of messages as they are done, and what each step came to. */
function tellOpencode(event: Json, model: string, told: Told): string | null {
  const part = objectOf(event['part']);
  switch (event['type']) {
    case 'text':
      told.text = textOf(part['text']);
      return null;
    case 'tool_use':
      return `uses ${textOf(part['tool'])}`;
    case 'step_finish': {
      const tokens = objectOf(part['tokens']);
      const cache = objectOf(tokens['cache']);
      addUsage(told, model, {
        tokensIn: numberOf(tokens['input']) + numberOf(cache['read']) + numberOf(cache['write']),
        tokensOut: numberOf(tokens['output']) + numberOf(tokens['reasoning']),
        dollars: numberOf(part['cost']),
      });
      return null;
    }
    case 'error': {
      const error = objectOf(event['error']);
      told.failure = textOf(objectOf(error['data'])['message']) || textOf(error['name']) || 'it failed';
      return null;
    }
    default:
      return null;
  }
}

function addUsage(told: Told, model: string, more: Omit<AgentUsage, 'model'>): void {
  const { tokensIn = 0, tokensOut = 0, dollars = 0 } = told.usage ?? {};
  told.usage = {
    model,
    tokensIn: tokensIn + more.tokensIn,
    tokensOut: tokensOut + more.tokensOut,
    dollars: dollars + more.dollars,
  };
}

export const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
