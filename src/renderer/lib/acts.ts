/** What the screens can do, by name: each offers its acts while it is shown, and the command palette asks for them, also before the screen is there. */
import { useEffect, useRef } from 'react';
import { useIsPast } from './moment.ts';

/** Acts of a screen, or of what is selected on it. */
export type ScreenAct =
  | 'board.find'
  | 'board.reviews'
  | 'board.keep-view'
  | 'board.rename-view'
  | 'board.remove-view'
  | 'workers.spawn'
  | 'workers.limits'
  | 'log.find'
  | 'log.follow'
  | 'threads.start'
  | 'threads.direct'
  | 'costs.budget'
  | 'channels.add'
  | 'channel.test'
  | 'channel.turn'
  | 'channel.remove'
  | 'channel.link'
  | 'channel.agree'
  | 'reviews.start'
  | 'reviews.stop'
  | 'tokens.make'
  | 'tokens.withdraw'
  | 'settings.find'
  | 'history.play'
  | 'history.now'
  | 'history.step'
  | 'history.landmark'
  | 'history.compare'
  | 'plugins.install'
  | 'plugin.remove'
  | 'inbox.read'
  | 'gates.together'
  | 'org.add-member'
  | 'org.add-team'
  | 'org.add-department'
  | 'org.find'
  | 'org.review'
  | 'org.discard'
  | 'org.undo'
  | 'org.redo'
  | 'org.edit'
  | 'org.move'
  | 'org.remove'
  | 'org.duplicate'
  | 'org.copy'
  | 'org.cut'
  | 'org.paste'
  | 'org.fold'
  | 'org.map'
  | 'org.list'
  | 'org.yaml'
  | 'org.versions'
  | 'org.merge'
  | 'org.svg'
  | 'org.png'
  | 'workflows.new'
  | 'flow.add-step'
  | 'flow.add-gate'
  | 'flow.connect'
  | 'flow.edit'
  | 'flow.remove'
  | 'flow.review'
  | 'flow.discard'
  | 'flow.undo'
  | 'flow.redo'
  | 'flow.yaml'
  | 'flow.versions';

/** Acts about one thing, which is chosen with them. */
export type ThingAct =
  | 'gate.approve'
  | 'gate.request-changes'
  | 'gate.veto'
  | 'gate.delegate'
  | 'gate.set-aside'
  | 'gate.take-up'
  | 'gate.arbitrate'
  | 'task.move'
  | 'task.select'
  | 'task.urgent'
  | 'task.high'
  | 'task.normal'
  | 'task.low'
  | 'task.retry'
  | 'task.cancel'
  | 'task.answer'
  | 'worker.pause'
  | 'worker.resume'
  | 'worker.drain'
  | 'worker.end'
  | 'worker.again'
  | 'thread.reply'
  | 'thread.resolve'
  | 'thread.reopen'
  | 'thread.wait'
  | 'thread.urgent'
  | 'thread.high'
  | 'thread.normal'
  | 'thread.low'
  | 'conflict.reapply'
  | 'conflict.drop'
  | 'workflow.remove'
  | 'member.show';

export type ActId = ScreenAct | ThingAct;

/** What is done, to the thing that was chosen; false: not now. */
export type Acts = Readonly<Partial<Record<ActId, ((about: string) => void) | false>>>;

interface Offer {
  readonly ids: readonly string[];
  readonly about: string | null;
  readonly run: (id: ActId, about: string) => void;
}

interface Asked {
  readonly id: ActId;
  readonly about: string | null;
  readonly until: number;
}

/** The code of a screen, and what it asks the host for, may be on their way. */
const waitsForMs = 10_000;

class ActBook {
  readonly #offers = new Set<Offer>();
  #asked: Asked | null = null;

  /** @returns how it is taken back */
  offer(offer: Offer): () => void {
    this.#offers.add(offer);
    if (this.#asked && performance.now() < this.#asked.until) this.#run(this.#asked);
    return () => this.#offers.delete(offer);
  }

  ask(id: ActId, about: string | null): void {
    this.#asked = { id, about, until: performance.now() + waitsForMs };
    // First the palette gives the focus back, then the act may put it where it belongs.
    afterFrames(2, () => this.#asked && this.#run(this.#asked));
  }

  offered(id: ActId): boolean {
    return [...this.#offers].some(({ ids }) => ids.includes(id));
  }

  #run(asked: Asked): void {
    const { id, about } = asked;
    const offer = [...this.#offers].find((one) => one.ids.includes(id) && (one.about ?? about) === about);
    if (!offer) return;
    this.#asked = null;
    afterFrames(1, () => offer.run(id, about ?? ''));
  }
}

function afterFrames(count: number, act: () => void): void {
  if (count === 0) act();
  else requestAnimationFrame(() => afterFrames(count - 1, act));
}

const book = new ActBook();

/** Offers acts while the component is shown. @param about the id of the thing that they are about; null: of the screen, or of whatever is chosen */
export function useActs(acts: Acts, about: string | null = null): void {
  const latest = useRef(acts);
  latest.current = acts;
  // What is shown as it was can't be changed.
  const isPast = useIsPast();
  const ids = Object.entries(isPast ? {} : acts)
    .flatMap(([id, act]) => (act ? [id] : []))
    .join(' ');
  useEffect(() => {
    const run: Offer['run'] = (id, chosen) => {
      const act = latest.current[id];
      if (act) act(chosen);
    };
    return book.offer({ ids: ids.split(' '), about, run });
  }, [ids, about]);
}

/** Does an act now, or as soon as the screen that has it is there. */
export function askFor(id: ActId, about: string | null): void {
  book.ask(id, about);
}

/** Some screen that is shown can do it now. */
export function isOffered(id: ActId): boolean {
  return book.offered(id);
}
