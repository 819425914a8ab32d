/** Frames of the dashboard: whatever the texts hold and however large the terminal is, no line is ever broken. */
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { textWidth } from '../../src/cli/output/plain-text.ts';
import type { EpochMs } from '../../src/core/units.ts';
import type { ConnectionStatus } from '../../src/rpc/client-company.ts';
import { frame } from '../../src/tui/frame/frame.ts';
import { press } from '../../src/tui/model/press.ts';
import type { View } from '../../src/tui/model/screen.ts';
import { nothingFetched } from '../../src/tui/model/screen.ts';
import type { Ui } from '../../src/tui/model/ui.ts';
import { firstUi } from '../../src/tui/model/ui.ts';
import { screens } from '../../src/tui/screens/screens.ts';
import { inkFor } from '../../src/tui/text/ink.ts';
import { company } from '../core/companies.ts';

const hostile = [
  '漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字',
  '👩‍👩‍👧‍👦🇩🇪👍🏽 '.repeat(20),
  '\u001b[2J\u001b[31mred\u001b]0;title\u0007 and \u202eback',
  `tab\tand\r\nbreak ${'x'.repeat(150)}`,
];

const live: ConnectionStatus = { kind: 'live' };

/** Titles are what a task may be called; a board message and an artifact may hold anything else. */
function viewOf(): View {
  const scene = company();
  for (const title of hostile)
    scene.do('owner', { type: 'task.create', title: title.slice(0, 190), description: title });
  scene.do('owner', { type: 'thread.start', title: hostile[0]?.slice(0, 100) ?? '', text: hostile[2] ?? '' });
  const { state } = scene;
  return {
    state,
    self: state.company?.ownerId ?? null,
    hostId: null,
    now: (state.company?.createdAt ?? 0) as EpochMs,
    fetched: { ...nothingFetched, log: hostile, artifact: hostile },
    showsAll: true,
    by: 'task',
    nth: 0,
  };
}

function draw(view: View, ui: Ui, width: number, height: number, status = live): string[] {
  const screen = screens.find(({ id }) => id === ui.screen) ?? screens[0];
  const rows = screen.rows(view);
  const selected = ui.selected ?? rows[0]?.id ?? null;
  const ink = inkFor(256);
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

it.each([
  [60, 14],
  [80, 23],
  [109, 30],
  [120, 39],
  [200, 60],
])(
  'fills %i×%i exactly on every screen, with a detail, a form, the help and a lost line',
  (width, height) => {
    const view = viewOf();
    const places = ['1', '2', '3', '4', '5', '6', '7'].flatMap((screen) => [
      [screen],
      [screen, 'enter'],
      [screen, '?'],
      [screen, '/', 'x'],
      [screen, 'n'],
      [screen, 'e', ...(hostile[1] ?? '')],
      [screen, 'P', hostile[0] ?? ''],
    ]);
    const lost: ConnectionStatus = { kind: 'lost', since: 0, retryAt: 9_000, hadCompany: true };
    for (const keys of places) {
      for (const status of [live, lost]) {
        const lines = draw(view, after(view, ...keys), width, height, status);
        expect(lines).toHaveLength(height);
        for (const line of lines) {
          const shown = stripVTControlCharacters(line);
          expect(textWidth(shown), `${keys.join(' ')}: ${shown}`).toBeLessThanOrEqual(width);
          expect(shown).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
        }
      }
    }
  },
);

it('says that a terminal is too small, instead of tearing the picture', () => {
  const view = viewOf();
  expect(draw(view, firstUi, 40, 10).join('')).toContain('40×10 is too small');
});

it('colours nothing without colours, and still marks the line under the cursor', () => {
  const view = viewOf();
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
  const view = viewOf();
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
  const view = viewOf();
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
