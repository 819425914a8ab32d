/** What a person is asked who quits while workers work: what is in hand, and what each answer does. Pure. */
import type { WorkInHand } from './work-in-hand.ts';

/** `stay`: nothing ends. `finish`: nothing new is begun, and the app ends with the last task. `stop`: it ends now. */
export type QuitAnswer = 'stay' | 'finish' | 'stop';

export interface QuitQuestion {
  readonly message: string;
  readonly detail: string;
  /** The first is what Enter does, the last what Escape does. */
  readonly buttons: readonly { readonly label: string; readonly answer: QuitAnswer }[];
}

const namedTasks = 5;
const shownLetters = 60;

/** @param isFinishing somebody has already said that the app ends once all is done */
export function quitQuestion(work: readonly WorkInHand[], isFinishing: boolean): QuitQuestion {
  const list = listOf(work);
  const count = countOf(work.length);
  const stopped =
    'Stop now: the workers have ten seconds to hand in or give back what they have. What is given back is begun again at the next start; nothing that was handed in is lost.';
  if (isFinishing) {
    return {
      message: `${count} still in work`,
      detail: `${list}\n\nGo on waiting: AgentCoord quits as soon as they are done.\n\n${stopped}`,
      buttons: [
        { label: 'Go on waiting', answer: 'stay' },
        { label: 'Stop now', answer: 'stop' },
      ],
    };
  }
  const finished =
    'Finish first: no task more is begun, and AgentCoord quits by itself when these are done, however long that takes.';
  return {
    message: `${count} in work`,
    detail: `${list}\n\n${finished}\n\n${stopped}\n\nTo keep the company at work without a window, close the window instead.`,
    buttons: [
      { label: 'Finish first, then quit', answer: 'finish' },
      { label: 'Stop now and quit', answer: 'stop' },
      { label: 'Don’t quit', answer: 'stay' },
    ],
  };
}

const countOf = (count: number): string => (count === 1 ? '1 task is' : `${count} tasks are`);

function listOf(work: readonly WorkInHand[]): string {
  const named = work.slice(0, namedTasks).map(({ title, company }) => `• ${shortened(title)} (${company})`);
  const more = work.length - named.length;
  return [...named, ...(more > 0 ? [`• and ${more} more`] : [])].join('\n');
}

/** Titles are written by agents: one line each, and no longer than a dialog bears. */
function shortened(title: string): string {
  const line = title.replaceAll(/\s+/g, ' ').trim();
  return line.length > shownLetters ? `${line.slice(0, shownLetters)}…` : line;
}
