/** Which colour a card has, by what it is to show; a word or a figure on the card always says the same. Pure. */
import type { MemberFigures } from './member-figures.ts';

export const colourings = ['department', 'status', 'load', 'cost'] as const;
export type Colouring = (typeof colourings)[number];

const hues = [1, 2, 3, 4, 5, 6].map((hue) => `var(--color-hue-${hue})`);

export function hueAt(place: number): string {
  return place < 0 ? 'var(--color-line-strong)' : (hues[place % hues.length] ?? 'currentColor');
}

const rest = 'var(--color-line-strong)';

export interface Coloured {
  readonly figures: MemberFigures | null;
  /** Of the member's department among all; -1: in none. */
  readonly department: number;
  /** The most that one member has spent. */
  readonly dearest: number;
}

export function colourOf(by: Colouring, { figures, department, dearest }: Coloured): string {
  switch (by) {
    case 'department':
      return hueAt(department);
    case 'status':
      return figures ? statusColour(figures) : rest;
    case 'load': {
      const share = figures ? figures.leases / figures.maxConcurrent : 0;
      return share === 0 ? rest : share < 1 ? 'var(--color-alive)' : 'var(--color-waiting)';
    }
    case 'cost':
      return !figures || dearest === 0 || figures.spent === 0 ? rest : mix(figures.spent / dearest);
  }
}

function statusColour({ state, hung, paused }: MemberFigures): string {
  if (hung) return 'var(--color-failure)';
  if (paused || state === 'blocked') return 'var(--color-waiting)';
  return state === 'working' || state === 'available' ? 'var(--color-alive)' : rest;
}

const mix = (share: number): string =>
  `color-mix(in oklab, var(--color-waiting) ${Math.round(20 + share * 80)}%, var(--color-line-strong))`;
