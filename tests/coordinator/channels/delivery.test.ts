/** What gets through to a channel, in which order, and what of it is given up: on a real outbox, with a service of moods. */
import { expect, it, vi } from 'vitest';
import type { ChannelStore } from '../../../src/contract/channels.ts';
import { asking, CarriedOutbox, notice, openStore, page, row } from './carried-outbox.ts';

const until = (is: () => void) => vi.waitFor(is, { timeout: 10_000, interval: 5 });

async function outbox(texts: readonly string[]): Promise<{ store: ChannelStore; chat: CarriedOutbox }> {
  const store = await openStore();
  store.fold(
    page(
      texts.map((text, n) => row(n + 1, notice(text))),
      texts.length,
    ),
  );
  return { store, chat: new CarriedOutbox(store) };
}

it('waits with everything, in order, while the service takes nothing', async () => {
  const { store, chat } = await outbox(['a', 'b', 'c']);
  chat.mood = () => 'retry';
  await until(() => expect(chat.tried.filter((text) => text === 'a').length).toBeGreaterThan(20));
  expect(store.depth('chat')).toMatchObject({ waiting: 3, setAside: 0 });
  chat.mood = () => null;
  await until(() => expect(chat.taken).toEqual(['a', 'b', 'c']));
  expect(store.depth('chat')).toMatchObject({ waiting: 0, setAside: 0 });
});

it.each(['retry', 'crash'] as const)(
  'passes what fails again and again (%s) once what comes after it gets through',
  async (mood) => {
    const { store, chat } = await outbox(['a', 'poison', 'more poison', 'b', 'c']);
    chat.mood = (text) => (text.includes('poison') ? mood : null);
    await until(() => expect(chat.taken).toEqual(['a', 'b', 'c']));
    expect(store.depth('chat')).toMatchObject({ waiting: 0, setAside: 2 });
    expect(chat.tried.filter((text) => text === 'poison').length).toBeGreaterThanOrEqual(5);
  },
);

it('sets aside at once what the service will never take', async () => {
  const { store, chat } = await outbox(['a', 'bad', 'b']);
  chat.mood = (text) => (text === 'bad' ? 'reject' : null);
  await until(() => expect(chat.taken).toEqual(['a', 'b']));
  expect(chat.tried).toEqual(['a', 'bad', 'b']);
  expect(store.depth('chat')).toMatchObject({ setAside: 1 });
});

it('keeps what fails alone for as long as nothing else is there to tell who is at fault', async () => {
  const { store, chat } = await outbox(['alone']);
  chat.mood = () => 'retry';
  await until(() => expect(chat.tried.length).toBeGreaterThan(20));
  expect(store.depth('chat')).toMatchObject({ waiting: 1, setAside: 0 });
});

it('brings a message that asked up to date: in its turn, once, and never before it was sent', async () => {
  const store = await openStore();
  store.fold(
    page([row(1, asking('May it?')), row(3, notice('between')), row(5, notice('after'))], 5, [2, 4]),
  );
  const chat = new CarriedOutbox(store);
  await until(() => expect(chat.taken).toHaveLength(4));
  // The change of 2 gave way to that of 4.
  expect(chat.taken).toEqual(['May it?', 'between', '1 → changed after 4', 'after']);
  expect(chat.keys[2]).toBe('company_1:1:chat:edit-4');
  expect(store.depth('chat').waiting).toBe(0);
});

it('tells of the older message that it was asked again, and then leaves it', async () => {
  const store = await openStore();
  store.fold(page([row(1, asking('May it?'))], 1));
  const chat = new CarriedOutbox(store);
  await until(() => expect(chat.taken).toEqual(['May it?']));
  store.fold(page([row(2, asking('May it now?'))], 2, [2]));
  chat.delivery.wake();
  await until(() => expect(chat.taken).toHaveLength(3));
  expect(chat.taken.slice(1)).toEqual(['1 → asked again', 'May it now?']);
  store.fold(page([], 3, [3]));
  chat.delivery.wake();
  await until(() => expect(chat.taken).toHaveLength(4));
  expect(chat.taken[3]).toBe('2 → changed after 3');
});

it('tries a change again under the same key, and lets one go that can’t be made any more', async () => {
  const store = await openStore();
  store.fold(page([row(1, asking('May it?'))], 1, []));
  const chat = new CarriedOutbox(store);
  await until(() => expect(chat.taken).toHaveLength(1));
  let failures = 3;
  chat.mood = () => {
    failures -= 1;
    return failures >= 0 ? 'retry' : null;
  };
  store.fold(page([], 2, [2]));
  chat.delivery.wake();
  await until(() => expect(chat.taken).toHaveLength(2));
  expect(chat.tried).toEqual(['May it?', ...Array.from({ length: 4 }, () => 'changed after 2')]);
  expect(chat.keys[1]).toBe('company_1:1:chat:edit-2');
  chat.mood = () => 'reject';
  store.fold(page([], 3, [3]));
  chat.delivery.wake();
  await until(() => expect(store.depth('chat')).toMatchObject({ waiting: 0, setAside: 0 }));
  expect(chat.taken).toHaveLength(2);
});

it('sends a digest again as it was, under the same key, whatever has come since', async () => {
  const store = await openStore();
  const gathered = (seq: number, text: string) => row(seq, notice(text), { inDigest: true });
  store.fold(page([gathered(1, 'a'), gathered(2, 'b')], 2));
  const chat = new CarriedOutbox(store);
  chat.mood = () => 'retry';
  await until(() => expect(chat.tried.length).toBeGreaterThan(2));
  store.fold(page([gathered(3, 'c')], 3));
  chat.delivery.wake();
  chat.mood = () => null;
  await until(() => expect(chat.keys).toHaveLength(2));
  expect(store.depth('chat').waiting).toBe(0);
  expect(new Set(chat.keys).size).toBe(2);
});

it('sends a digest again as it was when its host was killed before it heard that it has arrived', async () => {
  const store = await openStore();
  const gathered = (seq: number, text: string) => row(seq, notice(text), { inDigest: true });
  store.fold(page([gathered(1, 'a'), gathered(2, 'b')], 2));
  const killed = new CarriedOutbox(store);
  let onItsWay = '';
  killed.mood = () => {
    onItsWay = killed.tried.at(-1) ?? '';
    return 'never answers';
  };
  await until(() => expect(onItsWay).not.toBe(''));
  store.fold(page([gathered(3, 'c')], 3));
  const next = new CarriedOutbox(store);
  await until(() => expect(next.taken).toHaveLength(2));
  expect(next.keys).toEqual([killed.triedKeys[0], 'company_1:3:chat']);
});

it('says what stands in the way, for as long as it does', async () => {
  const { chat } = await outbox(['a']);
  chat.mood = () => 'retry';
  await until(() => expect(chat.delivery.trouble).toBe('not now'));
  chat.mood = () => null;
  await until(() => expect(chat.taken).toEqual(['a']));
  expect(chat.delivery.trouble).toBeNull();
});
