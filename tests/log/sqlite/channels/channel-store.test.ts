/** The file of a company's channels: what an earlier version wrote is brought to this one, with who is linked. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import type { ChannelStore } from '../../../../src/contract/channels.ts';
import type { MemberId, Seq } from '../../../../src/core/ids.ts';
import type { EpochMs } from '../../../../src/core/units.ts';
import { channelsVersion } from '../../../../src/log/sqlite/channels/channel-schema.ts';
import { openSqliteChannelStore } from '../../../../src/log/sqlite/channels/sqlite-channel-store.ts';
import { notice, now, openStore, page, row } from '../../../coordinator/channels/carried-outbox.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

const olga = { id: 'U1', name: 'Olga' };

it.each([
  [1, 'which knew no changes', 'DROP TABLE asked; DROP TABLE edits; DROP TABLE undertakings;'],
  [2, 'which knew nothing of what was cut short', 'DROP TABLE undertakings;'],
])('takes over the file of version %i, %s', async (version, _what, lacks) => {
  const file = join(await temporaryFolder(), 'channels.sqlite');
  const first = openSqliteChannelStore(file);
  first.begin({ seq: 7 as Seq, at: 1 as EpochMs });
  first.link('chat', olga, 'member_1' as MemberId, 1 as EpochMs);
  first.close();
  const database = new Database(file);
  database.exec(`${lacks} PRAGMA user_version = ${version}`);
  database.close();

  const store = openSqliteChannelStore(file);
  expect(store.position()).toEqual({ seq: 7, at: 1 });
  expect(store.memberOf('chat', 'U1')).toBe('member_1');
  expect(store.next('chat', 2 as EpochMs)).toBeNull();
  expect(store.undertaken('chat', 'm1')).toBeNull();
  store.close();
  const after = new Database(file, { readonly: true });
  expect(after.pragma('user_version', { simple: true })).toBe(channelsVersion);
  after.close();
});

it('keeps together what a digest was tried with, and begins no thread of what it gathers', async () => {
  const store = await openStore();
  const gathered = (seq: number, text: string) => row(seq, notice(text), { inDigest: true });
  store.fold(page([gathered(1, 'a'), gathered(2, 'b')], 2));
  const work = store.next('chat', now);
  if (work?.act !== 'send') throw new Error('nothing is due');
  expect(work.rows.map(({ seq }) => seq)).toEqual([1, 2]);
  store.failedOnce('chat', work);
  store.fold(page([gathered(3, 'c')], 3));
  const again = store.next('chat', now);
  if (again?.act !== 'send') throw new Error('nothing is due');
  expect(again.rows.map(({ seq }) => seq)).toEqual([1, 2]);
  const ref = { id: 'm1', place: 'room', thread: 'm1' };
  store.sent('chat', again.rows, ref);
  expect(store.threadOf('chat', ref)).toBeNull();
  const alone = store.next('chat', now);
  expect(alone).toMatchObject({ act: 'send', rows: [{ seq: 3 }] });
  if (alone?.act === 'send') store.sent('chat', alone.rows, { ...ref, id: 'm2', thread: 'm2' });
  expect(store.threadOf('chat', { ...ref, thread: 'm2' })).toBe('t-c');
});

it('keeps a digest as it was when its host was killed while it was on its way', async () => {
  const file = join(await temporaryFolder(), 'channels.sqlite');
  const gathered = (seq: number) => row(seq, notice(`n${seq}`), { inDigest: true });
  const seqs = (store: ChannelStore) => {
    const work = store.next('chat', now);
    return work?.act === 'send' ? work.rows.map(({ seq }) => seq) : [];
  };
  const first = openSqliteChannelStore(file);
  first.begin({ seq: 0 as Seq, at: now });
  first.fold(page([gathered(1), gathered(2)], 2));
  const work = first.next('chat', now);
  if (work?.act !== 'send') throw new Error('nothing is due');
  first.sending('chat', work.rows);
  first.close();

  const store = openSqliteChannelStore(file);
  onTestFinished(() => store.close());
  store.fold(page([gathered(3), gathered(4)], 4));
  expect(seqs(store)).toEqual([1, 2]);
  // Nor does it fall apart when what is set has changed.
  store.reschedule('chat', () => ({ at: now, inDigest: false }));
  expect(seqs(store)).toEqual([1, 2]);
  store.sent('chat', work.rows, { id: 'm1' });
  expect(seqs(store)).toEqual([3]);
});

it('makes what waits due as it is set now, and leaves what was tried', async () => {
  const store = await openStore();
  const later = (now + 3_600_000) as EpochMs;
  const waiting = (seq: number, text: string) => row(seq, notice(text), { due: later, inDigest: true });
  store.fold(page([row(1, notice('tried'), { due: later }), waiting(2, 'quiet')], 2));
  const tried = store.next('chat', later);
  if (tried?.act !== 'send') throw new Error('nothing is due');
  store.failedOnce('chat', tried);
  store.reschedule('chat', ({ at, notice: { text } }) =>
    text === 'quiet' ? { at, inDigest: false } : { at, inDigest: true },
  );
  expect(store.next('chat', now)).toMatchObject({
    act: 'send',
    rows: [{ seq: 2, inDigest: false, due: now }],
  });
  expect(store.nextDue('chat')).toBe(now);
});
