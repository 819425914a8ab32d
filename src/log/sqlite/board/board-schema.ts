/** The tables of the board's projection. A changed shape gets a new version: older files are thrown away and built anew. */
import type { Database } from 'better-sqlite3';

export const boardVersion = 1;

/** Says in the file's header whose it is: `AgBo`. */
export const boardApplicationId = 0x4167426f;

export function createBoardTables(database: Database): void {
  database.exec(`
    CREATE TABLE position (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      seq INTEGER NOT NULL,
      at  INTEGER NOT NULL  -- milliseconds since 1970-01-01 UTC
    ) STRICT;

    CREATE TABLE threads (
      id     TEXT PRIMARY KEY,
      title  TEXT NOT NULL,
      first  TEXT,           -- the two members of direct messages; both null: for everybody
      second TEXT
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE participants (
      thread TEXT NOT NULL,
      member TEXT NOT NULL,
      PRIMARY KEY (thread, member)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE messages (
      seq      INTEGER PRIMARY KEY,
      id       TEXT NOT NULL,
      thread   TEXT NOT NULL,
      author   TEXT NOT NULL,
      at       INTEGER NOT NULL,
      kind     TEXT NOT NULL,
      priority TEXT NOT NULL,
      mentions TEXT NOT NULL, -- ids, in JSON
      title    TEXT NOT NULL, -- of the thread, on its first message; empty on the others
      text     TEXT NOT NULL
    ) STRICT;
    CREATE INDEX messages_of_thread ON messages (thread, seq);

    CREATE TABLE inbox (
      member TEXT NOT NULL,
      seq    INTEGER NOT NULL,
      thread TEXT NOT NULL,
      reason TEXT NOT NULL,
      read   INTEGER NOT NULL,
      PRIMARY KEY (member, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX inbox_unread ON inbox (member, thread, seq) WHERE read = 0;

    -- Messages never change, so nothing is ever taken out of the index.
    CREATE VIRTUAL TABLE words USING fts5 (
      title, text,
      content = 'messages', content_rowid = 'seq',
      tokenize = 'unicode61 remove_diacritics 2',
      prefix = '2 3'
    );
  `);
}
