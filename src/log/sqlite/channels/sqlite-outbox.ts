/** The part of the channel store that has what waits to be sent, what was sent, and what of that has to say something else since. */
import type { Database } from 'better-sqlite3';
import type {
  ChannelStore,
  OutboxEdit,
  OutboxPage,
  OutboxRow,
  OutboxWork,
} from '../../../contract/channels.ts';
import type { MessageRef } from '../../../contract/plugin/messages.ts';
import type { Notice } from '../../../core/channel/notice.ts';
import type { Seq } from '../../../core/ids.ts';
import type { EpochMs } from '../../../core/units.ts';

interface Row {
  readonly seq: Seq;
  readonly at: EpochMs;
  readonly due: EpochMs;
  readonly digest: number;
  readonly attempts: number;
  readonly notice: string;
}

interface EditRow {
  readonly seq: Seq;
  readonly about: Seq;
  readonly at: EpochMs;
  readonly attempts: number;
  readonly notice: string;
  readonly ref: string | null;
  readonly again: number;
}

/** Messages of one digest, at most. */
const longestDigest = 200;

export type Outbox = Pick<
  ChannelStore,
  | ('position' | 'begin' | 'fold' | 'addressOf')
  | ('next' | 'nextDue' | 'depth' | 'sending' | 'sent' | 'edited' | 'failedOnce' | 'setAside' | 'reschedule')
  | ('threadRef' | 'threadOf' | 'joinThread')
>;

