/** The tables of what a company's channels have to send, and of who is who there. */
import type { Database } from 'better-sqlite3';

export const channelsVersion = 3;

/** Says in the file's header whose it is: `AgCh`. */
export const channelsApplicationId = 0x41674368;

function createChannelTables(database: Database): void {
  database.exec(`
    CREATE TABLE position (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      seq INTEGER NOT NULL,
      at  INTEGER NOT NULL  -- milliseconds since 1970-01-01 UTC, as all times here
    ) STRICT;

    CREATE TABLE outbox (
      channel  TEXT NOT NULL,
      seq      INTEGER NOT NULL,
      at       INTEGER NOT NULL,
      due      INTEGER NOT NULL,
      digest   INTEGER NOT NULL,  -- 0: by itself; 1: gathered with others; else: with those of this same number, as it was sent before
      attempts INTEGER NOT NULL DEFAULT 0,
      notice   TEXT NOT NULL,
      PRIMARY KEY (channel, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX outbox_by_due ON outbox (channel, due);

    CREATE TABLE set_aside (
      channel TEXT NOT NULL,
      seq     INTEGER NOT NULL,
      at      INTEGER NOT NULL,
      reason  TEXT NOT NULL,
      notice  TEXT NOT NULL,
      PRIMARY KEY (channel, seq)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE addresses (thread TEXT PRIMARY KEY, channels TEXT) STRICT, WITHOUT ROWID;

    CREATE TABLE threads (
      channel TEXT NOT NULL,
      thread  TEXT NOT NULL,
      ref     TEXT NOT NULL,
      remote  TEXT NOT NULL,  -- how the channel calls the thread
      PRIMARY KEY (channel, thread)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX threads_by_remote ON threads (channel, remote);

    CREATE TABLE answers (
      channel TEXT NOT NULL,
      id      TEXT NOT NULL,
      at      INTEGER NOT NULL,
      answer  TEXT NOT NULL,
      PRIMARY KEY (channel, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE offers (
      id      TEXT PRIMARY KEY,
      offer   TEXT NOT NULL,
      channel TEXT NOT NULL,
      expires INTEGER NOT NULL,
      used    INTEGER
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE codes (
      hash    TEXT PRIMARY KEY,
      channel TEXT NOT NULL,
      member  TEXT NOT NULL,
      expires INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE links (
      channel TEXT NOT NULL,
      person  TEXT NOT NULL,
      name    TEXT NOT NULL,
      member  TEXT NOT NULL,
      at      INTEGER NOT NULL,
      PRIMARY KEY (channel, person)
    ) STRICT, WITHOUT ROWID;
  `);
  createEditTables(database);
  createUndertakings(database);
}

/** What the second version has more: messages that ask for something, and the changes that they wait for. */
function createEditTables(database: Database): void {
  database.exec(`
    CREATE TABLE asked (
      channel TEXT NOT NULL,
      seq     INTEGER NOT NULL,
      gate    TEXT NOT NULL,
      notice  TEXT NOT NULL,
      ref     TEXT,  -- NULL: it was not sent yet
      PRIMARY KEY (channel, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX asked_by_gate ON asked (gate);

    CREATE TABLE edits (
      channel  TEXT NOT NULL,
      about    INTEGER NOT NULL,  -- the message
      seq      INTEGER NOT NULL,  -- the event after which it says something else
      at       INTEGER NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (channel, about)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX edits_by_seq ON edits (channel, seq);
  `);
}

/** What the third version has more: what was begun for a message from a channel, until that is answered. */
function createUndertakings(database: Database): void {
  database.exec(`
    CREATE TABLE undertakings (
      channel     TEXT NOT NULL,
      id          TEXT NOT NULL,
      at          INTEGER NOT NULL,
      undertaking TEXT NOT NULL,
      PRIMARY KEY (channel, id)
    ) STRICT, WITHOUT ROWID;
  `);
}

/** Brings the tables of an earlier version to this one. @param version 0: there are none */
export function migrateChannelTables(database: Database, version: number): void {
  if (version === 0) createChannelTables(database);
  if (version === 1) createEditTables(database);
  if (version === 1 || version === 2) createUndertakings(database);
}
