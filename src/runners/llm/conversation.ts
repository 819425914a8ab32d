/** What a model and its tools said to each other about a task; the oldest of it is summed up when there is no more room. */
import type { ModelMessage } from 'ai';
import type { Answer } from './call-model.ts';
import { estimate } from './paid-calls.ts';
import { shortened } from './tools/tool.ts';

interface Turn {
  readonly said: readonly ModelMessage[];
  /** What the tools answered, or what it was told. */
  readonly heard: readonly ModelMessage[];
}

/** The newest turns stay as they are. */
const kept = 2;
/** Of a summary’s source, in characters for each turn. */
const mostOfTurn = 4_000;
const mostOfOldResult = 1_000;

export class Conversation {
  readonly #task: ModelMessage;
  #summary: string | null = null;
  #turns: Turn[] = [];

  constructor(task: string) {
    this.#task = { role: 'user', content: task };
  }

  get messages(): readonly ModelMessage[] {
    const summary: ModelMessage[] =
      this.#summary === null
        ? []
        : [
            {
              role: 'user',
              content: `What you did before, in short, as you wrote it down:\n\n${this.#summary}`,
            },
          ];
    return [this.#task, ...summary, ...this.#turns.flatMap(({ said, heard }) => [...said, ...heard])];
  }

  /** In tokens, about. */
  get size(): number {
    return estimate(this.messages);
  }

  /** Whether there is anything that could be summed up. */
  get isLong(): boolean {
    return this.#turns.length > kept;
  }

  add({ said }: Pick<Answer, 'said'>, heard: readonly ModelMessage[]): void {
    this.#turns.push({ said, heard });
  }

  /** What is older than the newest turns, as text: what a summary is made from. */
  older(most: number): string {
    const turns = this.#turns
      .slice(0, -kept)
      .map(({ said, heard }) =>
        shortened(
          JSON.stringify([...said, ...heard].map(({ role, content }) => ({ role, content }))),
          mostOfTurn,
        ),
      );
    return shortened([...(this.#summary === null ? [] : [this.#summary]), ...turns].join('\n'), most);
  }

  /** @param summary of what `older` gave */
  compact(summary: string): void {
    this.#summary = summary;
    this.#turns = this.#turns.slice(-kept);
  }

  /** Shortens what tools answered: the last thing that can be done. @returns whether there was anything to shorten */
  shorten(): boolean {
    const before = this.size;
    this.#turns = this.#turns.map(({ said, heard }) => ({ said, heard: heard.map(shortResult) }));
    return this.size < before;
  }
}

function shortResult(message: ModelMessage): ModelMessage {
  if (message.role !== 'tool') return message;
  return {
    ...message,
    content: message.content.map((part) =>
      part.type === 'tool-result' && part.output.type === 'text'
        ? { ...part, output: { ...part.output, value: shortened(part.output.value, mostOfOldResult) } }
        : part,
    ),
  };
}
