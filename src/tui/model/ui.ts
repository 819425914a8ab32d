/** Where the person is: the screen, the row under the cursor, what is open over it. Pure. */
import type { UsageGroup } from '../../contract/usage.ts';
import type { Form, Values } from './form.ts';
import type { Act, ScreenId } from './screen.ts';

export interface Notice {
  readonly text: string;
  readonly isBad: boolean;
}

export interface OpenForm {
  readonly form: Form;
  readonly submit: (values: Values) => Act;
}

export interface Ui {
  readonly screen: ScreenId;
  /** The row under the cursor; null: there is none. */
  readonly selected: string | null;
  /** What was under the cursor of the other screens. */
  readonly left: Readonly<Partial<Record<ScreenId, string | null>>>;
  readonly focus: 'list' | 'detail';
  /** First line of the detail, or of the help, that is shown. */
  readonly scroll: number;
  /** The end of what grows stays in sight, until somebody scrolls up. */
  readonly followsEnd: boolean;
  readonly filter: string;
  readonly filtering: boolean;
  readonly help: boolean;
  /** The screens that show also what is over. */
  readonly showsAll: readonly ScreenId[];
  readonly by: UsageGroup;
  /** Which of several artifacts is shown, counted over and over. */
  readonly nth: number;
  readonly form: OpenForm | null;
  readonly notice: Notice | null;
  /** To be answered by `y`, or not done. */
  readonly question: string | null;
}

export const firstUi: Ui = {
  screen: 'home',
  selected: null,
  left: {},
  focus: 'list',
  scroll: 0,
  followsEnd: true,
  filter: '',
  filtering: false,
  help: false,
  showsAll: [],
  by: 'task',
  nth: 0,
  form: null,
  notice: null,
  question: null,
};

export function goTo(ui: Ui, screen: ScreenId, selected?: string): Ui {
  return {
    ...ui,
    screen,
    left: { ...ui.left, [ui.screen]: ui.selected },
    selected: selected ?? ui.left[screen] ?? null,
    focus: 'list',
    scroll: 0,
    nth: 0,
    followsEnd: true,
    filter: '',
    filtering: false,
    help: false,
    notice: null,
  };
}
