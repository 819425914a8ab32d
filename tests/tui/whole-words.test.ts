/** Nothing that a person must read at 80 columns is cut: footers, banners, empty screens, the help, and what can't be finished. */
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import type { ConnectionStatus } from '../../src/rpc/client-company.ts';
import { frame } from '../../src/tui/frame/frame.ts';
import { press } from '../../src/tui/model/press.ts';
import type { Screen, View } from '../../src/tui/model/screen.ts';
import { nothingFetched } from '../../src/tui/model/screen.ts';
import type { Ui } from '../../src/tui/model/ui.ts';
import { firstUi } from '../../src/tui/model/ui.ts';
import { screens } from '../../src/tui/screens/screens.ts';
import { inkFor } from '../../src/tui/text/ink.ts';
import { company, oneGate } from '../core/companies.ts';
import { handIn } from './full-company.ts';

const live: ConnectionStatus = { kind: 'live' };

type Scene = ReturnType<typeof company>;

const gate = { name: 'review', position: 'after', requires: { em: 1 } } as const;

const viewOf = ({ state, now }: Scene): View => ({
  ...{ state, self: state.company?.ownerId ?? null, hostId: null, now, fetched: nothingFetched },
  ...{ showsAll: false, by: 'task', nth: 0 },
});

const screenOf = (ui: Ui): Screen => screens.find(({ id }) => id === ui.screen) ?? screens[0];

function draw(view: View, ui: Ui, [width, height]: readonly [number, number], status = live): string[] {
  const screen = screenOf(ui);
  const rows = screen.rows(view);
  const shown = { ...ui, selected: ui.selected ?? rows[0]?.id ?? null };
  return frame({
    ...{ width, height, ink: inkFor(0), ui: shown, view, status, screens, screen, rows, note: '' },
  }).map((line) => stripVTControlCharacters(line).trimEnd());
}

/** As the terminal does: by keys, one after the other. */
function after(view: View, keys: readonly string[], runsHost = false) {
  let ui: Ui = firstUi;
  let quits = false;
  for (const key of keys) {
    const screen = screenOf(ui);
    const seen = { ...view, showsAll: ui.showsAll.includes(ui.screen) };
    const rows = screen.rows(seen);
    ui = { ...ui, selected: ui.selected ?? rows[0]?.id ?? null };
    const detailLines = screen.detail(seen, ui.selected, 79).length;
    const place = { ui, view: seen, screens, screen, rows, page: 10, detailLines, runsHost };
    const pressed = press(place, key);
    ui = pressed.ui;
    quits = pressed.quits ?? false;
  }
  const rows = screenOf(ui).rows(view);
  return { ui: { ...ui, selected: ui.selected ?? rows[0]?.id ?? null }, quits };
}

const sizes = [
  [60, 23],
  [80, 23],
  [120, 39],
] as const;

it.each(sizes)('an empty screen teaches in whole sentences at %i×%i', (...size) => {
  const view = viewOf(company({ workflows: [oneGate(gate)] }));
  for (const [at, { empty }] of screens.entries()) {
    const shown = draw(view, after(view, [String(at + 1)]).ui, size)
      .join(' ')
      .replaceAll(/\s+│?\s*/g, ' ');
    for (const sentence of empty) expect(shown).toContain(sentence);
  }
});

it.each(sizes)('a lost line says first what to do, at %i×%i', (...size) => {
  const view = viewOf(company({ workflows: [oneGate(gate)] }));
  const lost: ConnectionStatus = {
    kind: 'lost',
    since: view.now - 5_000,
    retryAt: view.now,
    hadCompany: true,
  };
  const shown = draw(view, firstUi, size, lost).join('\n');
  expect(shown).toMatch(/✗ NO HOST agentcoord serve starts one\. Trying again in 0 s\./);
  expect(shown).toContain('What you see is as of 5 s ago.');
});

it('the help keeps keys and what they do apart, and breaks what is long', () => {
  const view = viewOf(company({ workflows: [oneGate(gate)] }));
  for (const size of sizes) {
    const lines = [0, 12, 24].flatMap((scroll) => draw(view, { ...firstUi, help: true, scroll }, size));
    expect(lines.filter((line) => line.includes('…') && !/1 … 7|▸1 Home/.test(line))).toEqual([]);
    const long = lines.find((line) => line.includes('ctrl+w, ctrl+k')) ?? '';
    expect(long).toMatch(/^ {2}ctrl\+w, ctrl\+k {2}take away/);
    const column = long.indexOf('take away');
    for (const line of lines.filter((each) => /^ {2}(e|P|esc) {4}/.test(each))) {
      expect(line.search(/\S/)).toBe(2);
      expect(line.slice(3 + 3).search(/\S/) + 6).toBe(column);
    }
  }
});

