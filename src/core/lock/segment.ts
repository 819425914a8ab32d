/** One segment of a scope, between two slashes: a name, or a pattern with `*`, `?` and `[a-z]`; what it stands for. */
import type { CharacterRange, CharacterSet } from './character-set.ts';
import { anyCharacter, characterSet, hasCharacter, shared } from './character-set.ts';
import { foldName } from './fold-name.ts';

/** `deep` is `**`: any number of segments. */
export type Segment =
  | { readonly kind: 'deep' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'pattern'; readonly parts: readonly Part[] };

/** One character, or `*`: any number of them. */
type Part = CharacterSet | '*';

/** @param refuse throws; it is told why the segment can't be read */
export function parseSegment(text: string, refuse: (why: string) => never): Segment {
  if (text === '**') return { kind: 'deep' };
  if (text === '' || text === '.') refuse('a part between two slashes is empty or “.”');
  if (text.includes('**')) refuse('** must stand alone between two slashes');
  if (!/[*?[]/.test(text)) return { kind: 'name', name: foldName(text) };
  return { kind: 'pattern', parts: parseParts(text, refuse) };
}

/** Whether some name fits both. `deep` is for whoever walks the segments. */
export function segmentsMeet(a: Segment, b: Segment): boolean {
  if (a.kind === 'name' && b.kind === 'name') return a.name === b.name;
  return partsMeet(partsOf(a), partsOf(b));
}

/** @param name folded */
export function fitsSegment(segment: Segment, name: string): boolean {
  return segment.kind === 'name' ? segment.name === name : partsMeet(partsOf(segment), literal(name));
}

function parseParts(text: string, refuse: (why: string) => never): Part[] {
  const parts: Part[] = [];
  const rest = [...text];
  for (let character = rest.shift(); character !== undefined; character = rest.shift()) {
    if (character === '*') parts.push('*');
    else if (character === '?') parts.push(anyCharacter);
    else if (character === '[') parts.push(parseClass(rest, refuse));
    else parts.push(...literal(foldName(character)));
  }
  return parts;
}

/** Takes the class off the front of what is left: `a-z]`, `!abc]`; a `]` right at its start is one of its characters. */
function parseClass(rest: string[], refuse: (why: string) => never): CharacterSet {
  const isNegated = rest[0] === '!' || rest[0] === '^';
  if (isNegated) rest.shift();
  const ranges: CharacterRange[] = [];
  for (;;) {
    const first = rest.shift();
    if (first === undefined) return refuse('a [ is not closed; write [[] for the character itself');
    if (first === ']' && ranges.length > 0) return characterSet(ranges, isNegated);
    const isRange = rest[0] === '-' && rest[1] !== undefined && rest[1] !== ']';
    const last = isRange ? (rest.splice(0, 2)[1] ?? first) : first;
    if (codePoint(last) < codePoint(first)) refuse(`the range ${first}-${last} runs backwards`);
    ranges.push([codePoint(first), codePoint(last)]);
  }
}

function partsOf(segment: Segment): readonly Part[] {
  switch (segment.kind) {
    case 'deep':
      return ['*'];
    case 'name':
      return literal(segment.name);
    case 'pattern':
      return segment.parts;
  }
}

function literal(name: string): CharacterSet[] {
  return [...name].map((character) => [[codePoint(character), codePoint(character)]]);
}

const codePoint = (character: string): number => character.codePointAt(0) ?? 0;

/** What the name that both are read for looks like so far: `.` and `..` are no names. */
type Shape = 'empty' | 'dot' | 'dots' | 'name';

const afterDot: Readonly<Record<Shape, Shape>> = { empty: 'dot', dot: 'dots', dots: 'name', name: 'name' };
const dot = codePoint('.');

/**
 * Reads both at once for a name that they share. Places that were reached before lead nowhere new, so the work is
 * bounded by the product of the lengths.
 */
function partsMeet(a: readonly Part[], b: readonly Part[]): boolean {
  const reached = new Set<string>();
  const pending: [i: number, j: number, shape: Shape][] = [[0, 0, 'empty']];
  const go = (i: number, j: number, shape: Shape) => {
    const place = `${i} ${j} ${shape}`;
    if (!reached.has(place)) pending.push([i, j, shape]);
    reached.add(place);
  };
  const take = (characters: CharacterSet, i: number, j: number, shape: Shape) => {
    if (hasCharacter(characters, dot)) go(i, j, afterDot[shape]);
    if (characters.some(([first, last]) => first !== dot || last !== dot)) go(i, j, 'name');
  };
  for (let place = pending.pop(); place; place = pending.pop()) {
    const [i, j, shape] = place;
    const left = a[i];
    const right = b[j];
    if (left === undefined && right === undefined && shape === 'name') return true;
    if (left === '*') go(i + 1, j, shape);
    if (right === '*') go(i, j + 1, shape);
    if (left === undefined || right === undefined) continue;
    const characters = shared(left === '*' ? anyCharacter : left, right === '*' ? anyCharacter : right);
    take(characters, left === '*' ? i : i + 1, right === '*' ? j : j + 1, shape);
  }
  return false;
}
