/** For the copy of a shared stream: which batch of which host its events came with, however they come to stand there again. */
import type { Migration } from './migration.ts';

export const streamEntries: Migration = {
  version: 3,
  up: (database) => {
    database.exec(`
      CREATE TABLE stream_entries (
        last   INTEGER PRIMARY KEY, -- the seq of its last event
        batch  TEXT NOT NULL,       -- who appended it: the sender, and the number of its batch
        places TEXT NOT NULL        -- which groups of the batch it holds: runs of [first, count], in JSON
      ) STRICT;
    `);
  },
};
