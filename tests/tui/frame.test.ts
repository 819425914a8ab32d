/** Frames of the dashboard: whatever the texts hold and however large the terminal is, no line is ever broken. */
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { textWidth } from '../../src/cli/output/plain-text.ts';
import type { ConnectionStatus } from '../../src/rpc/client-company.ts';
import { frame } from '../../src/tui/frame/frame.ts';
import { pasted } from '../../src/tui/model/key.ts';
import { press } from '../../src/tui/model/press.ts';
import type { View } from '../../src/tui/model/screen.ts';
import type { Ui } from '../../src/tui/model/ui.ts';
import { firstUi } from '../../src/tui/model/ui.ts';
import { screens } from '../../src/tui/screens/screens.ts';
import { inkFor } from '../../src/tui/text/ink.ts';
import { fullView, hostile } from './full-company.ts';

const live: ConnectionStatus = { kind: 'live' };

function draw(view: View, ui: Ui, width: number, height: number, status = live, ink = inkFor(256)): string[] {
  const screen = screens.find(({ id }) => id === ui.screen) ?? screens[0];
  const rows = screen.rows(view);
  const selected = ui.selected ?? rows[0]?.id ?? null;
  return frame({
    width,
    height,
    ink,
    ui: { ...ui, selected },
    view,
    status,
    screens,
    screen,
    rows,
    note: '',
  });
}

/** As the terminal does: by keys, one after the other. */
function after(view: View, ...keys: readonly string[]): Ui {
  let ui = firstUi;
  for (const key of keys) {
    const screen = screens.find(({ id }) => id === ui.screen) ?? screens[0];
    const rows = screen.rows(view);
    ui = { ...ui, selected: ui.selected ?? rows[0]?.id ?? null };
    ui = press({ ui, view, screens, screen, rows, page: 10, detailLines: 30 }, key).ui;
  }
  return ui;
}

/** No line is wider than the terminal or holds what moves the cursor, and there are as many as it has. */
function expectWhole(lines: readonly string[], width: number, height: number, where: string) {
  expect(lines, where).toHaveLength(height);
  for (const line of lines) {
    const shown = stripVTControlCharacters(line);
    expect(textWidth(shown), `${where}: ${shown}`).toBeLessThanOrEqual(width);
    expect(shown, where).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
  }
}

const view = fullView();
const sizes = [
  [60, 14],
  [80, 23],
  [109, 30],
  [120, 39],
  [200, 60],
] as const;

it.each(sizes)(
  'fills %i×%i exactly on every screen, with a detail, a form, the help and a lost line',
  (width, height) => {
    const places = ['1', '2', '3', '4', '5', '6', '7'].flatMap((screen) => [
      [screen],
      [screen, 'enter'],
      [screen, '?'],
      [screen, '/', 'x'],
      [screen, 'n'],
      [screen, 'e', ...hostile[1]],
      [screen, 'P', hostile[0]],
    ]);
    const lost: ConnectionStatus = { kind: 'lost', since: 0, retryAt: 9_000, hadCompany: true };
    for (const keys of places) {
      for (const status of [live, lost]) {
        expectWhole(draw(view, after(view, ...keys), width, height, status), width, height, keys.join(' '));
      }
    }
  },
);

it.each(sizes)('draws every row at %i×%i, its detail to the end, and what its keys ask', (width, height) => {
  for (const [at, screen] of screens.entries()) {
    const rows = screen.rows(view);
    expect(rows.length, `${screen.id} has nothing to draw`).toBeGreaterThan(0);
    for (const { id } of rows) {
      const there = { ...after(view, String(at + 1)), selected: id };
      const shown = { ...there, focus: 'detail' as const, followsEnd: true };
      const keys = screen.hints(view, id).map(({ key }) => key);
      const place = { view, screens, screen, rows, page: 10, detailLines: 60 };
      const asked = keys.map((key) => press({ ...place, ui: there }, key).ui);
      for (const ui of [there, shown, { ...shown, followsEnd: false, scroll: 7 }, ...asked]) {
        expectWhole(draw(view, ui, width, height), width, height, `${screen.id} ${id}`);
      }
    }
  }
});

it.each([
  ['home', '1', /漢字[\s\S]*back/],
  ['tasks', '2', /漢字[\s\S]*xxxx/],
  ['gates', '3', /needs you[\s\S]*漢字/],
  ['workers', '4', /bob +ready[\s\S]*👩/u],
  ['locks', '5', /src\/漢字/],
  ['board', '6', /red and back[\s\S]*bob/],
  ['costs', '7', /used up/],
])('shows the texts themselves on %s, in 16 colours as in 256', (_screen, key, wanted) => {
  const many = draw(view, after(view, key), 200, 60);
  const few = draw(view, after(view, key), 200, 60, live, inkFor(16));
  expect(many.map(stripVTControlCharacters)).toEqual(few.map(stripVTControlCharacters));
  expect(few.map(stripVTControlCharacters).join('\n')).toMatch(wanted);
  expect(few.join('')).toContain('\u001b[36m─');
  expect(few.join('')).not.toMatch(/[34]8;[25];/);
  expect(many.join('')).toContain('\u001b[38;5;');
});

