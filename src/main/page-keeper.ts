/** Keeps a page in the window: loaded again after a crash; when that does not help, or it hangs, the person says what next. */

export type PageAnswer = 'load' | 'quit' | 'wait';

export interface PageQuestion {
  readonly message: string;
  readonly detail: string;
  /** The first is what Enter does; Escape waits where one can, and does the first where one can’t. */
  readonly buttons: readonly { readonly label: string; readonly answer: PageAnswer }[];
}

export interface PageKeeperOptions {
  /** Loads it where it was. */
  readonly load: () => void;
  /** Ends its process, so that it can be loaded again: one that hangs does nothing else. */
  readonly end: () => void;
  readonly quit: () => void;
  /** Takes the question back when the signal aborts, whatever it then answers. */
  readonly ask: (question: PageQuestion, signal: AbortSignal) => Promise<PageAnswer>;
  readonly onFault: (error: unknown) => void;
  /** In ms since the epoch. */
  readonly now: () => number;
}

/** A page that breaks more often is not loaded again by itself. */
const crashes = { most: 3, withinMs: 60_000 } as const;

const goesOn = 'The company goes on working; only its picture is gone.';
const load = { label: 'Load again', answer: 'load' } as const;
const quit = { label: 'Quit', answer: 'quit' } as const;

const crashed: PageQuestion = {
  message: 'The page of the window keeps breaking',
  detail: `It was loaded again ${crashes.most} times within a minute, and broke each time. ${goesOn} Quit ends the company as well, as always.`,
  buttons: [load, quit],
};

const hangs: PageQuestion = {
  message: 'The page of the window does not answer',
  detail: `${goesOn} What was typed and not yet sent is lost when it is loaded again.`,
  buttons: [load, quit, { label: 'Wait', answer: 'wait' }],
};

export class PageKeeper {
  readonly #options: PageKeeperOptions;
  #recent: readonly number[] = [];
  /** Of the question that waits for an answer; null: none does. */
  #asking: AbortController | null = null;
  /** It was ended to be loaded again: that is no crash. */
  #isEnding = false;

  constructor(options: PageKeeperOptions) {
    this.#options = options;
  }

  /** Its process is gone. */
  crashed(): void {
    this.answers();
    if (this.#isEnding) {
      this.#isEnding = false;
      return this.#options.load();
    }
    const now = this.#options.now();
    this.#recent = [...this.#recent.filter((at) => now - at < crashes.withinMs), now];
    if (this.#recent.length <= crashes.most) return this.#options.load();
    this.#ask(crashed, () => {
      this.#recent = [];
      this.#options.load();
    });
  }

  /** It takes no input any more. */
  hangs(): void {
    if (this.#asking || this.#isEnding) return;
    this.#ask(hangs, () => {
      this.#isEnding = true;
      this.#options.end();
    });
  }

  /** It takes input again, or there is another one: nobody needs to be asked any more. */
  answers(): void {
    this.#asking?.abort();
    this.#asking = null;
  }

  #ask(question: PageQuestion, loadAgain: () => void): void {
    const asking = new AbortController();
    this.#asking = asking;
    const { ask, quit: end, onFault } = this.#options;
    ask(question, asking.signal)
      .then((answer) => {
        if (asking.signal.aborted) return;
        this.#asking = null;
        if (answer === 'load') loadAgain();
        if (answer === 'quit') end();
      })
      .catch(onFault);
  }
}
