/** The first shape: the events of a company, and the snapshots of its state. */
import type { Migration } from './migration.ts';

export const eventsAndSnapshots: Migration = {
  version: 1,
  up: (database) => {
    database.exec(`
      CREATE TABLE events (
        seq     INTEGER PRIMARY KEY,
        at      INTEGER NOT NULL, -- milliseconds since 1970-01-01 UTC
        actor   TEXT,             -- a member's id; null: the host
        type    TEXT NOT NULL,
        version INTEGER NOT NULL,
        data    TEXT NOT NULL,    -- the event, in JSON
        touches TEXT              -- on the last event of a group: the entities that the group changes, in JSON
      ) STRICT;

      CREATE TABLE snapshots (
        seq     INTEGER PRIMARY KEY,
        version INTEGER NOT NULL,
        state   TEXT NOT NULL     -- in JSON
      ) STRICT;
    `);
  },
};
