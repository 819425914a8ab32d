/** How far it has heard, kept in the folder of the channel: what people said while nobody listened is asked for then. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Kept {
  /** The last message that was dealt with; empty: none was yet. */
  readonly last: string;
  /** Conversations with one person: Discord has no list of them for a bot. */
  readonly conversations: readonly string[];
}

const mostConversations = 500;
const isId = (value: unknown): value is string => typeof value === 'string' && /^\d{17,20}$/.test(value);

export class Heard {
  readonly #file: string;
  readonly #log: (text: string) => void;
  #kept: Kept;
  #writing: Promise<void> | null = null;
  #isStale = false;

  private constructor(file: string, kept: Kept, log: (text: string) => void) {
    this.#file = file;
    this.#kept = kept;
    this.#log = log;
  }

  static async open(folder: string, log: (text: string) => void): Promise<Heard> {
    const file = join(folder, 'heard.json');
    const text = await readFile(file, 'utf8').catch(() => '');
    return new Heard(file, parse(text), log);
  }

  get last(): string {
    return this.#kept.last;
  }

  get conversations(): readonly string[] {
    return this.#kept.conversations;
  }

  note(messageId: string): void {
    if (isAfter(messageId, this.#kept.last)) this.#keep({ ...this.#kept, last: messageId });
  }

  noteConversation(channelId: string): void {
    const { conversations } = this.#kept;
    if (conversations.includes(channelId)) return;
    this.#keep({ ...this.#kept, conversations: [channelId, ...conversations].slice(0, mostConversations) });
  }

  /** Resolves once it is on the disk. */
  async close(): Promise<void> {
    await this.#writing;
  }

  #keep(kept: Kept): void {
    this.#kept = kept;
    this.#isStale = true;
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
    });
  }

  async #write(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      try {
        await writeFile(`${this.#file}.new`, JSON.stringify(this.#kept), { mode: 0o600 });
        await rename(`${this.#file}.new`, this.#file);
      } catch (error) {
        this.#log(
          `How far it has heard could not be kept: ${error instanceof Error ? error.message : error}`,
        );
      }
    }
  }
}

/** Ids of Discord rise with time. */
export function isAfter(id: string, other: string): boolean {
  return other === '' || BigInt(id) > BigInt(other);
}

/** What is damaged counts as nothing: then only what is said from now on is heard. */
function parse(text: string): Kept {
  try {
    const { last, conversations } = JSON.parse(text) as Partial<Kept>;
    const known = Array.isArray(conversations) ? conversations.filter(isId) : [];
    return { last: isId(last) ? last : '', conversations: known };
  } catch {
    return { last: '', conversations: [] };
  }
}
