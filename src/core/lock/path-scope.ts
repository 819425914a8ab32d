/** The scope of a file lock: a path with all below it, or a glob; and whether two scopes share a path. */
import { CoordError } from '../error.ts';
import { expandBraces } from './expand-braces.ts';
import { foldName } from './fold-name.ts';
import { refusePath } from './path-rules.ts';
import type { Segment } from './segment.ts';
import { fitsSegment, parseSegment, segmentsMeet } from './segment.ts';

/** A scope stands for every path that one of its alternatives leads to, and for everything below. */
export interface PathScope {
  /** As it was asked for, in normal form. */
  readonly text: string;
  readonly alternatives: readonly (readonly Segment[])[];
}

/** `{a,b}` multiplies; a scope may stand for so many alternatives, with so many characters, at most. */
const maxAlternatives = 64;
const maxExpanded = 4_000;

/**
 * Reads a scope: relative, with `/` between its parts, `*`, `?`, `[a-z]`, `[!a-z]` and `{a,b}` in a part, and `**` for
 * any depth. Names that differ only in case or in Unicode form count as one.
 * @throws CoordError `PATH_OUTSIDE` - absolute, with `..`, a backslash or a control character; `BAD_INPUT` - unreadable
 */
export function parseScope(text: string): PathScope {
  const normal = text
    .normalize('NFC')
    .replace(/\/+/g, '/')
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/$/, '');
  refusePath('lock', normal, text);
  const alternatives = new Map<string, readonly Segment[]>();
  let expanded = 0;
  for (const path of expandBraces(normal, refuse)) {
    expanded += path.length;
    if (alternatives.size >= maxAlternatives || expanded > maxExpanded) {
      refuse(`its {…} stand for more than ${maxAlternatives} paths, or for too long ones`);
    }
    refusePath('lock', path, text);
    alternatives.set(
      path,
      path.split('/').map((segment) => parseSegment(segment, refuse)),
    );
  }
  return { text: normal, alternatives: [...alternatives.values()] };

  function refuse(why: string): never {
    throw new CoordError(
      'BAD_INPUT',
      `Can't lock “${text}”: ${why}. Name a path inside the workspace, such as src/app.ts or docs/**`,
      { scope: text },
    );
  }
}

/** The scope that is exactly this path and what is below it, whatever characters it has. */
export function scopeOfPath(path: string): string {
  return path.replace(/[*?[{}]/g, (character) => `[${character}]`);
}

/** Whether some path is covered by both. */
export function overlap(a: PathScope, b: PathScope): boolean {
  return a.alternatives.some((left) => b.alternatives.some((right) => alternativesMeet(left, right)));
}

/** @param path relative, with `/` between its parts */
export function covers({ alternatives }: PathScope, path: string): boolean {
  const names = foldName(path).split('/');
  return alternatives.some((alternative) => leadsTo(alternative, names));
}

/**
 * Two alternatives meet when one path runs through both. Each covers what is below it, so as soon as one is used up the
 * rest of the other may be anything. Pairs of places that were reached before lead nowhere new.
 */
function alternativesMeet(a: readonly Segment[], b: readonly Segment[]): boolean {
  const reached = new Set<number>();
  const meet = (i: number, j: number): boolean => {
    const left = a[i];
    const right = b[j];
    if (left === undefined || right === undefined) return true;
    const place = i * (b.length + 1) + j;
    if (reached.has(place)) return false;
    reached.add(place);
    if (left.kind === 'deep') return meet(i + 1, j) || meet(i, j + 1);
    if (right.kind === 'deep') return meet(i, j + 1) || meet(i + 1, j);
    return segmentsMeet(left, right) && meet(i + 1, j + 1);
  };
  return meet(0, 0);
}

/** Whether some beginning of the path is what the alternative names. */
function leadsTo(alternative: readonly Segment[], names: readonly string[]): boolean {
  let places = new Set([0]);
  for (let at = 0; ; at += 1) {
    for (const i of places) if (alternative[i]?.kind === 'deep') places.add(i + 1);
    if (places.has(alternative.length)) return true;
    const name = names[at];
    if (name === undefined || places.size === 0) return false;
    const next = new Set<number>();
    for (const i of places) {
      const segment = alternative[i];
      if (segment?.kind === 'deep') next.add(i);
      else if (segment && fitsSegment(segment, name)) next.add(i + 1);
    }
    places = next;
  }
}
