/** What the projection of the board answers, and that it is the same however often and in whatever pieces it is told. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BoardStore } from '../../../../src/contract/board-store.ts';
import type { BoardEvent } from '../../../../src/core/board/board-events.ts';
import type { StoredEvent } from '../../../../src/core/event.ts';
import type { MemberId, Seq, ThreadId } from '../../../../src/core/ids.ts';
import type { EpochMs } from '../../../../src/core/units.ts';
import { openSqliteBoardStore } from '../../../../src/log/sqlite/board/sqlite-board-store.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

const boardFile = async () => path.join(await temporaryFolder(), 'board.sqlite');
const id = (name: string) => name as MemberId;
const thread = (name: string) => name as ThreadId;

function open(file: string): BoardStore {
  const store = openSqliteBoardStore(file);
  onTestFinished(() => store.close());
  return store;
}

/** Events with the numbers 1, 2, 3 …, each a second after the one before. */
class Talk {
  readonly events: StoredEvent[] = [];

  add(event: BoardEvent): Seq {
    const seq = (this.events.length + 1) as Seq;
    this.events.push({ seq, version: 1, at: (seq * 1_000) as EpochMs, actor: null, event });
    return seq;
  }

  start(name: string, by: string, title = name, between: [string, string] | null = null): this {
    const started = { id: name, title, priority: 'NORMAL', createdBy: by, between };
    this.add({ type: 'thread.started', thread: started as never });
    return this;
  }

  say(name: string, author: string, text: string, ...mentions: string[]): this {
    this.add({
      type: 'message.posted',
      threadId: thread(name),
      messageId: `message_${this.events.length}` as never,
      author: id(author),
      text,
      kind: 'STATUS',
      priority: 'NORMAL',
      mentions: mentions.map(id),
      unknownNames: [],
    });
    return this;
  }

  read(member: string, upTo: number, ...threads: string[]): this {
    this.add({
      type: 'thread.read',
      memberId: id(member),
      threadIds: threads.map(thread),
      upTo: upTo as Seq,
    });
    return this;
  }

  tell(store: BoardStore, from = 0, to = this.events.length): void {
    const last = this.events[to - 1];
    if (last) store.fold(this.events.slice(from, to), last);
  }
}

const everything = { onlyUnread: false, among: null, before: null, limit: 100 };
const inboxOf = (store: BoardStore, name: string, more: object = {}) =>
  store.inbox(id(name), { ...everything, ...more }).map(({ seq, reason, read }) => [seq, reason, read]);
const unreadOf = (store: BoardStore, name: string) => Object.fromEntries(store.unread(id(name)));
const found = (store: BoardStore, text: string, reader: string | null = null) =>
  store
    .search(text, { reader: reader === null ? null : id(reader), among: null, before: null, limit: 50 })
    .map(({ message }) => message.seq);

describe('messages', () => {
  it('come in pages, the newest page first, each oldest first', async () => {
    const store = open(await boardFile());
    const talk = new Talk().start('t', 'ada').start('u', 'ada');
    for (let n = 3; n <= 9; n += 1) talk.say(n % 2 === 1 ? 't' : 'u', 'ada', `word ${n}`);
    talk.tell(store);
    const page = (before: number | null) =>
      store.messages(thread('t'), before as Seq | null, 2).map(({ seq, text }) => [seq, text]);
    expect(page(null)).toEqual([
      [7, 'word 7'],
      [9, 'word 9'],
    ]);
    expect(page(7)).toEqual([
      [3, 'word 3'],
      [5, 'word 5'],
    ]);
    expect(page(3)).toEqual([]);
    expect(store.messages(thread('none'), null, 5)).toEqual([]);
  });

  it('come back as they were posted', async () => {
    const store = open(await boardFile());
    new Talk().start('t', 'ada').say('t', 'ada', 'Grüße, @bo\n\0"\' 😀', 'bo').tell(store);
    expect(store.messages(thread('t'), null, 1)).toEqual([
      {
        seq: 2,
        id: 'message_1',
        threadId: 't',
        author: 'ada',
        at: 2_000,
        kind: 'STATUS',
        priority: 'NORMAL',
        text: 'Grüße, @bo\n\0"\' 😀',
        mentions: ['bo'],
      },
    ]);
  });
});

