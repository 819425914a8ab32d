/** A terminal that shows a log and takes nothing: lines, search, and whether it stays at the end. Loaded when a log is looked at. */
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { formatClock } from '../../lib/format.ts';
import { withBuiltStyles } from './built-styles.ts';
import { colouredLines } from './coloured-text.ts';
import { parseLogLine } from './log-line.ts';
import { matchColours, terminalTheme } from './terminal-theme.ts';
import { mostLines } from './use-worker-log.ts';

const font = '"JetBrains Mono Variable", ui-monospace, monospace';
const fontSize = 12.5;
/** A line may take several rows. */
const mostRows = mostLines * 2;
/** Contrast of text that AA asks for: colours that a program chose are moved until they have it. */
const readable = 4.5;

export interface LogScreenWishes {
  /** Names it to screen readers. */
  readonly label: string;
  /** Somebody scrolled away from the end, or back to it. */
  readonly onFollowing: (following: boolean) => void;
  /** `at` is 0 while none of them is shown. */
  readonly onFound: (found: { readonly at: number; readonly of: number }) => void;
  /** A key that is not one of its own. */
  readonly onKey: (key: string) => void;
}

export class LogScreen {
  readonly #place: HTMLElement;
  readonly #wishes: LogScreenWishes;
  readonly #terminal: Terminal;
  readonly #search = new SearchAddon();
  readonly #fit = new FitAddon();
  readonly #ends: (() => void)[] = [];
  /** What is looked for; empty: nothing. */
  #words = '';
  /** The number of the next line to write. */
  #next = 0;
  #isFollowing = true;

  private constructor(place: HTMLElement, wishes: LogScreenWishes) {
    this.#place = place;
    this.#wishes = wishes;
    this.#terminal = new Terminal({
      // Decorations, by which what was found is marked, count as proposed.
      allowProposedApi: true,
      disableStdin: true,
      convertEol: true,
      cursorInactiveStyle: 'none',
      fontFamily: font,
      fontSize,
      lineHeight: 1.35,
      linkHandler: { activate: () => undefined },
      logLevel: 'off',
      minimumContrastRatio: readable,
      screenReaderMode: true,
      scrollback: mostRows,
      theme: terminalTheme(place),
      overviewRuler: { width: 10 },
    });
    this.#terminal.loadAddon(this.#search);
    this.#terminal.loadAddon(this.#fit);
    withBuiltStyles(place.ownerDocument, () => this.#terminal.open(place));
    this.#terminal.write('\u001b[?25l');
  }

  /** Resolves once the letters are there by which it measures its cells. */
  static async open(place: HTMLElement, wishes: LogScreenWishes): Promise<LogScreen> {
    await place.ownerDocument.fonts.load(`${fontSize}px ${font}`).catch(() => undefined);
    const screen = new LogScreen(place, wishes);
    screen.#listen();
    return screen;
  }

  /** Writes what is new of them. @param first the number of the first of them */
  show(lines: readonly string[], first: number): void {
    if (this.#next < first) this.#next = first;
    const fresh = lines.slice(this.#next - first);
    this.#next = first + lines.length;
    if (fresh.length === 0) return;
    const { viewportY } = this.#terminal.buffer.active;
    this.#terminal.write(`${fresh.flatMap(rows).join('\n')}\n`, () => {
      if (this.#isFollowing) this.#terminal.scrollToBottom();
      else this.#terminal.scrollToLine(viewportY);
    });
  }

  follow(isFollowing: boolean): void {
    this.#isFollowing = isFollowing;
    if (isFollowing) this.#terminal.scrollToBottom();
  }

  /** @param step `here`: the words have changed */
  find(words: string, step: 'here' | 'next' | 'previous'): void {
    this.#words = words;
    if (words === '') {
      this.#search.clearDecorations();
      this.#wishes.onFound({ at: 0, of: 0 });
      return;
    }
    this.#leaveEnd();
    const options = { decorations: matchColours(this.#place), incremental: step === 'here' };
    const isThere =
      step === 'previous' ? this.#search.findPrevious(words, options) : this.#search.findNext(words, options);
    if (!isThere) this.#wishes.onFound({ at: 0, of: 0 });
  }

  /** Empty: nothing is marked. */
  get marked(): string {
    return this.#terminal.getSelection();
  }

  close(): void {
    for (const end of this.#ends) end();
    this.#terminal.dispose();
  }

  #listen(): void {
    const { label, onFound } = this.#wishes;
    const view = this.#place.ownerDocument.defaultView ?? window;
    this.#terminal.textarea?.setAttribute('aria-label', label);
    // What a worker writes must not talk over what somebody reads.
    this.#place.querySelector('[aria-live]')?.setAttribute('aria-live', 'polite');
    this.#search.onDidChangeResults(({ resultIndex, resultCount }) =>
      onFound({ at: resultIndex + 1, of: resultCount }),
    );
    this.#terminal.attachCustomKeyEventHandler((event) => this.#press(event));
    const fit = new ResizeObserver(() => this.#fit.fit());
    fit.observe(this.#place);
    const recolour = () => {
      this.#terminal.options.theme = terminalTheme(this.#place);
      if (this.#words !== '') this.find(this.#words, 'here');
    };
    const scheme = view.matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', recolour);
    const chosen = new MutationObserver(recolour);
    chosen.observe(this.#place.ownerDocument.documentElement, { attributeFilter: ['data-theme'] });
    const look = () => view.requestAnimationFrame(() => this.#lookAtEnd());
    this.#place.addEventListener('wheel', look, { passive: true });
    this.#place.addEventListener('pointerup', look);
    this.#ends.push(
      () => fit.disconnect(),
      () => scheme.removeEventListener('change', recolour),
      () => chosen.disconnect(),
    );
    this.#fit.fit();
  }

  /** @returns false: the terminal itself does nothing with it */
  #press(event: KeyboardEvent): false {
    if (event.type !== 'keydown' || event.altKey) return false;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() === 'a') {
        event.preventDefault();
        this.#terminal.selectAll();
      }
      return false;
    }
    const scroll: Record<string, () => void> = {
      ArrowUp: () => this.#terminal.scrollLines(-1),
      ArrowDown: () => this.#terminal.scrollLines(1),
      PageUp: () => this.#terminal.scrollPages(-1),
      PageDown: () => this.#terminal.scrollPages(1),
      Home: () => this.#terminal.scrollToTop(),
      End: () => this.#terminal.scrollToBottom(),
    };
    const act = scroll[event.key];
    if (act) {
      event.preventDefault();
      act();
      this.#lookAtEnd();
    } else if (event.key.length === 1) {
      event.preventDefault();
      this.#wishes.onKey(event.key);
    }
    return false;
  }

  #lookAtEnd(): void {
    const { viewportY, baseY } = this.#terminal.buffer.active;
    const isAtEnd = viewportY >= baseY;
    if (isAtEnd === this.#isFollowing) return;
    this.#isFollowing = isAtEnd;
    this.#wishes.onFollowing(isAtEnd);
  }

  #leaveEnd(): void {
    if (!this.#isFollowing) return;
    this.#isFollowing = false;
    this.#wishes.onFollowing(false);
  }
}

/** The time in the reader's own words, fainter than what happened then. */
function rows(raw: string): string[] {
  const { at, text } = parseLogLine(raw);
  const [head = '', ...others] = colouredLines(text);
  const time = at === null ? '' : `\u001b[90m${formatClock(at)}\u001b[0m  `;
  return [`${time}${head}`, ...others];
}
