/** Folds the events of the board into the tables of its projection. */
import type { Database, Statement } from 'better-sqlite3';
import type { InboxReason } from '../../../contract/board-store.ts';
import type { MessagePosted } from '../../../core/board/board-events.ts';
import type { StoredEvent } from '../../../core/event.ts';
import type { MemberId, Seq, ThreadId } from '../../../core/ids.ts';

interface ThreadRow {
  readonly title: string;
  readonly first: MemberId | null;
  readonly second: MemberId | null;
}

export class BoardWriter {
  readonly #thread: Statement<[ThreadId], ThreadRow>;
  readonly #addThread: Statement<[string, string, string | null, string | null]>;
  readonly #join: Statement<[string, string]>;
  readonly #participants: Statement<[string], MemberId>;
  readonly #isEmpty: Statement<[string], number>;
  readonly #addMessage: Statement<(string | number)[]>;
  readonly #addWords: Statement<[number, string, string]>;
  readonly #deliver: Statement<[string, number, string, string]>;
  readonly #markRead: Statement<[string, string, number]>;

  constructor(database: Database) {
    this.#thread = database.prepare('SELECT title, first, second FROM threads WHERE id = ?');
    this.#addThread = database.prepare('INSERT INTO threads (id, title, first, second) VALUES (?, ?, ?, ?)');
    this.#join = database.prepare('INSERT OR IGNORE INTO participants (thread, member) VALUES (?, ?)');
    this.#participants = database
      .prepare<[string], MemberId>('SELECT member FROM participants WHERE thread = ?')
      .pluck();
    this.#isEmpty = database
      .prepare<[string], number>('SELECT NOT EXISTS (SELECT 1 FROM messages WHERE thread = ?)')
      .pluck();
    this.#addMessage = database.prepare(
      `INSERT INTO messages (seq, id, thread, author, at, kind, priority, mentions, title, text)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#addWords = database.prepare('INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)');
    this.#deliver = database.prepare(
      'INSERT INTO inbox (member, seq, thread, reason, read) VALUES (?, ?, ?, ?, 0)',
    );
    this.#markRead = database.prepare(
      'UPDATE inbox SET read = 1 WHERE member = ? AND thread = ? AND read = 0 AND seq <= ?',
    );
  }

  /** What is no event of the board leaves nothing here. */
  fold({ seq, at, event }: StoredEvent): void {
    switch (event.type) {
      case 'thread.started': {
        const { id, title, createdBy, between } = event.thread;
        this.#addThread.run(id, title, between?.[0] ?? null, between?.[1] ?? null);
        for (const member of between ?? [createdBy]) this.#join.run(id, member);
        return;
      }
      case 'message.posted':
        return this.#post(event, seq, at);
      case 'thread.read':
        for (const threadId of event.threadIds) this.#markRead.run(event.memberId, threadId, event.upTo);
        return;
      default:
        return;
    }
  }

  #post(event: MessagePosted, seq: Seq, at: number): void {
    const { threadId, messageId, author, kind, priority, mentions, text } = event;
    const thread = this.#thread.get(threadId);
    if (!thread) return;
    const title = this.#isEmpty.get(threadId) === 1 ? thread.title : '';
    const named = JSON.stringify(mentions);
    this.#addMessage.run(seq, messageId, threadId, author, at, kind, priority, named, title, text);
    this.#addWords.run(seq, title, text);
    for (const [member, reason] of this.#reached(event, thread)) {
      this.#deliver.run(member, seq, threadId, reason);
    }
    if (thread.first === null) for (const member of [author, ...mentions]) this.#join.run(threadId, member);
    // Whoever writes has read what was there.
    this.#markRead.run(author, threadId, seq);
  }

  /** Direct messages reach the other of the two; the rest those who are mentioned, and who took part before. */
  #reached(
    { threadId, author, mentions }: MessagePosted,
    { first, second }: ThreadRow,
  ): Map<MemberId, InboxReason> {
    const reached = new Map<MemberId, InboxReason>();
    const isDirect = first !== null && second !== null;
    if (isDirect) for (const member of [first, second]) reached.set(member, 'direct');
    else {
      for (const member of this.#participants.all(threadId)) reached.set(member, 'reply');
      for (const member of mentions) reached.set(member, 'mention');
    }
    reached.delete(author);
    return reached;
  }
}
