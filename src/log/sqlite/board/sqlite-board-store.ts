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

/** Opens the projection in a file, or starts one there. @throws CoordError `LOG_UNAVAILABLE` */
export function openSqliteBoardStore(file: string, options: SqliteOptions = {}): BoardStore {
  return new SqliteBoardStore(file, options);
}

interface Opened {
  readonly database: Database;
  readonly reader: BoardReader;
  readonly position: Statement<[], BoardPosition>;
  readonly fold: (events: readonly StoredEvent[], position: BoardPosition) => void;
}

class SqliteBoardStore implements BoardStore {
  readonly #file: string;
  readonly #options: SqliteOptions;
  #opened: Opened;

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
      this.#opened.fold(events, position);
    } catch (error) {
      throw writeFailure(this.#file, error);
    }
  }

  clear(): void {
    this.#opened.database.close();
    this.#opened = prepare(openEmptyBoardDatabase(this.#file, this.#options));
  }

  messages(threadId: ThreadId, before: Seq | null, limit: number) {
    return this.#read(({ reader }) => reader.messages(threadId, before, limit));
  }

  inbox(memberId: MemberId, question: InboxQuestion) {
    return this.#read(({ reader }) => reader.inbox(memberId, question));
  }

  unread(memberId: MemberId) {
    return this.#read(({ reader }) => reader.unread(memberId));
  }

  search(text: string, question: SearchQuestion) {
    return this.#read(({ reader }) => reader.search(text, question));
  }

  close(): void {
    this.#opened.database.close();
  }

  #read<Answer>(question: (opened: Opened) => Answer): Answer {
    try {
      return question(this.#opened);
    } catch (error) {
      throw readFailure(this.#file, error);
    }
  }
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
  return { database, reader: new BoardReader(database), position, fold: fold.immediate };
}