export function openOutbox(database: Database): Outbox {
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
  const first = prepare<[string, number, number], Row>(
    `SELECT ${columns} FROM outbox WHERE channel = ? AND due <= ? AND seq > ? ORDER BY seq LIMIT 1`,
  );
  const untried = prepare<[string], Row>(
    `SELECT ${columns} FROM outbox WHERE channel = ? AND attempts = 0 AND digest < 2 ORDER BY seq`,
  );
  const makeDue = prepare<[number, number, string, number]>(
    'UPDATE outbox SET due = ?, digest = ? WHERE channel = ? AND seq = ?',
  );
  /** What was sent together is sent together again: it has a key. What has come since goes with the next. */
  const batch = prepare<[string, number], Row>(
    `SELECT ${columns} FROM outbox WHERE channel = ? AND digest = ? ORDER BY seq`,
  );
  const joinBatch = prepare<[number, string, number]>(
    'UPDATE outbox SET digest = ? WHERE channel = ? AND seq = ?',
  );
  /** With what an earlier version tried kept apart. */
  const together = prepare<[string, number, number, number], Row>(
    `SELECT ${columns} FROM outbox
     WHERE channel = ? AND due = ? AND seq > ? AND digest = 1 AND (attempts > 0) = ? ORDER BY seq LIMIT ${longestDigest}`,
  );
  const nextDue = prepare<[string], { due: EpochMs | null }>(
    'SELECT min(due) AS due FROM outbox WHERE channel = ?',
  );
  const depth = prepare<[string, string], { waiting: number; since: EpochMs | null }>(
    `SELECT count(*) AS waiting, min(at) AS since
     FROM (SELECT at FROM outbox WHERE channel = ? UNION ALL SELECT at FROM edits WHERE channel = ?)`,
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
  const addAsked = prepare<[string, number, string, string]>(
    'INSERT OR IGNORE INTO asked (channel, seq, gate, notice) VALUES (?, ?, ?, ?)',
  );
  const named = prepare<[string, string, number]>('UPDATE asked SET ref = ? WHERE channel = ? AND seq = ?');
  const forgetAsked = prepare<[string, number]>('DELETE FROM asked WHERE channel = ? AND seq = ?');
  const touch = prepare<[number, number, string, number]>(
    `INSERT OR REPLACE INTO edits (channel, about, seq, at)
     SELECT channel, seq, ?, ? FROM asked WHERE gate = ? AND seq < ?`,
  );
  /** One whose message still waits waits for that. */
  const due = `channel = ? AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.channel = edits.channel AND outbox.seq = about)`;
  const firstEdit = prepare<[string, number], EditRow>(
    `SELECT edit.seq, about, at, attempts, notice, ref, EXISTS (
       SELECT 1 FROM asked newer
       WHERE newer.channel = asked.channel AND newer.gate = asked.gate AND newer.seq > asked.seq
     ) AS again
     FROM (SELECT * FROM edits WHERE ${due} AND seq > ? ORDER BY seq, about LIMIT 1) edit
     JOIN asked ON asked.channel = edit.channel AND asked.seq = about`,
  );
  const isEditDue = prepare<[string], { due: number }>(
    `SELECT EXISTS (SELECT 1 FROM edits WHERE ${due}) AS due`,
  );
  const takeEdit = prepare<[string, number, number]>(
    'DELETE FROM edits WHERE channel = ? AND about = ? AND seq = ?',
  );
  const takeEdits = prepare<[string, number]>('DELETE FROM edits WHERE channel = ? AND about = ?');
  const triedEdit = prepare<[string, number]>(
    'UPDATE edits SET attempts = attempts + 1 WHERE channel = ? AND about = ?',
  );

  const fold = database.transaction(({ rows, addresses, touched, position: to }: OutboxPage) => {
    const from = position.get()?.seq ?? -1;
    for (const { thread, channels } of addresses) address.run(thread, channels && JSON.stringify(channels));
    for (const { channel, seq, at, due, inDigest, notice, isEdited } of rows) {
      if (seq <= from) continue;
      const said = JSON.stringify(notice);
      add.run(channel, seq, at, due, inDigest ? 1 : 0, said);
      if (isEdited && notice.asks) addAsked.run(channel, seq, notice.asks.gateId, said);
    }
    for (const { gateId, seq, at } of touched) {
      if (seq > from) touch.run(seq, at, gateId, seq);
    }
    if (to.seq > from) move.run(to.seq, to.at);
  });
  const sending = database.transaction((channel: string, rows: readonly OutboxRow[]) => {
    const [last] = rows.slice(-1);
    // Above the one that says that it may be gathered.
    if (last) for (const { seq } of rows) joinBatch.run(last.seq + 1, channel, seq);
  });
  const sent = database.transaction((channel: string, rows: readonly OutboxRow[], ref: MessageRef | null) => {
    for (const { seq, notice } of rows) {
      take.run(channel, seq);
      if (!ref) continue;
      const said = JSON.stringify(ref);
      // What gathers several begins no thread of any of them.
      if (rows.length === 1) putThread.run(channel, notice.thread, said, remoteOf(ref));
      named.run(said, channel, seq);
    }
  });
  const reschedule = database.transaction(
    (channel: string, dueOf: Parameters<ChannelStore['reschedule']>[1]) => {
      for (const row of untried.all(channel)) {
        const due = dueOf(rowOf(row));
        if (due) makeDue.run(due.at, due.inDigest ? 1 : 0, channel, row.seq);
      }
    },
  );
  const edited = database.transaction((channel: string, { about, seq }: OutboxEdit, isLast: boolean) => {
    const isUpToDate = takeEdit.run(channel, about, seq).changes > 0;
    if (isLast && isUpToDate) forgetAsked.run(channel, about);
  });
  const setAside = database.transaction((channel: string, work: OutboxWork, reason: string, now: EpochMs) => {
    if (work.act === 'edit') {
      const { about, seq, notice } = work.edit;
      takeEdit.run(channel, about, seq);
      putAside.run(channel, seq, now, reason, JSON.stringify(notice));
      return;
    }
    for (const { seq, notice } of work.rows) {
      take.run(channel, seq);
      forgetAsked.run(channel, seq);
      takeEdits.run(channel, seq);
      putAside.run(channel, seq, now, reason, JSON.stringify(notice));
    }
  });

  return {
    position: () => position.get() ?? null,
    begin: ({ seq, at }) => move.run(seq, at),
    fold: (page) => fold.immediate(page),
    addressOf: (thread) => {
      const found = addressed.get(thread);
      return found && (found.channels === null ? null : (JSON.parse(found.channels) as string[]));
    },
    next: (channel, now, past) => {
      const row = first.get(channel, now, past ?? -1);
      const edit = firstEdit.get(channel, past ?? -1);
      if (edit && (!row || edit.seq <= row.seq)) return { act: 'edit', edit: editOf(edit) };
      if (!row) return null;
      const wasTried = row.attempts > 0 ? 1 : 0;
      const gathered = () =>
        row.digest === 1
          ? together.all(channel, row.due, past ?? -1, wasTried)
          : batch.all(channel, row.digest);
      return { act: 'send', rows: (row.digest === 0 ? [row] : gathered()).map(rowOf) };
    },
    nextDue: (channel) =>
      isEditDue.get(channel)?.due === 1 ? (0 as EpochMs) : (nextDue.get(channel)?.due ?? null),
    depth: (channel) => {
      const { waiting = 0, since = null } = depth.get(channel, channel) ?? {};
      return { waiting, since, setAside: aside.get(channel)?.count ?? 0 };
    },
    reschedule: (...call) => reschedule.immediate(...call),
    sending: (...call) => sending.immediate(...call),
    sent: (...call) => sent.immediate(...call),
    edited: (...call) => edited.immediate(...call),
    failedOnce: (channel, work) => {
      if (work.act === 'edit') triedEdit.run(channel, work.edit.about);
      else for (const { seq } of work.rows) tried.run(channel, seq);
    },
    setAside: (...call) => setAside.immediate(...call),
    threadRef: (channel, thread) => {
      const found = threadRef.get(channel, thread);
      return found ? (JSON.parse(found.ref) as MessageRef) : null;
    },
    threadOf: (channel, ref) => threadOf.get(channel, remoteOf(ref))?.thread ?? null,
    joinThread: (channel, thread, ref) => putThread.run(channel, thread, JSON.stringify(ref), remoteOf(ref)),
  };
}

/** The thread that a message began, or the one that it stands in. */
const remoteOf = ({ id, place = '', thread = id }: MessageRef): string => `${place}\n${thread}`;

function rowOf({ seq, at, due, digest, attempts, notice }: Row): OutboxRow {
  return { seq, at, due, inDigest: digest !== 0, attempts, notice: JSON.parse(notice) as Notice };
}

function editOf({ seq, about, at, attempts, notice, ref, again }: EditRow): OutboxEdit {
  return {
    ...{ seq, about, at, attempts },
    notice: JSON.parse(notice) as Notice,
    ref: ref === null ? null : (JSON.parse(ref) as MessageRef),
    isAskedAgain: again === 1,
  };
}