describe('an inbox', () => {
  it('has mentions, replies to those who take part, and direct messages, but nothing of one’s own', async () => {
    const store = open(await boardFile());
    new Talk()
      .start('t', 'ada')
      .say('t', 'ada', 'hello @bo', 'bo')
      .say('t', 'cy', 'me too')
      .say('t', 'bo', '@ada @bo yes', 'ada', 'bo')
      .start('d', 'cy', '', ['bo', 'cy'])
      .say('d', 'cy', 'psst @ada', 'ada')
      .tell(store);
    expect(inboxOf(store, 'ada')).toEqual([
      [4, 'mention', false],
      [3, 'reply', false],
    ]);
    expect(inboxOf(store, 'bo')).toEqual([
      [6, 'direct', false],
      [3, 'reply', true],
      [2, 'mention', true],
    ]);
    expect(inboxOf(store, 'cy')).toEqual([[4, 'reply', false]]);
    expect(inboxOf(store, 'dee')).toEqual([]);
    expect(unreadOf(store, 'bo')).toEqual({ d: 1 });
  });

  it('counts what is unread by thread, until it is marked or answered', async () => {
    const store = open(await boardFile());
    const talk = new Talk().start('t', 'ada').start('u', 'ada').say('t', 'ada', 'x').say('u', 'ada', 'x');
    talk.say('t', 'bo', '1').say('t', 'bo', '2').say('u', 'bo', '3');
    talk.tell(store);
    expect(unreadOf(store, 'ada')).toEqual({ t: 2, u: 1 });
    talk.read('ada', 5, 't', 'u').tell(store);
    expect(unreadOf(store, 'ada')).toEqual({ t: 1, u: 1 });
    expect(inboxOf(store, 'ada', { onlyUnread: true }).map(([seq]) => seq)).toEqual([7, 6]);
    talk.say('u', 'ada', 'an answer').tell(store);
    expect(unreadOf(store, 'ada')).toEqual({ t: 1 });
    expect(inboxOf(store, 'ada', { before: 6 as Seq, limit: 1 })).toEqual([[5, 'reply', true]]);
  });
});

describe('a search', () => {
  async function library() {
    const store = open(await boardFile());
    new Talk()
      .start('t', 'ada', 'Blue-green deployment')
      .say('t', 'ada', 'We roll out on Friday.')
      .say('t', 'bo', 'Deploying needs a café break')
      .start('d', 'ada', '', ['ada', 'bo'])
      .say('d', 'ada', 'The secret deployment is tonight')
      .tell(store);
    return store;
  }

  it.each<[string, string, number[]]>([
    ['all the words, in any order and case', 'FRIDAY roll ', [2]],
    ['a title, by the first message of its thread', 'blue green ', [2]],
    ['the beginning of the last word', 'deplo', [2, 5, 3]],
    ['only whole words before it', 'depl friday', []],
    ['words without their accents', 'CAFE ', [3]],
    ['words that stand together', '"secret deployment" ', [5]],
    ['nothing where they do not', '"deployment secret" ', []],
    ['nothing for nothing', '  ', []],
    ['nothing by the syntax of FTS5', 'friday OR ) NEAR( "', []],
  ])('finds %s', async (_what, text, seqs) => {
    expect(found(await library(), text).sort()).toEqual([...seqs].sort());
  });

  it('puts a title before a mere mention of the word', async () => {
    expect(found(await library(), 'deployment ')[0]).toBe(2);
  });

  it('keeps direct messages from others', async () => {
    const store = await library();
    expect(found(store, 'secret', 'ada')).toEqual([5]);
    expect(found(store, 'secret', 'bo')).toEqual([5]);
    expect(found(store, 'secret', 'cy')).toEqual([]);
    expect(found(store, 'secret')).toEqual([5]);
  });

  it('looks no further than it is told', async () => {
    const store = await library();
    const foundBefore = (seq: number) =>
      store
        .search('deploy', { reader: null, among: null, before: seq as Seq, limit: 9 })
        .map(({ message }) => message.seq);
    expect(foundBefore(5).sort()).toEqual([2, 3]);
    expect(foundBefore(2)).toEqual([]);
  });

  it('shows what it found amid its surroundings', async () => {
    const [hit] = (await library()).search('caf', { reader: null, among: null, before: null, limit: 1 });
    expect(hit?.snippet).toEqual([
      { text: 'Deploying needs a ', hit: false },
      { text: 'café', hit: true },
      { text: ' break', hit: false },
    ]);
  });
});

