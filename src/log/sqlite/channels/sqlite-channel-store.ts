/** What the channels of a company have to send, derived from its log, and who is who there: one SQLite file beside the log. */
import { renameSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { ApprovalOffer, ChannelStore, OutboxRow } from '../../../contract/channels.ts';
import type { InboundAnswer, MessageRef } from '../../../contract/plugin/messages.ts';
import type { Notice } from '../../../core/channel/notice.ts';
import type { MemberId, Seq } from '../../../core/ids.ts';
import type { EpochMs } from '../../../core/units.ts';
import type { SqliteOptions } from '../connection.ts';
import { connect } from '../connection.ts';
import { readDatabaseVersion } from '../migrate.ts';
import { isDamage, readFailure } from '../sqlite-errors.ts';
import { channelsApplicationId, channelsVersion, createChannelTables } from './channel-schema.ts';

interface Row {
  readonly seq: Seq;
  readonly at: EpochMs;
  readonly due: EpochMs;
  readonly digest: number;
  readonly attempts: number;
  readonly notice: string;
}

/** Messages of one digest, at most. */
const longestDigest = 200;
/** How long a message that comes again is known, in ms. */
const rememberFor = 7 * 24 * 3_600_000;

/** @throws CoordError `LOG_UNAVAILABLE` */
export function openSqliteChannelStore(file: string, options: SqliteOptions = {}): ChannelStore {
  const database = openUsable(file, options);
  const prepare = <Params extends unknown[], Result = unknown>(sql: string) =>
    database.prepare<Params, Result>(sql);
  const position = prepare<[], { seq: Seq; at: EpochMs }>('SELECT seq, at FROM position');
  const move = prepare<[number, number]>('INSERT OR REPLACE INTO position (one, seq, at) VALUES (1, ?, ?)');
  const add = prepare<[string, number, number, number, number, string]>(
    'INSERT OR IGNORE INTO outbox (channel, seq, at, due, digest, notice) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const address = prepare<[string, string | null]>(
    'INSERT OR REPLACE INTO addresses (thread, channels) VALUES (?, ?)',
  );
  const addressed = prepare<[string], { channels: string | null }>(
    'SELECT channels FROM addresses WHERE thread = ?',
  );
  const columns = 'seq, at, due, digest, attempts, notice';
  const first = prepare<[string, number], Row>(
    `SELECT ${columns} FROM outbox WHERE channel = ? AND due <= ? ORDER BY seq LIMIT 1`,
  );
  const together = prepare<[string, number], Row>(
    `SELECT ${columns} FROM outbox WHERE channel = ? AND due = ? AND digest = 1 ORDER BY seq LIMIT ${longestDigest}`,
  );
  const nextDue = prepare<[string], { due: EpochMs | null }>(
    'SELECT min(due) AS due FROM outbox WHERE channel = ?',
  );
  const depth = prepare<[string], { waiting: number; since: EpochMs | null }>(
    'SELECT count(*) AS waiting, min(at) AS since FROM outbox WHERE channel = ?',
  );
  const aside = prepare<[string], { count: number }>(
    'SELECT count(*) AS count FROM set_aside WHERE channel = ?',
  );
  const take = prepare<[string, number]>('DELETE FROM outbox WHERE channel = ? AND seq = ?');
  const tried = prepare<[string, number]>(
    'UPDATE outbox SET attempts = attempts + 1 WHERE channel = ? AND seq = ?',
  );
  const putAside = prepare<[string, number, number, string, string]>(
    'INSERT OR REPLACE INTO set_aside (channel, seq, at, reason, notice) VALUES (?, ?, ?, ?, ?)',
  );
  const putThread = prepare<[string, string, string, string]>(
    'INSERT OR IGNORE INTO threads (channel, thread, ref, remote) VALUES (?, ?, ?, ?)',
  );
  const threadRef = prepare<[string, string], { ref: string }>(
    'SELECT ref FROM threads WHERE channel = ? AND thread = ?',
  );
  const threadOf = prepare<[string, string], { thread: string }>(
    `SELECT thread FROM threads WHERE channel = ? AND remote = ? ORDER BY thread LIKE 'thread_%' DESC LIMIT 1`,
  );
  const answered = prepare<[string, string], { answer: string }>(
    'SELECT answer FROM answers WHERE channel = ? AND id = ?',
  );
  const putAnswer = prepare<[string, string, number, string]>(
    'INSERT OR REPLACE INTO answers (channel, id, at, answer) VALUES (?, ?, ?, ?)',
  );
  const forgetAnswers = prepare<[number]>('DELETE FROM answers WHERE at < ?');
  const putOffer = prepare<[string, string, string, number]>(
    'INSERT INTO offers (id, offer, channel, expires) VALUES (?, ?, ?, ?)',
  );
  const offer = prepare<[string], { offer: string; used: EpochMs | null }>(
    'SELECT offer, used FROM offers WHERE id = ?',
  );
  const use = prepare<[number, string]>('UPDATE offers SET used = ? WHERE id = ? AND used IS NULL');
  const giveBack = prepare<[string]>('UPDATE offers SET used = NULL WHERE id = ?');
  const putCode = prepare<[string, string, string, number]>(
    'INSERT OR REPLACE INTO codes (hash, channel, member, expires) VALUES (?, ?, ?, ?)',
  );
  const takeCode = prepare<[string, string], { member: MemberId; expires: number }>(
    'DELETE FROM codes WHERE hash = ? AND channel = ? RETURNING member, expires',
  );
  const putLink = prepare<[string, string, string, string, number]>(
    'INSERT OR REPLACE INTO links (channel, person, name, member, at) VALUES (?, ?, ?, ?, ?)',
  );
  const removeLink = prepare<[string, string]>('DELETE FROM links WHERE channel = ? AND person = ?');
  const links = prepare<[string], { person: string; name: string; member: MemberId; at: EpochMs }>(
    'SELECT person, name, member, at FROM links WHERE channel = ? ORDER BY at',
  );
  const link = prepare<[string, string], { member: MemberId }>(
    'SELECT member FROM links WHERE channel = ? AND person = ?',
  );

  const fold = database.transaction((...[rows, addresses, to]: Parameters<ChannelStore['fold']>) => {
    const from = position.get()?.seq ?? -1;
    for (const { thread, channels } of addresses) address.run(thread, channels && JSON.stringify(channels));
    for (const { channel, seq, at, due, inDigest, notice } of rows) {
      if (seq > from) add.run(channel, seq, at, due, inDigest ? 1 : 0, JSON.stringify(notice));
    }
    if (to.seq > from) move.run(to.seq, to.at);
  });
  const sent = database.transaction((channel: string, rows: readonly OutboxRow[], ref: MessageRef | null) => {
    for (const { seq, notice } of rows) {
      take.run(channel, seq);
      if (ref) putThread.run(channel, notice.thread, JSON.stringify(ref), remoteOf(ref));
    }
  });
  const setAside = database.transaction(
    (channel: string, rows: readonly OutboxRow[], reason: string, now: EpochMs) => {
      for (const { seq, notice } of rows) {
        take.run(channel, seq);
        putAside.run(channel, seq, now, reason, JSON.stringify(notice));
      }
    },
  );
  const forget = database.transaction((channel: string) => {
    for (const table of ['outbox', 'set_aside', 'threads', 'answers', 'offers', 'codes', 'links']) {
      database.prepare(`DELETE FROM ${table} WHERE channel = ?`).run(channel);
    }
  });

  return {
    position: () => position.get() ?? null,
    begin: ({ seq, at }) => move.run(seq, at),
    fold: (...call) => fold.immediate(...call),
    addressOf: (thread) => {
      const found = addressed.get(thread);
      return found && (found.channels === null ? null : (JSON.parse(found.channels) as string[]));
    },
    next: (channel, now) => {
      const row = first.get(channel, now);
      if (!row) return [];
      return row.digest === 1 ? together.all(channel, row.due).map(rowOf) : [rowOf(row)];
    },
    nextDue: (channel) => nextDue.get(channel)?.due ?? null,
    depth: (channel) => {
      const { waiting = 0, since = null } = depth.get(channel) ?? {};
      return { waiting, since, setAside: aside.get(channel)?.count ?? 0 };
    },
    sent: (...call) => sent.immediate(...call),
    failedOnce: (channel, rows) => {
      for (const { seq } of rows) tried.run(channel, seq);
    },
    setAside: (...call) => setAside.immediate(...call),
    threadRef: (channel, thread) => {
      const found = threadRef.get(channel, thread);
      return found ? (JSON.parse(found.ref) as MessageRef) : null;
    },
    threadOf: (channel, ref) => threadOf.get(channel, remoteOf(ref))?.thread ?? null,
    answered: (channel, id) => {
      const found = answered.get(channel, id);
      return found ? (JSON.parse(found.answer) as InboundAnswer) : null;
    },
    answer: (channel, id, answer, now) => {
      forgetAnswers.run(now - rememberFor);
      putAnswer.run(channel, id, now, JSON.stringify(answer));
    },
    offer: (made) => putOffer.run(made.id, JSON.stringify(made), made.channel, made.expiresAt),
    offerOf: (id) => {
      const found = offer.get(id);
      return found ? { ...(JSON.parse(found.offer) as ApprovalOffer), usedAt: found.used } : null;
    },
    use: (id, now) => use.run(now, id).changes === 1,
    giveBack: (id) => giveBack.run(id),
    joinThread: (channel, thread, ref) => putThread.run(channel, thread, JSON.stringify(ref), remoteOf(ref)),
    addCode: (hash, channel, memberId, expiresAt) => putCode.run(hash, channel, memberId, expiresAt),
    takeCode: (hash, channel, now) => {
      const found = takeCode.get(hash, channel);
      return found && found.expires > now ? found.member : null;
    },
    link: (channel, { id, name }, memberId, now) => putLink.run(channel, id, name, memberId, now),
    unlink: (channel, personId) => removeLink.run(channel, personId).changes > 0,
    linked: (channel) =>
      links
        .all(channel)
        .map(({ person, name, member, at }) => ({ person: { id: person, name }, memberId: member, at })),
    memberOf: (channel, personId) => link.get(channel, personId)?.member ?? null,
    forget: (channel) => forget.immediate(channel),
    close: () => database.close(),
  };
}

/** The thread that a message began, or the one that it stands in. */
const remoteOf = ({ id, place = '', thread = id }: MessageRef): string => `${place}\n${thread}`;

function rowOf({ seq, at, due, digest, attempts, notice }: Row): OutboxRow {
  return { seq, at, due, inDigest: digest === 1, attempts, notice: JSON.parse(notice) as Notice };
}

/** What is damaged is put beside, for whoever wants to look: links are made anew then. */
function openUsable(file: string, options: SqliteOptions): Database {
  try {
    try {
      return open(file, options);
    } catch (error) {
      if (!isDamage(error)) throw error;
      renameSync(file, `${file}.damaged`);
      return open(file, options);
    }
  } catch (error) {
    throw readFailure(file, error);
  }
}

function open(file: string, options: SqliteOptions): Database {
  const database = connect(file, options);
  try {
    database.pragma('journal_mode = WAL');
    // What is lost with the power is built from the log again, or sent again under the same key.
    database.pragma('synchronous = NORMAL');
    database.pragma('trusted_schema = OFF');
    if (readDatabaseVersion(database) === 0) {
      database.transaction(() => {
        createChannelTables(database);
        database.pragma(`application_id = ${channelsApplicationId}`);
        database.pragma(`user_version = ${channelsVersion}`);
      })();
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
