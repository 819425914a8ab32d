/**
 * What a model says in a conversation, recorded turn by turn with what it must have heard before: one that hears something
 * else says nothing, and the attempt fails. So no answer is there for work that was not really done.
 */
import type { ChatCompletionRequest, FixtureResponse } from '@copilotkit/aimock';
import type { Says } from '../runners/llm/mock-model.ts';
import { uses } from '../runners/llm/mock-model.ts';

export interface ModelTurn {
  /** In what the last tool answered; of the first turn, in the prompt. */
  readonly heard: readonly (string | RegExp)[];
  readonly tool: string;
  readonly input: unknown;
}

export interface RecordedConversation {
  readonly name: string;
  /** In the prompt, all of them. */
  readonly prompt: readonly string[];
  /** In the prompt, none of them: what is told from an earlier attempt. */
  readonly without?: readonly string[];
  readonly turns: readonly ModelTurn[];
}

export interface Recording {
  readonly says: Says;
  /** Those that went to their last turn. */
  readonly finished: readonly string[];
  /** What was heard that stands in no conversation. */
  readonly strange: readonly string[];
}

export function playConversations(conversations: readonly RecordedConversation[]): Recording {
  const finished: string[] = [];
  const strange: string[] = [];
  const refuse = (words: string): FixtureResponse => {
    strange.push(words);
    return { error: { message: `not in the recording: ${words.slice(0, 500)}` }, status: 400 };
  };
  return {
    finished,
    strange,
    says: (_call, { messages }) => {
      const prompt = textOf(messages.find(({ role }) => role === 'user'));
      const found = conversations.filter(
        ({ prompt: has, without = [] }) =>
          has.every((text) => prompt.includes(text)) && !without.some((text) => prompt.includes(text)),
      );
      const [conversation] = found;
      if (!conversation || found.length > 1) return refuse(`${found.length} conversations for ${prompt}`);
      const heardBefore = messages.filter(({ role }) => role === 'tool');
      const turn = conversation.turns[heardBefore.length];
      if (!turn) return refuse(`${conversation.name} goes on after its end`);
      const last = heardBefore.length === 0 ? prompt : textOf(heardBefore.at(-1));
      const missing = turn.heard.find((text) =>
        typeof text === 'string' ? !last.includes(text) : !text.test(last),
      );
      if (missing !== undefined) {
        return refuse(`${conversation.name}, turn ${heardBefore.length + 1}, wants ${missing} in ${last}`);
      }
      if (turn === conversation.turns.at(-1)) finished.push(conversation.name);
      return uses(turn.tool, turn.input);
    },
  };
}

function textOf(message: ChatCompletionRequest['messages'][number] | undefined): string {
  const content = message?.content;
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => ('text' in part && typeof part.text === 'string' ? part.text : '')).join('');
}
