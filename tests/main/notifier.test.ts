/** Which notifications a person gets, and which are held until the quiet hours end. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { NotificationSettings } from '../../src/contract/notification-settings.ts';
import { usualNotifications } from '../../src/contract/notification-settings.ts';
import type { EpochMs } from '../../src/core/units.ts';
import type { Need } from '../../src/main/attention.ts';
import { heldKeeper, readHeld } from '../../src/main/kept-held.ts';
import {
  keepNotificationSettings,
  readNotificationSettings,
} from '../../src/main/kept-notification-settings.ts';
import type { ShownNotification } from '../../src/main/notifier.ts';
import { Notifier } from '../../src/main/notifier.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const need = (name: string, category: Need['category'] = 'gate'): Need => ({
  ...{ key: name, category, id: name, name, title: `${name} needs you`, about: 'Open the doors' },
  ...{ company: 'Night Shift', companyId: 'company_a', path: `/gates/${name}`, isNews: false },
});

const at = (time: string) => Date.parse(`2026-03-02T${time}:00Z`) as EpochMs;
const night = { from: '22:00', to: '07:00', zone: 'UTC' };

/** A desk whose clock only the test moves. */
function desk(changes: Partial<NotificationSettings> = {}, heldBefore: readonly string[] = []) {
  const shown: ShownNotification[] = [];
  const held = {
    settings: { ...usualNotifications, ...changes },
    now: at('12:00'),
    isWatched: false,
    alarm: null as { at: EpochMs; wake: () => void } | null,
    kept: heldBefore,
  };
  const notifier = new Notifier({
    settings: () => held.settings,
    isWatched: () => held.isWatched,
    show: (one) => shown.push(one),
    now: () => held.now,
    wakeAt: (moment, wake) => {
      held.alarm = { at: moment, wake };
    },
    heldBefore,
    keepHeld: (keys) => {
      held.kept = keys;
    },
  });
  const titles = () => shown.splice(0).map(({ title }) => title);
  const ring = () => {
    if (!held.alarm) throw new Error('no alarm was set');
    held.now = held.alarm.at;
    held.alarm.wake();
  };
  return { held, notifier, shown, titles, ring };
}

it('tells each by itself, and many as one that leads to all', () => {
  const { notifier, shown, titles } = desk();
  const two = [need('a'), need('b')];
  notifier.tell(two, two);
  expect(shown[0]).toMatchObject({
    body: 'Open the doors · Night Shift',
    path: '/gates/a',
    gate: { id: 'a' },
  });
  expect(titles()).toEqual(['a needs you', 'b needs you']);
  const many = ['c', 'd', 'e', 'f'].map((name) => need(name));
  notifier.tell([...two, ...many], many);
  expect(shown[0]).toMatchObject({
    title: '4 gates need you',
    body: 'c, d, e, f',
    path: '/gates',
    gate: null,
  });
});

it('tells nothing of a category that is off, and nothing to whoever has the app before them', () => {
  const off = { ...usualNotifications.categories, gate: false };
  const { held, notifier, titles } = desk({ categories: off });
  notifier.tell([need('a')], [need('a')]);
  expect(titles()).toEqual([]);
  held.settings = usualNotifications;
  held.isWatched = true;
  notifier.tell([need('b')], [need('b')]);
  held.isWatched = false;
  notifier.lookAgain();
  expect(titles()).toEqual([]);
});

it('holds what comes in quiet hours, over midnight, and tells once of all that still waits', () => {
  const { held, notifier, shown, titles, ring } = desk({ quiet: night });
  held.now = at('23:30');
  notifier.tell([need('a')], [need('a')]);
  const question = need('q', 'question');
  notifier.tell([need('a'), need('b'), question], [need('b'), question]);
  notifier.tell([need('b'), question, need('c')], [need('c')]);
  expect(titles()).toEqual([]);
  expect(held.alarm?.at).toBe(at('07:00') + 86_400_000);
  ring();
  // Somebody else has signed `a` meanwhile.
  expect(shown).toMatchObject([
    { title: 'While it was quiet: 2 gates, 1 question', body: 'b, q, c', path: '/' },
  ]);
  titles();
  notifier.lookAgain();
  expect(titles()).toEqual([]);
});

it('says of a single one what it is, and lets go at once when the hours are quiet no longer', () => {
  const { held, notifier, titles } = desk({ quiet: night });
  held.now = at('23:30');
  notifier.tell([need('a')], [need('a')]);
  held.settings = usualNotifications;
  notifier.lookAgain();
  expect(titles()).toEqual(['a needs you']);
});

it('tells what it held before what is new, when the machine slept through the end', () => {
  const { held, notifier, titles } = desk({ quiet: night });
  held.now = at('23:30');
  notifier.tell([need('a')], [need('a')]);
  held.now = (at('09:00') + 86_400_000) as EpochMs;
  notifier.tell([need('a'), need('b')], [need('b')]);
  expect(titles()).toEqual(['a needs you', 'b needs you']);
});

it('tells after a restart in the night what it held before, also to whoever has the app before them then', () => {
  const evening = desk({ quiet: night });
  evening.held.now = at('23:30');
  const signed = need('signed');
  evening.notifier.tell([need('a'), signed], [need('a'), signed]);
  evening.notifier.tell([need('a'), signed, need('b')], [need('b')]);
  expect(evening.held.kept).toEqual(['a', 'signed', 'b']);

  const later = desk({ quiet: night }, evening.held.kept);
  later.held.now = (at('02:00') + 86_400_000) as EpochMs;
  later.held.isWatched = true;
  // One company answers before the other; what is signed meanwhile does not come again.
  later.notifier.tell([need('a')], [need('a')]);
  expect(later.held.kept).toEqual(['signed', 'b', 'a']);
  later.notifier.tell([need('a'), need('b'), need('new')], [need('b'), need('new')]);
  expect(later.titles()).toEqual([]);
  later.ring();
  expect(later.shown).toMatchObject([{ title: 'While it was quiet: 2 gates', body: 'a, b' }]);
  expect(later.held.kept).toEqual([]);
});

it('tells it once when the app starts only after the quiet hours', () => {
  const { held, notifier, titles } = desk({ quiet: night }, ['a']);
  notifier.tell([need('a'), need('b')], [need('a'), need('b')]);
  expect(titles()).toEqual(['a needs you', 'b needs you']);
  expect(held.kept).toEqual([]);
});

it('keeps what is held in a file, the last word last, and takes anything else in it for nothing', async () => {
  const file = path.join(await temporaryFolder(), 'held.json');
  expect(readHeld(file)).toEqual([]);
  const keep = heldKeeper(file);
  await Promise.all([keep(['a']), keep(['a', 'b']), keep(['b'])]);
  expect(readHeld(file)).toEqual(['b']);
  for (const text of ['[', '{"a":1}', '[1]', JSON.stringify(['x'.repeat(501)])]) {
    await writeFile(file, text);
    expect(readHeld(file)).toEqual([]);
  }
});

it('reads what was kept, and takes anything else for nothing', async () => {
  const file = path.join(await temporaryFolder(), 'notifications.json');
  expect(readNotificationSettings(file)).toEqual(usualNotifications);
  const settings = { ...usualNotifications, quiet: night };
  await keepNotificationSettings(file, settings);
  expect(readNotificationSettings(file)).toEqual(settings);
  for (const text of ['{', '{}', JSON.stringify({ ...settings, quiet: { ...night, to: '25:00' } })]) {
    await writeFile(file, text);
    expect(readNotificationSettings(file)).toEqual(usualNotifications);
  }
});
