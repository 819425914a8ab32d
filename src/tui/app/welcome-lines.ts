/** What a newcomer reads: the name in block letters, and what comes next. */
import type { Line } from '../text/line.ts';
import { piece } from '../text/line.ts';

/** Three lines high. */
const letters = [
  '▄▀█ █▀▀ █▀▀ █▄░█ ▀█▀ █▀▀ █▀█ █▀█ █▀█ █▀▄',
  '█▀█ █▄█ ██▄ █░▀█ ░█░ █▄▄ █▄█ █▄█ █▀▄ █▄▀',
  '▀ ▀ ▀▀▀ ▀▀▀ ▀░░▀ ░▀░ ▀▀▀ ▀▀▀ ▀▀▀ ▀░▀ ▀▀░',
];

export const blockLetters: readonly Line[] = letters.map(
  (line, i): Line => [piece(i === 0 ? 'alive' : i === 1 ? 'accent' : 'yours', line.replaceAll('░', ' '))],
);

export const welcomeLines = (company: string): Line[] => [
  [piece('alive', `3 of 3 · ${company} is there. Give it its first epic, and watch it finish:`)],
  [piece('over', 'Agents do the steps and sign for each other; where a person must, you are asked here.')],
  [],
];
