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
/** What is left of what a tool answered, in characters, by how much there has to go. */
const mostOfResult = [40_000, 24_000, 16_000, 8_000, 4_000, 2_000, 1_000, 400];

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

  /** Whether there is anything older than the newest turns. */
  get isLong(): boolean {
    return this.#turns.length > kept;
  }

  get hasTurns(): boolean {
    return this.#turns.length > 0;
  }

  /** Of what it is told before it has done anything, in tokens, about. */
  get sizeOfTask(): number {
    return estimate([this.#task]);
  }

  add({ said }: Pick<Answer, 'said'>, heard: readonly ModelMessage[]): void {
    this.#turns.push({ said, heard });
  }

  /** What is older than the newest turns, as text: what a summary is made from. */
  older(most: number, keep = kept): string {
    const turns = this.#older(keep).map(({ said, heard }) =>
      shortened(
        JSON.stringify([...said, ...heard].map(({ role, content }) => ({ role, content }))),
        mostOfTurn,
      ),
    );
    return shortened([...(this.#summary === null ? [] : [this.#summary]), ...turns].join('\n'), most);
  }

  /** @param summary of what `older` gave */
  compact(summary: string, keep = kept): void {
    this.#summary = summary;
    this.#turns = this.#turns.slice(this.#older(keep).length);
  }

  /** Shortens what tools answered, the oldest first, until all is no larger. @returns whether anything was shortened */
  shorten(size: number): boolean {
    const before = this.size;
    for (const most of mostOfResult) {
      for (const [at, { said, heard }] of this.#turns.entries()) {
        if (this.size <= size) return this.size < before;
        this.#turns[at] = { said, heard: heard.map((message) => shortResult(message, most)) };
      }
    }
    return this.size < before;
  }

  #older(keep: number): readonly Turn[] {
    return this.#turns.slice(0, Math.max(0, this.#turns.length - keep));
  }
}

function shortResult(message: ModelMessage, most: number): ModelMessage {
  if (message.role !== 'tool') return message;
  return {
    ...message,
    content: message.content.map((part) =>
      part.type === 'tool-result' && part.output.type === 'text'
        ? { ...part, output: { ...part.output, value: shortened(part.output.value, most) } }
        : part,
    ),
  };
}
