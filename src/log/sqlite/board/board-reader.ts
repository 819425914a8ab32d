/** Answers what is asked of the board's projection. */
import type { Database, Statement } from 'better-sqlite3';
import type {
  BoardHit,
  BoardMessage,
  InboxMessage,
  InboxQuestion,
  InboxReason,
  SearchQuestion,
  SnippetPiece,
} from '../../../contract/board-store.ts';
import type { MemberId, MessageId, Seq, ThreadId } from '../../../core/ids.ts';
import { searchExpression } from './search-expression.ts';

type MessageRow = Omit<BoardMessage, 'id' | 'threadId' | 'mentions'> & {
  readonly id: MessageId;
  readonly thread: ThreadId;
  readonly mentions: string;
};
type InboxRow = MessageRow & { readonly reason: InboxReason; readonly read: number };
type HitRow = MessageRow & { readonly snippet: string };

const columns = 'm.seq, m.id, m.thread, m.author, m.at, m.kind, m.priority, m.text, m.mentions';

/** Around what was found; control characters, which no text shows. */
const hitStart = '\u0002';
const hitEnd = '\u0003';
const snippetWords = 24;
/** A word in the title counts for as much as several in the text. */
const titleWeight = 4;

export class BoardReader {
  readonly #page: Statement<[string, number, number], MessageRow>;
  readonly #inbox: Statement<[string, number, number, number], InboxRow>;
  readonly #unread: Statement<[string], { thread: ThreadId; count: number }>;
  readonly #search: Statement<
    { expression: string; reader: string | null; before: number; limit: number },
    HitRow
  >;

  /** Those that the question under way is about. */
  #among: ReadonlySet<ThreadId> | null = null;

  constructor(database: Database) {
    database.function('is_among', { directOnly: true }, (thread) =>
      this.#among === null || this.#among.has(thread as ThreadId) ? 1 : 0,
    );
    this.#page = database.prepare(
      `SELECT ${columns} FROM messages m WHERE thread = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
    );
    this.#inbox = database.prepare(
      `SELECT ${columns}, i.reason, i.read FROM inbox i JOIN messages m ON m.seq = i.seq
       WHERE i.member = ? AND i.seq < ? AND i.read <= ? AND is_among(i.thread) ORDER BY i.seq DESC LIMIT ?`,
    );
    this.#unread = database.prepare(
      'SELECT thread, count(*) AS count FROM inbox WHERE member = ? AND read = 0 GROUP BY thread',
    );
    this.#search = database.prepare(
      `SELECT ${columns}, snippet(words, -1, '${hitStart}', '${hitEnd}', '…', ${snippetWords}) AS snippet
       FROM words JOIN messages m ON m.seq = words.rowid JOIN threads t ON t.id = m.thread
       WHERE words MATCH @expression AND m.seq < @before
         AND (@reader IS NULL OR t.first IS NULL OR @reader IN (t.first, t.second)) AND is_among(t.id)
       ORDER BY bm25(words, ${titleWeight}, 1), m.seq DESC LIMIT @limit`,
    );
  }

  messages(threadId: ThreadId, before: Seq | null, limit: number): BoardMessage[] {
    return this.#page
      .all(threadId, before ?? Number.MAX_SAFE_INTEGER, limit)
      .reverse()
      .map(messageOf);
  }

  inbox(memberId: MemberId, { onlyUnread, among, before, limit }: InboxQuestion): InboxMessage[] {
    this.#among = among;
    return this.#inbox
      .all(memberId, before ?? Number.MAX_SAFE_INTEGER, onlyUnread ? 0 : 1, limit)
      .map((row) => ({ ...messageOf(row), reason: row.reason, read: row.read === 1 }));
  }

  unread(memberId: MemberId): ReadonlyMap<ThreadId, number> {
    return new Map(this.#unread.all(memberId).map(({ thread, count }) => [thread, count]));
  }

  search(text: string, { reader, among, before, limit }: SearchQuestion): BoardHit[] {
    const expression = searchExpression(text);
    if (expression === null) return [];
    this.#among = among;
    return this.#search
      .all({ expression, reader, before: before ?? Number.MAX_SAFE_INTEGER, limit })
      .map((row) => ({ message: messageOf(row), snippet: piecesOf(row.snippet) }));
  }
}

function messageOf({
  seq,
  id,
  thread,
  author,
  at,
  kind,
  priority,
  text,
  mentions,
}: MessageRow): BoardMessage {
  const named = JSON.parse(mentions) as MemberId[];
  return { seq, id, threadId: thread, author, at, kind, priority, text, mentions: named };
}

function piecesOf(snippet: string): SnippetPiece[] {
  return snippet
    .split(hitStart)
    .flatMap((part, n): SnippetPiece[] => {
      if (n === 0) return [{ text: part, hit: false }];
      const [hit = '', ...rest] = part.split(hitEnd);
      return [
        { text: hit, hit: true },
        { text: rest.join(''), hit: false },
      ];
    })
    .filter(({ text }) => text !== '');
}
