/** How far it has heard, kept in the folder of the channel: what people said while nobody listened is asked for then. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Kept {
  /** The last message that was dealt with; empty: none was yet. */
  readonly last: string;
  /** The first one ever: what is older than that was never meant for anybody here. */
  readonly first: string;
  /** Those that were dealt with lately: an earlier one may come after a later one. */
  readonly lately: readonly string[];
  /** Conversations with one person: Discord has no list of them for a bot. */
  readonly conversations: readonly string[];
}

const mostConversations = 500;
const mostLately = 500;
/** So much earlier than the last one may be what Discord brings after it, in ms. */
const lateBy = 300_000;
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

  /** What was written after this may not have been heard; empty: nothing was heard yet. */
  get since(): string {
    const { last, first } = this.#kept;
    if (last === '') return '';
    const early = before(last, lateBy);
    return isAfter(early, first) ? early : first;
  }

  has(messageId: string): boolean {
    return this.#kept.lately.includes(messageId);
  }

  get conversations(): readonly string[] {
    return this.#kept.conversations;
  }

  note(messageId: string): void {
    if (this.has(messageId)) return;
    const last = isAfter(messageId, this.#kept.last) ? messageId : this.#kept.last;
    const early = before(last, lateBy);
    const lately = [...this.#kept.lately, messageId].filter((id) => isAfter(id, early)).slice(-mostLately);
    this.#keep({ ...this.#kept, last, first: this.#kept.first || messageId, lately });
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

/** The id that a message had which was written so long before that one, in ms: the upper bits of an id are its time. */
function before(id: string, ms: number): string {
  const earlier = BigInt(id) - (BigInt(ms) << 22n);
  return String(earlier > 0n ? earlier : 0n);
}

/** Ids of Discord rise with time. */
export function isAfter(id: string, other: string): boolean {
  return other === '' || BigInt(id) > BigInt(other);
}

const nothing: Kept = { last: '', first: '', lately: [], conversations: [] };

/** What is damaged counts as nothing: then only what is said from now on is heard. */
function parse(text: string): Kept {
  try {
    const { last, first, lately, conversations } = JSON.parse(text) as Partial<Kept>;
    const ids = (list: unknown) => (Array.isArray(list) ? list.filter(isId) : []);
    if (!isId(last)) return { ...nothing, conversations: ids(conversations) };
    // What earlier versions wrote knows no first one: then nothing before the last is asked for.
    const begin = isId(first) ? first : last;
    return { last, first: begin, lately: ids(lately), conversations: ids(conversations) };
  } catch {
    return nothing;
  }
}
