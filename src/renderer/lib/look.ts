/** How the page looks to this person: theme, density, motion. Kept on this machine, for every window of it. */
import { useSyncExternalStore } from 'react';

/** What each may be; the first is so until somebody chooses. */
export const looks = {
  theme: ['system', 'dark', 'light'],
  density: ['comfortable', 'compact', 'roomy'],
  motion: ['system', 'less'],
} as const;

export type LookName = keyof typeof looks;
export type Look<Name extends LookName> = (typeof looks)[Name][number];

/** `--spacing` where nobody chose. */
const usualStepPx = 4;

const names = Object.keys(looks) as LookName[];
const listeners = new Set<() => void>();

const placeOf = (name: LookName): string => `agentcoord.${name}`;

function lookOf<Name extends LookName>(name: Name): Look<Name> {
  const kept = localStorage.getItem(placeOf(name));
  const values: readonly Look<Name>[] = looks[name];
  return values.find((value) => value === kept) ?? (looks[name][0] as Look<Name>);
}

/** Puts what was chosen on the page, before anything is drawn, and again when another window chooses. */
export function applyLook(): void {
  put();
  window.addEventListener('storage', ({ key }) => {
    // Null: everything was cleared.
    if (key === null || names.some((name) => placeOf(name) === key)) tell();
  });
}

export function setLook<Name extends LookName>(name: Name, value: Look<Name>): void {
  localStorage.setItem(placeOf(name), value);
  tell();
}

export function useLook<Name extends LookName>(name: Name): Look<Name> {
  return useSyncExternalStore(subscribe, () => lookOf(name));
}

export function nextLook<Name extends LookName>(name: Name, value: Look<Name>): Look<Name> {
  const values: readonly Look<Name>[] = looks[name];
  return values[(values.indexOf(value) + 1) % values.length] ?? value;
}

const scales = new Map<Look<'density'>, number>();

/** By how much a length in pixels that a script lays out grows with the density; comfortable: 1. */
export function useScale(): number {
  const density = useLook('density');
  const known = scales.get(density);
  if (known !== undefined) return known;
  // The style sheet says what a density is.
  const step = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--spacing'));
  const scale = step / usualStepPx;
  scales.set(density, scale);
  return scale;
}

/** Nothing shall move that need not. */
export function isStill(): boolean {
  return lookOf('motion') === 'less' || window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function put(): void {
  for (const name of names) document.documentElement.dataset[name] = lookOf(name);
}

function tell(): void {
  put();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