describe('the projection', () => {
  const talk = new Talk().start('t', 'ada').start('d', 'ada', '', ['ada', 'bo']);
  for (let n = 0; n < 40; n += 1) {
    talk.say(n % 3 === 0 ? 'd' : 't', ['ada', 'bo', 'cy'][n % 2] ?? '', `say ${n} again`, 'cy');
    if (n % 7 === 0) talk.read('bo', talk.events.length, 't', 'd');
  }
  const contents = (store: BoardStore) => ({
    position: store.position(),
    messages: ['t', 'd'].map((name) => store.messages(thread(name), null, 100)),
    inboxes: ['ada', 'bo', 'cy'].map((name) => store.inbox(id(name), everything)),
    unread: ['ada', 'bo', 'cy'].map((name) => unreadOf(store, name)),
    found: found(store, 'again'),
  });

  it('is the same whether it is told at once, piece by piece or twice', async () => {
    const atOnce = open(await boardFile());
    talk.tell(atOnce);
    const pieces = open(await boardFile());
    for (let n = 1; n <= talk.events.length; n += 1) talk.tell(pieces, Math.max(0, n - 3), n);
    talk.tell(pieces);
    expect(contents(pieces)).toEqual(contents(atOnce));
    expect(atOnce.position()).toEqual({ seq: talk.events.length, at: talk.events.length * 1_000 });
  });

  it('is still there when it is opened again, and gone when it is cleared', async () => {
    const file = await boardFile();
    const first = openSqliteBoardStore(file);
    talk.tell(first);
    const before = contents(first);
    first.close();
    const second = open(file);
    expect(contents(second)).toEqual(before);
    second.clear();
    expect(second.position()).toBeNull();
    expect(found(second, 'again')).toEqual([]);
    talk.tell(second);
    expect(contents(second)).toEqual(before);
  });

  it('moves on although nobody wrote anything', async () => {
    const store = open(await boardFile());
    store.fold([], { seq: 500 as Seq, at: 7 as EpochMs });
    store.fold([], { seq: 400 as Seq, at: 6 as EpochMs });
    expect(store.position()).toEqual({ seq: 500, at: 7 });
  });

  it('writes all of a fold or nothing', async () => {
    const store = open(await boardFile());
    talk.tell(store, 0, 5);
    const before = contents(store);
    const broken = { ...talk.events[5], seq: 6, event: { ...talk.events[5]?.event, text: null } };
    expect(() => store.fold([...talk.events.slice(5, 9), broken as never], talk.events[9] as never)).toThrow(
      expect.objectContaining({ code: 'LOG_UNAVAILABLE' }),
    );
    expect(contents(store)).toEqual(before);
  });

  it.each<[string, (file: string) => unknown]>([
    [
      'no database',
      (file) => writeFile(file, 'this is no database, but long enough to look like one'.repeat(50)),
    ],
    ['of another shape', (file) => shapeAs(file, 'PRAGMA user_version = 99')],
    ['of some other program', (file) => shapeAs(file, 'PRAGMA application_id = 7; PRAGMA user_version = 1')],
    [
      'without its tables',
      (file) => shapeAs(file, `PRAGMA application_id = ${0x4167426f}; PRAGMA user_version = 1`),
    ],
  ])('starts anew from a file that is %s', async (_what, spoil) => {
    const file = await boardFile();
    await spoil(file);
    const store = open(file);
    expect(store.position()).toBeNull();
    talk.tell(store);
    expect(found(store, 'again')).toHaveLength(40);
  });
});

function shapeAs(file: string, pragmas: string): void {
  const database = new Database(file);
  database.exec(`CREATE TABLE other (a); ${pragmas}`);
  database.close();
}

it('forgets what it only showed, with the next event of the log and with its process', async () => {
  const file = await boardFile();
  const store = open(file);
  const talk = new Talk().start('lunch', 'ada').say('lunch', 'ada', 'soup', 'bo');
  talk.tell(store);
  const own = new Talk().say('lunch', 'bo', 'salad').say('lunch', 'bo', 'bread').read('bo', 2, 'lunch');
  const shown = own.events.map((event, n) => ({ ...event, seq: Number(`2.00000${n + 1}`) as Seq }));
  store.preview(shown.slice(0, 1));
  store.preview(shown.slice(1));
  const texts = (from = store) =>
    from.messages(thread('lunch'), null, 10).map(({ seq, text }) => [seq, text]);
  expect(texts()).toEqual([
    [2, 'soup'],
    [2.000001, 'salad'],
    [2.000002, 'bread'],
  ]);
  expect(store.unread(id('bo')).size).toBe(0);
  expect(store.position()?.seq).toBe(2);
  expect(texts(open(file))).toEqual([[2, 'soup']]);
  talk.say('lunch', 'ada', 'cake').tell(store, 2);
  expect(texts()).toEqual([
    [2, 'soup'],
    [3, 'cake'],
  ]);
  // That it was read was only shown as well.
  expect(store.unread(id('bo')).get(thread('lunch'))).toBe(2);
});
