/** A set of the characters that a name may have, by code point: what `?` and `[a-z]` stand for. */
import { foldCharacter } from './fold-name.ts';

/** First and last code point, both included. */
export type CharacterRange = readonly [first: number, last: number];
/** In order, without overlaps. */
export type CharacterSet = readonly CharacterRange[];

const lastCodePoint = 0x10ffff;

/** No name has these: control characters, `/`, `\`, halves of surrogate pairs. */
const forbidden: CharacterSet = [
  [0x00, 0x1f],
  [0x2f, 0x2f],
  [0x5c, 0x5c],
  [0x7f, 0x9f],
  [0xd800, 0xdfff],
];

/** Every character of a name. */
export const anyCharacter: CharacterSet = without(forbidden);

/** Characters that are one for the locks are in it together or not at all. */
export function characterSet(ranges: readonly CharacterRange[], isNegated: boolean): CharacterSet {
  const chosen = withCases(inOrder(ranges));
  return shared(isNegated ? without(chosen) : chosen, anyCharacter);
}

export function shared(a: CharacterSet, b: CharacterSet): CharacterSet {
  const both: CharacterRange[] = [];
  for (let i = 0, j = 0; ; ) {
    const left = a[i];
    const right = b[j];
    if (!left || !right) return both;
    const first = Math.max(left[0], right[0]);
    const last = Math.min(left[1], right[1]);
    if (first <= last) both.push([first, last]);
    if (left[1] < right[1]) i += 1;
    else j += 1;
  }
}

export function hasShared(a: CharacterSet, b: CharacterSet): boolean {
  for (let i = 0, j = 0; ; ) {
    const left = a[i];
    const right = b[j];
    if (!left || !right) return false;
    if (left[1] < right[0]) i += 1;
    else if (right[1] < left[0]) j += 1;
    else return true;
  }
}

function hasCharacter(set: CharacterSet, codePoint: number): boolean {
  return set.some(([first, last]) => first <= codePoint && codePoint <= last);
}

function without(set: CharacterSet): CharacterSet {
  const others: CharacterRange[] = [];
  let next = 0;
  for (const [first, last] of set) {
    if (next < first) others.push([next, first - 1]);
    next = last + 1;
  }
  return next <= lastCodePoint ? [...others, [next, lastCodePoint]] : others;
}

function inOrder(ranges: readonly CharacterRange[]): CharacterSet {
  const merged: CharacterRange[] = [];
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const before = merged.at(-1);
    if (before && first <= before[1] + 1) merged[merged.length - 1] = [before[0], Math.max(before[1], last)];
    else merged.push([first, last]);
  }
  return merged;
}

/** With every character that folds to the same as one that is in it. */
function withCases(set: CharacterSet): CharacterSet {
  const pairs = foldings();
  const folded = pairs.filter(([character]) => hasCharacter(set, character)).map(([, to]) => only(to));
  const closed = inOrder([...set, ...folded]);
  const others = pairs.filter(([, to]) => hasCharacter(closed, to)).map(([character]) => only(character));
  return inOrder([...closed, ...others]);
}

const only = (codePoint: number): CharacterRange => [codePoint, codePoint];

/** Letters with two cases are all below this. */
const casesEnd = 0x1ffff;
let known: readonly (readonly [character: number, folded: number])[] | undefined;

/** Each character that folds to another one, worked out when the first class of characters is read. */
function foldings(): readonly (readonly [character: number, folded: number])[] {
  known ??= findFoldings();
  return known;
}

function findFoldings(): [number, number][] {
  const found: [number, number][] = [];
  for (let codePoint = 0; codePoint <= casesEnd; codePoint += 1) {
    const folded = foldCharacter(String.fromCodePoint(codePoint)).codePointAt(0);
    if (folded !== undefined && folded !== codePoint) found.push([codePoint, folded]);
  }
  return found;
}