it('a footer offers whole keys only, and inside a text what goes on there', () => {
  const world = company({ workflows: [oneGate({ ...gate, human_required: true })] });
  world.do('owner', { type: 'epic.create', title: 'Ship', description: '', workflow: 'one_gate' });
  handIn(world, 'ann');
  const view = viewOf(world);
  for (const at of screens.keys()) {
    for (const keys of [[String(at + 1)], [String(at + 1), 'enter']]) {
      const { ui } = after(view, keys);
      const footer = draw(view, ui, [80, 23]).at(-1) ?? '';
      const known = [
        ...screenOf(ui)
          .hints(view, ui.selected)
          .map(({ does }) => does),
        'scroll',
        'back',
        'help',
        'filter',
        'quit',
      ];
      const words = footer.trim().split(/\s{2,}| (?=[/?] )| (?=q quit)| (?=esc back)/);
      for (const word of words.filter((one) => one !== '…' && !/^\d+\/\d+$/.test(one))) {
        expect(known, footer).toContain(word.replace(/^↑ ↓ |^…? ?\S+ /, ''));
      }
    }
  }
  const read = draw(view, after(view, ['4', 'enter']).ui, [80, 23]).at(-1);
  expect(read).toMatch(/↑ ↓ scroll.* esc back$/);
  expect(read).not.toContain('its log');
});

it('what was just now is not said to be “now ago”', () => {
  const world = company({ workflows: [oneGate(gate)] });
  world.do('owner', { type: 'epic.create', title: 'Ship', description: '', workflow: 'one_gate' });
  handIn(world, 'ann');
  const view = { ...viewOf(world), showsAll: true };
  const shown = screens
    .flatMap((_, at) => draw(view, after(view, [String(at + 1)]).ui, [120, 39]))
    .join('\n');
  expect(shown).toContain('just now');
  expect(shown).not.toContain('now ago');
});

it('nothing opens where there is nothing to look at', () => {
  const view = viewOf(company({ workflows: [oneGate(gate)] }));
  expect(after(view, ['4', 'enter']).ui.focus).toBe('list');
});

it('what is over is shown on one screen at a time', () => {
  const view = viewOf(company({ workflows: [oneGate(gate)] }));
  expect(after(view, ['4', 'a']).ui.showsAll).toEqual(['workers']);
  expect(after(view, ['4', 'a', '2', 'a', '4', 'a']).ui.showsAll).toEqual(['tasks']);
});

it('an epic that is over is not offered to be cancelled, and says why', () => {
  const world = company({ workflows: [oneGate(gate)] });
  world.do('owner', { type: 'epic.create', title: 'Ship', description: '', workflow: 'one_gate' });
  const [epic] = [...world.state.epics.values()];
  expect(draw(viewOf(world), firstUi, [80, 23]).at(-1)).toContain('x cancel epic');
  world.do('owner', { type: 'epic.cancel', epicId: epic?.id, reason: 'no' } as never);
  const view = viewOf(world);
  expect(draw(view, firstUi, [80, 23]).at(-1)).not.toContain('cancel epic');
  expect(after(view, ['x']).ui.notice?.text).toBe('“Ship” is cancelled: nothing is left to cancel');
});

it('a workflow that can’t be finished says so with the reason, and is not the first choice', () => {
  const stuck = { ...oneGate({ ...gate, requires: { em: 9 } }), name: 'a_stuck' };
  const view = viewOf(company({ workflows: [stuck, oneGate(gate)] }));
  const first = draw(view, after(view, ['e']).ui, [80, 23]).join('\n');
  expect(first).toMatch(/Workflow ‹ one_gate \(1 steps\) ›/);
  expect(first).not.toContain('can’t');
  const chosen = draw(view, after(view, ['e', 'down', 'a']).ui, [80, 23]).join('\n');
  expect(chosen).toMatch(/‹ a_stuck .*✗ can’t be finished here/);
  expect(chosen.replaceAll(/[\s│]+/g, ' ')).toMatch(/review.*em.* - /);
});

it('asks before the host ends with work under way, and only then', () => {
  const world = company({ workflows: [oneGate(gate)] });
  const idle = viewOf(world);
  expect(after(idle, ['q'], true).quits).toBe(true);
  world.do('owner', { type: 'epic.create', title: 'Ship', description: '', workflow: 'one_gate' });
  const busy = viewOf(world);
  expect(after(busy, ['q']).quits).toBe(true);
  const { ui, quits } = after(busy, ['q'], true);
  expect(quits).toBe(false);
  const shown = draw(busy, ui, [80, 23]).join(' ').replaceAll(/\s+/g, ' ');
  expect(shown).toContain('This terminal runs the host: 1 task ready, 1 epic under way.');
  expect(shown).toContain('Quit? y yes n no');
  expect(after(busy, ['q', 'n'], true)).toMatchObject({ quits: false, ui: { question: null } });
  expect(after(busy, ['q', 'y'], true).quits).toBe(true);
  expect(after(busy, ['ctrl+c'], true).quits).toBe(false);
  expect(after(busy, ['ctrl+c', 'ctrl+c'], true).quits).toBe(true);
});
