/** Decides which notifications are shown: by category, not to whoever looks at the app, and after quiet hours all at once. */
import type { Place } from '../contract/desktop-bridge.ts';
import type { NotificationCategory, NotificationSettings } from '../contract/notification-settings.ts';
import { afterQuiet } from '../core/channel/channel-rules.ts';
import type { EpochMs } from '../core/units.ts';
import type { Need } from './attention.ts';

/** A click leads to its place. */
export interface ShownNotification extends Place {
  readonly title: string;
  readonly body: string;
  /** The gate that it is about alone, which can be set aside from it; null: none. */
  readonly gate: Need | null;
}

export interface NotifierOptions {
  readonly settings: () => NotificationSettings;
  /** The person has the app before them, and sees there what waits. */
  readonly isWatched: () => boolean;
  readonly show: (shown: ShownNotification) => void;
  readonly now: () => EpochMs;
  /** Calls back at that moment, or soon after; a new one takes the place of the last. */
  readonly wakeAt: (at: EpochMs, wake: () => void) => void;
  /** The keys of what an earlier run of the app held back. */
  readonly heldBefore?: readonly string[];
  /** Keeps the keys of what is held back now, for the next run. */
  readonly keepHeld?: (keys: readonly string[]) => void;
}

/** More than that at once is one notification for all. */
const singly = 3;

const nouns: Readonly<Record<NotificationCategory, readonly [one: string, several: string]>> = {
  gate: ['gate', 'gates'],
  veto: ['veto', 'vetoes'],
  question: ['question', 'questions'],
  message: ['message', 'messages'],
  budget: ['budget', 'budgets'],
};

export class Notifier {
  readonly #options: NotifierOptions;
  #waiting: ReadonlySet<string> = new Set();
  /** What came in quiet hours, by its key, in the order of its coming. */
  readonly #held = new Map<string, Need>();
  /** What an earlier run held, and this one has not yet seen to wait still. */
  readonly #heldBefore: Set<string>;
  #kept: string;

  constructor(options: NotifierOptions) {
    this.#options = options;
    this.#heldBefore = new Set(options.heldBefore);
    this.#kept = JSON.stringify([...this.#heldBefore]);
  }

  /** @param waiting all there is now; @param fresh what of it was not told before */
  tell(waiting: readonly Need[], fresh: readonly Need[]): void {
    this.#waiting = new Set(waiting.map(({ key }) => key));
    const { settings, isWatched } = this.#options;
    const { categories } = settings();
    // Whether or not somebody looks at the app that has just started: they were promised to be told.
    const again = waiting.filter(({ key }) => this.#heldBefore.delete(key));
    for (const need of again) this.#held.set(need.key, need);
    const wanted = isWatched()
      ? []
      : fresh.filter(({ key, category }) => categories[category] && !this.#held.has(key));
    const quietUntil = this.#quietUntil();
    if (quietUntil === null) {
      // A machine that slept wakes late.
      this.lookAgain();
      return this.#show(wanted);
    }
    for (const need of wanted) this.#held.set(need.key, need);
    this.#waitForEnd(quietUntil);
  }

  /** The quiet hours are over, or other ones were chosen. */
  lookAgain(): void {
    const quietUntil = this.#quietUntil();
    if (quietUntil !== null) return this.#waitForEnd(quietUntil);
    const { categories } = this.#options.settings();
    const held = [...this.#held.values()].filter(
      ({ key, category }) => this.#waiting.has(key) && categories[category],
    );
    this.#held.clear();
    this.#keep([]);
    const [only, ...others] = held;
    if (!only) return;
    if (others.length === 0) this.#options.show(single(only));
    else this.#options.show({ ...several(held), title: `While it was quiet: ${counted(held)}` });
  }

  #waitForEnd(quietUntil: EpochMs): void {
    this.#keep([...this.#heldBefore, ...this.#held.keys()].filter((key) => this.#isStillOpen(key)));
    if (this.#held.size > 0) this.#options.wakeAt(quietUntil, () => this.lookAgain());
  }

  /** Nobody knows yet whether what an earlier run held still waits: its company may not have been asked. */
  #isStillOpen(key: string): boolean {
    return this.#heldBefore.has(key) || this.#waiting.has(key);
  }

  #keep(keys: readonly string[]): void {
    const next = JSON.stringify(keys);
    if (next === this.#kept) return;
    this.#kept = next;
    this.#options.keepHeld?.(keys);
  }

  #quietUntil(): EpochMs | null {
    const now = this.#options.now();
    const until = afterQuiet(this.#options.settings().quiet, now);
    return until === now ? null : until;
  }

  #show(needs: readonly Need[]): void {
    const { show } = this.#options;
    if (needs.length > singly) show(several(needs));
    else for (const need of needs) show(single(need));
  }
}

function single(need: Need): ShownNotification {
  const { title, about, company, companyId, path, category } = need;
  const body = about === '' ? company : `${about} · ${company}`;
  return { title, body, path, companyId, gate: category === 'gate' ? need : null };
}

function several(needs: readonly Need[]): ShownNotification {
  const isGates = needs.every(({ category }) => category === 'gate' || category === 'veto');
  return {
    title: isGates ? `${counted(needs)} need you` : counted(needs),
    body: needs.map(({ name }) => name).join(', '),
    path: isGates ? '/gates' : '/',
    // Of several companies, the first: wherever it leads, something waits.
    companyId: needs[0]?.companyId ?? null,
    gate: null,
  };
}

/** `3 gates, 1 question` */
function counted(needs: readonly Need[]): string {
  const counts = new Map<NotificationCategory, number>();
  for (const { category } of needs) counts.set(category, (counts.get(category) ?? 0) + 1);
  return [...counts]
    .map(([category, count]) => `${count} ${nouns[category][count === 1 ? 0 : 1]}`)
    .join(', ');
}
