/** What a key does, wherever the person is: a new place, or something to be done. Pure. */
import { withoutControls } from '../../cli/output/plain-text.ts';
import { newEpicForm } from '../acts/new-work.ts';
import { reasonForm } from '../acts/reason-form.ts';
import { moved } from '../frame/list-window.ts';
import { nextGroup } from '../screens/costs-screen.ts';
import { piece } from '../text/line.ts';
import { pressInForm, valuesOf } from './form.ts';
import type { Key } from './key.ts';
import { stepOf, textOf } from './key.ts';
import { quitQuestion } from './quit-question.ts';
import type { Act, Row, Screen, ScreenId, View } from './screen.ts';
import type { Ui } from './ui.ts';
import { goTo } from './ui.ts';

export interface Pressed {
  readonly ui: Ui;
  /** To be given to the host; its answer is told to the person. */
  readonly command?: Extract<Act, { kind: 'command' }>;
  readonly quits?: boolean;
}

export interface Place {
  readonly ui: Ui;
  readonly view: View;
  readonly screens: readonly Screen[];
  readonly screen: Screen;
  readonly rows: readonly Row[];
  /** Lines that the body has. */
  readonly page: number;
  /** Lines of the detail when it has the whole screen. */
  readonly detailLines: number;
  /** The host ends with this program. */
  readonly runsHost?: boolean;
}

export function press(place: Place, pressed: Key): Pressed {
  const { ui } = place;
  const key = pressed === 'ctrl+j' && !ui.form ? 'enter' : pressed;
  if (ui.question !== null) return answered(ui, key);
  if (key === 'ctrl+c') return quit(place);
  if (ui.form) return pressWithForm(ui, ui.form, key);
  const quiet: Ui = { ...ui, notice: null };
  if (ui.filtering) return { ui: pressInFilter(quiet, key) };
  if (ui.help) return { ui: pressInHelp(quiet, key) };
  return pressOnScreen({ ...place, ui: quiet }, key);
}

/** Ends it, or asks first when work would stop with it. */
function quit({ ui, view, runsHost = false }: Place): Pressed {
  const question = runsHost ? quitQuestion(view.state) : null;
  return question === null ? { ui, quits: true } : { ui: { ...ui, question } };
}

/** Whoever asks again to end it means it. */
function answered(ui: Ui, key: Key): Pressed {
  const isYes = key === 'y' || key === 'Y' || key === 'ctrl+c';
  return isYes ? { ui, quits: true } : { ui: { ...ui, question: null } };
}

function pressWithForm(ui: Ui, open: NonNullable<Ui['form']>, key: Key): Pressed {
  const outcome = pressInForm(open.form, key);
  if (outcome.kind === 'cancel') return { ui: { ...ui, form: null } };
  if (outcome.kind === 'edit') return { ui: { ...ui, form: { ...open, form: outcome.form } } };
  const sent = { ...open, form: { ...open.form, isPending: true, error: null } };
  return take({ ...ui, form: sent }, open.submit(valuesOf(open.form)));
}

function pressInFilter(ui: Ui, key: Key): Ui {
  switch (key) {
    case 'esc':
      return { ...ui, filter: '', filtering: false };
    case 'enter':
    case 'tab':
      return { ...ui, filtering: false };
    case 'backspace':
    case 'delete':
      return { ...ui, filter: [...ui.filter].slice(0, -1).join('') };
    default:
      return { ...ui, filter: ui.filter + withoutControls(textOf(key) ?? '') };
  }
}

function pressInHelp(ui: Ui, key: Key): Ui {
  const step = stepOf(key, 10);
  if (step !== null) return { ...ui, scroll: Math.max(0, Number.isFinite(step) ? ui.scroll + step : 0) };
  return { ...ui, help: false, scroll: 0 };
}

function pressOnScreen(place: Place, key: Key): Pressed {
  const { ui, view, screens, screen, page } = place;
  const step = stepOf(key, page);
  if (step !== null) return { ui: ui.focus === 'detail' ? scrolled(place, step) : selectedBy(place, step) };
  const own = screen.press(view, ui.selected, key);
  if (own) return take(ui, own);
  const numbered = screens[Number(key) - 1];
  if (/^[1-9]$/.test(key) && numbered) return { ui: goTo(ui, numbered.id) };
  const at = screens.findIndex(({ id }) => id === screen.id);
  const beside = (by: number) => screens[(at + by + screens.length) % screens.length]?.id ?? screen.id;
  switch (key) {
    case 'tab':
    case 'right':
      return { ui: goTo(ui, beside(1)) };
    case 'backtab':
    case 'left':
      return { ui: goTo(ui, beside(-1)) };
    case 'enter':
      // There may be nothing to look at.
      if (ui.focus === 'detail' || place.detailLines === 0) return { ui };
      return { ui: { ...ui, focus: 'detail', scroll: 0, followsEnd: true } };
    case 'esc':
      return { ui: ui.focus === 'detail' ? { ...ui, focus: 'list', scroll: 0 } : { ...ui, filter: '' } };
    case '/':
      return { ui: { ...ui, filtering: true, focus: 'list' } };
    case '?':
      return { ui: { ...ui, help: true, scroll: 0 } };
    case 'e':
      return take(ui, newEpicForm(view.state));
    case 'P':
      return take(ui, pauseOrResume(view));
    case 'q':
      return ui.focus === 'detail' ? { ui: { ...ui, focus: 'list', scroll: 0 } } : quit(place);
    default:
      return { ui };
  }
}

/** Up from the end of what grows stops following it; at the end it is followed again. */
function scrolled({ ui, screen, page, detailLines }: Place, step: number): Ui {
  const last = Math.max(0, detailLines - page);
  const from = screen.followsEnd && ui.followsEnd ? last : Math.min(ui.scroll, last);
  const to = Number.isFinite(step) ? from + step : step < 0 ? 0 : last;
  const scroll = Math.min(last, Math.max(0, to));
  return { ...ui, scroll, followsEnd: scroll === last };
}

function selectedBy({ ui, rows }: Place, step: number): Ui {
  const cursor = Math.max(
    0,
    rows.findIndex(({ id }) => id === ui.selected),
  );
  return { ...ui, selected: rows[moved(cursor, step, rows.length)]?.id ?? null, scroll: 0, nth: 0 };
}

function pauseOrResume({ state }: View): Act {
  if (state.company?.pause) {
    return { kind: 'command', command: { type: 'company.resume' }, done: 'The company goes on' };
  }
  return reasonForm({
    title: 'Pause the company',
    about: [[piece('over', 'Nobody claims anything until it goes on; what runs goes on.')]],
    verb: 'pause it',
    done: 'The company rests',
    isDanger: false,
    command: (reason) => ({ type: 'company.pause', reason }),
  });
}

const toggled = (those: readonly ScreenId[], id: ScreenId): readonly ScreenId[] =>
  those.includes(id) ? those.filter((each) => each !== id) : [...those, id];

function take(ui: Ui, act: Act): Pressed {
  switch (act.kind) {
    case 'command':
      return { ui, command: act };
    case 'form':
      return { ui: { ...ui, form: { form: act.form, submit: act.submit } } };
    case 'go':
      return { ui: goTo(ui, act.screen, act.id) };
    case 'show-all':
      return { ui: { ...ui, showsAll: toggled(ui.showsAll, ui.screen) } };
    case 'next-group':
      return { ui: { ...ui, by: nextGroup(ui.by) } };
    case 'next-artifact':
      return { ui: { ...ui, nth: ui.nth + 1, scroll: 0 } };
    case 'notice':
      return { ui: { ...ui, notice: { text: act.text, isBad: true } } };
  }
}