it('says that a terminal is too small, instead of tearing the picture', () => {
  expect(draw(view, firstUi, 40, 10).join('')).toContain('40×10 is too small');
});

it('colours nothing without colours, and still marks the line under the cursor', () => {
  const ui = after(view, '2');
  const screen = screens[1] ?? screens[0];
  const lines = frame({
    width: 80,
    height: 23,
    ink: inkFor(0),
    ui,
    view,
    status: live,
    screens,
    screen,
    rows: screen.rows(view),
    note: '',
  });
  const marked = lines.filter((line) => line.includes('\u001b['));
  expect(marked).toHaveLength(1);
  expect(marked[0]?.startsWith('\u001b[7m▸')).toBe(true);
});

it('goes through a list and stays at its ends, filters it, and comes back', () => {
  const ids = (screens[1] ?? screens[0]).rows(view).map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(3);
  expect(after(view, '2', 'down', 'down').selected).toBe(ids[2]);
  expect(after(view, '2', 'up').selected).toBe(ids[0]);
  expect(after(view, '2', 'G', 'down').selected).toBe(ids.at(-1));
  expect(after(view, '2', '/', 'r', 'e', 'd', 'enter')).toMatchObject({ filter: 'red', filtering: false });
  expect(after(view, '2', '/', 'r', 'esc').filter).toBe('');
  expect(after(view, '2', 'down', '3', '2').selected).toBe(ids[1]);
  expect(after(view, 'tab', 'tab').screen).toBe('gates');
  expect(after(view, 'backtab').screen).toBe('costs');
});

it('asks before it takes anything away, and gives the command with the reason', () => {
  const ui = after(view, '2', 'x');
  expect(ui.form?.form).toMatchObject({ isDanger: true, title: 'Cancel this task' });
  const screen = screens[1] ?? screens[0];
  const place = { view, screens, screen, rows: screen.rows(view), page: 10, detailLines: 10 };
  expect(press({ ...place, ui }, 'enter').ui.form?.form.error).toBe('Reason is needed');
  const typed = press({ ...place, ui }, 'not needed').ui;
  const { command } = press({ ...place, ui: typed }, 'enter');
  expect(command?.command).toEqual({ type: 'task.cancel', taskId: ui.selected, reason: 'not needed' });
  expect(press({ ...place, ui: typed }, 'esc').ui.form).toBeNull();
});

it('says where one is in a list that is longer than the screen, and in a text', () => {
  const lines = draw(view, { ...firstUi, screen: 'workers', focus: 'detail', followsEnd: false }, 80, 23);
  const bar = (all: readonly string[]) => all.map((line) => stripVTControlCharacters(line).at(-1)).join('');
  expect(bar(lines)).toMatch(/^.{3}┃+│+.$/);
  const end = draw(view, { ...firstUi, screen: 'workers', focus: 'detail', followsEnd: true }, 80, 23);
  expect(bar(end)).toMatch(/^.{3}│+┃+.$/);
  const ids = (screens[1] ?? screens[0]).rows(view).map(({ id }) => id);
  expect(ids.length).toBeGreaterThanOrEqual(6);
  const tasks = draw(view, { ...after(view, '2'), selected: ids[3] ?? null }, 80, 14);
  expect(stripVTControlCharacters(tasks.at(-1) ?? '')).toMatch(new RegExp(`^ 4/${ids.length} `));
  expect(tasks.map(stripVTControlCharacters).join('\n')).toMatch(/┃\n/);
});

it.each(sizes)('keeps the cursor of a long text in sight at %i×%i', (width, height) => {
  const text = Array.from({ length: 40 }, (_, n) => `line ${n}`).join('\n');
  const keys = ['2', 'n', 'A title', 'down', 'down', 'down', pasted(text)];
  for (const [more, wanted] of [
    [[], /line 39▏/],
    [Array.from({ length: 20 }, () => ['home', 'left']).flat(), /line 19▏/],
  ] as const) {
    const lines = draw(view, after(view, ...keys, ...more), width, height);
    expectWhole(lines, width, height, 'a long text');
    const shown = lines.map(stripVTControlCharacters).join('\n');
    expect(shown).toMatch(wanted);
    expect(shown).toMatch(/ctrl\+s/);
  }
});

it('routes an epic with its priority and a story for each line', () => {
  const screen = screens[0];
  const place = { view, screens, screen, rows: screen.rows(view), page: 10, detailLines: 10 };
  const ui = after(view, 'e', 'Login', 'down', 'down', 'U', 'down', pasted('By mail\n\n By phone '));
  expect(press({ ...place, ui }, 'ctrl+s').command?.command).toMatchObject({
    ...{ type: 'epic.create', title: 'Login', priority: 'URGENT', stories: ['By mail', 'By phone'] },
  });
});
