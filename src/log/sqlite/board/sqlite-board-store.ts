/** The board's projection of a company in one SQLite file beside its log, with the words of every message indexed. */
import type { Database, Statement } from 'better-sqlite3';
import type {
  BoardPosition,
  BoardStore,
  InboxQuestion,
  SearchQuestion,
} from '../../../contract/board-store.ts';
import type { StoredEvent } from '../../../core/event.ts';
import type { MemberId, Seq, ThreadId } from '../../../core/ids.ts';
import type { SqliteOptions } from '../connection.ts';
import { isDamage, readFailure, sqliteCode, writeFailure } from '../sqlite-errors.ts';
import { BoardReader } from './board-reader.ts';
import { BoardWriter } from './board-writer.ts';
import { openBoardDatabase, openEmptyBoardDatabase } from './open-board-database.ts';
import { asRow, eventAsRow, fromRow } from './previewed-seq.ts';

/** Opens the projection in a file, or starts one there. @throws CoordError `LOG_UNAVAILABLE` */
export function openSqliteBoardStore(file: string, options: SqliteOptions = {}): BoardStore {
  return new SqliteBoardStore(file, options);
}

interface Opened {
  readonly database: Database;
  readonly reader: BoardReader;
  readonly position: Statement<[], BoardPosition>;
  readonly fold: (events: readonly StoredEvent[], position: BoardPosition) => void;
  readonly preview: (events: readonly StoredEvent[]) => void;
}

class SqliteBoardStore implements BoardStore {
  readonly #file: string;
  readonly #options: SqliteOptions;
  #opened: Opened;
  /** The last event of the log before what is shown beside it. */
  #base = 0 as Seq;

  constructor(file: string, options: SqliteOptions) {
    this.#file = file;
    this.#options = options;
    this.#opened = openOrStartAnew(file, options);
  }

  position(): BoardPosition | null {
    return this.#read(({ position }) => position.get() ?? null);
  }

  fold(events: readonly StoredEvent[], position: BoardPosition): void {
    try {
      this.#forgetPreview();
      this.#opened.fold(events, position);
    } catch (error) {
      throw writeFailure(this.#file, error);
    }
  }

  /** In a transaction that stays open: whoever asks sees it, and nobody else ever does. */
  preview(events: readonly StoredEvent[]): void {
    const [first] = events;
    if (!first) return;
    const { database, preview } = this.#opened;
    try {
      if (!database.inTransaction) database.exec('BEGIN IMMEDIATE');
      this.#base = Math.floor(first.seq) as Seq;
      preview(events);
    } catch (error) {
      this.#forgetPreview();
      throw writeFailure(this.#file, error);
    }
  }

  clear(): void {
    this.#opened.database.close();
    this.#opened = prepare(openEmptyBoardDatabase(this.#file, this.#options));
  }

  messages(threadId: ThreadId, before: Seq | null, limit: number) {
    const found = this.#read(({ reader }) => reader.messages(threadId, before && asRow(before), limit));
    return found.map((message) => this.#numbered(message));
  }

  inbox(memberId: MemberId, question: InboxQuestion) {
    const found = this.#read(({ reader }) => reader.inbox(memberId, inRows(question)));
    return found.map((message) => this.#numbered(message));
  }

  unread(memberId: MemberId) {
    return this.#read(({ reader }) => reader.unread(memberId));
  }

  search(text: string, question: SearchQuestion) {
    const found = this.#read(({ reader }) => reader.search(text, inRows(question)));
    return found.map(({ message, snippet }) => ({ message: this.#numbered(message), snippet }));
  }

  close(): void {
    this.#opened.database.close();
  }

  #numbered<Message extends { readonly seq: Seq }>(message: Message): Message {
    return { ...message, seq: fromRow(message.seq, this.#base) };
  }

  #forgetPreview(): void {
    const { database } = this.#opened;
    if (database.inTransaction) database.exec('ROLLBACK');
  }

  #read<Answer>(question: (opened: Opened) => Answer): Answer {
    try {
      return question(this.#opened);
    } catch (error) {
      throw readFailure(this.#file, error);
    }
  }
}

function inRows<Question extends { readonly before: Seq | null }>(question: Question): Question {
  return { ...question, before: question.before && asRow(question.before) };
}

/** Damage, or a table that is missing, may show only when the tables are looked at. */
function openOrStartAnew(file: string, options: SqliteOptions): Opened {
  const database = openBoardDatabase(file, options);
  try {
    return prepare(database);
  } catch (error) {
    database.close();
    if (!isDamage(error) && sqliteCode(error) !== 'SQLITE_ERROR') throw readFailure(file, error);
    return prepare(openEmptyBoardDatabase(file, options));
  }
}

function prepare(database: Database): Opened {
  const writer = new BoardWriter(database);
  const position = database.prepare<[], BoardPosition>('SELECT seq, at FROM position');
  const move = database.prepare<[number, number]>(
    'INSERT OR REPLACE INTO position (one, seq, at) VALUES (1, ?, ?)',
  );
  const fold = database.transaction((events: readonly StoredEvent[], to: BoardPosition) => {
    const from = position.get()?.seq ?? 0;
    for (const event of events) if (event.seq > from) writer.fold(event);
    if (to.seq > from) move.run(to.seq, to.at);
  });
  const preview = database.transaction((events: readonly StoredEvent[]) => {
    for (const event of events) writer.fold(eventAsRow(event));
  });
  return { database, reader: new BoardReader(database), position, fold: fold.immediate, preview };
}
