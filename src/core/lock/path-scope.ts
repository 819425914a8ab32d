/** The scope of a file lock: a path with all below it, or a glob; and whether two scopes share a path. */
import { CoordError } from '../error.ts';
import { Effort } from './effort.ts';
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

/** What a scope that somebody asks for may have. */
const maxLength = 1_000;
const maxSegments = 64;
/** Of a part with `*`, `?` or `[a-z]`. */
const maxPattern = 255;
const maxStars = 16;

/**
 * Reads a scope that somebody asks for: relative, with `/` between its parts, `*`, `?`, `[a-z]`, `[!a-z]` and `{a,b}` in a part, and `**` for
 * any depth. Names that differ only in case or in Unicode form count as one.
 * @throws CoordError `PATH_OUTSIDE` - absolute, with `..`, a backslash or a control character; `BAD_INPUT` - unreadable,
 *   or harder to compare than any that is needed
 */
export function parseScope(text: string): PathScope {
  const why = whyTooHard(text);
  if (why !== null) throw unreadable(text, why);
  return readScope(text);
}

/** One file, whatever characters its name has. */
export function pathOf(path: string): PathScope {
  const names = path.split('/').map((name): Segment => ({ kind: 'name', name: foldName(name) }));
  return { text: path, alternatives: [names] };
}

/** Reads the scope of a lock that is held: what it may be was settled when it was acquired. */
export function readScope(text: string): PathScope {
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
    throw unreadable(text, why);
  }
}

function whyTooHard(text: string): string | null {
  if (text.length > maxLength) return `it has more than ${maxLength} characters`;
  const segments = text.split('/');
  if (segments.length > maxSegments) return `it has more than ${maxSegments} parts between slashes`;
  const patterns = segments.filter((segment) => /[*?[]/.test(segment));
  if (patterns.some((pattern) => pattern.length > maxPattern))
    return `a part with *, ? or [a-z] has more than ${maxPattern} characters`;
  const isStarry = (pattern: string) => pattern.split('*').length - 1 > maxStars;
  return patterns.some(isStarry) ? `a part between two slashes has more than ${maxStars} *` : null;
}

function unreadable(text: string, why: string): CoordError {
  return new CoordError(
    'BAD_INPUT',
    `Can't lock “${text}”: ${why}. Name a path inside the workspace, such as src/app.ts or docs/**`,
    { scope: text },
  );
}

/** The scope that is exactly this path and what is below it, whatever characters it has. */
export function scopeOfPath(path: string): string {
  return path.replace(/[*?[{}]/g, (character) => `[${character}]`);
}

/**
 * Whether some path is covered by both.
 * @throws CoordError `TOO_MANY_LOCKS` - it is more work than the effort allows
 */
export function overlap(a: PathScope, b: PathScope, effort = new Effort()): boolean {
  return a.alternatives.some((left) => b.alternatives.some((right) => alternativesMeet(left, right, effort)));
}

/** @param path relative, with `/` between its parts */
export function covers({ alternatives }: PathScope, path: string, effort = new Effort()): boolean {
  const names = foldName(path).split('/');
  return alternatives.some((alternative) => leadsTo(alternative, names, effort));
}

/**
 * Two alternatives meet when one path runs through both. Each covers what is below it, so as soon as one is used up the
 * rest of the other may be anything. Pairs of places that were reached before lead nowhere new.
 */
function alternativesMeet(a: readonly Segment[], b: readonly Segment[], effort: Effort): boolean {
  const reached = new Set<number>();
  const meet = (i: number, j: number): boolean => {
    const left = a[i];
    const right = b[j];
    if (left === undefined || right === undefined) return true;
    const place = i * (b.length + 1) + j;
    if (reached.has(place)) return false;
    reached.add(place);
    effort.spend(1);
    if (left.kind === 'deep') return meet(i + 1, j) || meet(i, j + 1);
    if (right.kind === 'deep') return meet(i, j + 1) || meet(i + 1, j);
    return segmentsMeet(left, right, effort) && meet(i + 1, j + 1);
  };
  return meet(0, 0);
}

/** Whether some beginning of the path is what the alternative names. */
function leadsTo(alternative: readonly Segment[], names: readonly string[], effort: Effort): boolean {
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
      else if (segment && fitsSegment(segment, name, effort)) next.add(i + 1);
    }
    places = next;
  }
}
