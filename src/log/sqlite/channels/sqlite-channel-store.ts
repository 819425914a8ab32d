/** What the channels of a company have to send, derived from its log, and who is who there: one SQLite file beside the log. */
import { renameSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { ApprovalOffer, ChannelStore, Undertaking } from '../../../contract/channels.ts';
import type { InboundAnswer } from '../../../contract/plugin/messages.ts';
import type { MemberId } from '../../../core/ids.ts';
import type { EpochMs } from '../../../core/units.ts';
import type { SqliteOptions } from '../connection.ts';
import { connect } from '../connection.ts';
import { readDatabaseVersion } from '../migrate.ts';
import { isDamage, readFailure } from '../sqlite-errors.ts';
import { channelsApplicationId, channelsVersion, migrateChannelTables } from './channel-schema.ts';
import { openOutbox } from './sqlite-outbox.ts';

/** How long a message that comes again is known, in ms. */
const rememberFor = 7 * 24 * 3_600_000;

/** Those that hold what is of one channel. */
const tables = [
  ...['outbox', 'set_aside', 'threads', 'asked', 'edits'],
  ...['answers', 'undertakings', 'offers', 'codes', 'links'],
] as const;

/** @throws CoordError `LOG_UNAVAILABLE` */
export function openSqliteChannelStore(file: string, options: SqliteOptions = {}): ChannelStore {
  const database = openUsable(file, options);
  const prepare = <Params extends unknown[], Result = unknown>(sql: string) =>
    database.prepare<Params, Result>(sql);
  const answered = prepare<[string, string], { answer: string }>(
    'SELECT answer FROM answers WHERE channel = ? AND id = ?',
  );
  const putAnswer = prepare<[string, string, number, string]>(
    'INSERT OR REPLACE INTO answers (channel, id, at, answer) VALUES (?, ?, ?, ?)',
  );
  const forgetAnswers = prepare<[number]>('DELETE FROM answers WHERE at < ?');
  const undertaken = prepare<[string, string], { undertaking: string }>(
    'SELECT undertaking FROM undertakings WHERE channel = ? AND id = ?',
  );
  const allUndertaken = prepare<[string], { undertaking: string }>(
    'SELECT undertaking FROM undertakings WHERE channel = ?',
  );
  const putUndertaking = prepare<[string, string, number, string]>(
    'INSERT OR REPLACE INTO undertakings (channel, id, at, undertaking) VALUES (?, ?, ?, ?)',
  );
  const forgetUndertakings = prepare<[number]>('DELETE FROM undertakings WHERE at < ?');
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

  const keepAnswer = database.transaction(
    (channel: string, id: string, answer: InboundAnswer, now: EpochMs) => {
      forgetAnswers.run(now - rememberFor);
      putAnswer.run(channel, id, now, JSON.stringify(answer));
    },
  );
  const forget = database.transaction((channel: string) => {
    for (const table of tables) {
      database.prepare(`DELETE FROM ${table} WHERE channel = ?`).run(channel);
    }
  });

  return {
    ...openOutbox(database),
    answered: (channel, id) => {
      const found = answered.get(channel, id);
      return found ? (JSON.parse(found.answer) as InboundAnswer) : null;
    },
    answer: (...call) => keepAnswer.immediate(...call),
    undertaken: (channel, id) => {
      const found = undertaken.get(channel, id);
      return found ? (JSON.parse(found.undertaking) as Undertaking) : null;
    },
    allUndertaken: (channel) =>
      allUndertaken.all(channel).map((found) => JSON.parse(found.undertaking) as Undertaking),
    undertake: (channel, id, undertaking) => {
      forgetUndertakings.run(undertaking.at - rememberFor);
      putUndertaking.run(channel, id, undertaking.at, JSON.stringify(undertaking));
    },
    offer: (made) => putOffer.run(made.id, JSON.stringify(made), made.channel, made.expiresAt),
    offerOf: (id) => {
      const found = offer.get(id);
      return found ? { ...(JSON.parse(found.offer) as ApprovalOffer), usedAt: found.used } : null;
    },
    use: (id, now) => use.run(now, id).changes === 1,
    giveBack: (id) => giveBack.run(id),
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
    const version = readDatabaseVersion(database);
    if (version < channelsVersion) {
      database.transaction(() => {
        migrateChannelTables(database, version);
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
