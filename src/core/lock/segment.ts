/** One segment of a scope, between two slashes: a name, or a pattern with `*`, `?` and `[a-z]`; what it stands for. */
import type { CharacterRange, CharacterSet } from './character-set.ts';
import { anyCharacter, characterSet, hasShared, shared } from './character-set.ts';
import type { Effort } from './effort.ts';
import { foldName } from './fold-name.ts';

/** `deep` is `**`: any number of segments. */
export type Segment =
  | { readonly kind: 'deep' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'pattern'; readonly blocks: readonly Block[] };

/** What stands between two `*`, or before the first, or after the last; a pattern without `*` is a single one. */
type Block = readonly CharacterSet[];

/** @param refuse throws; it is told why the segment can't be read */
export function parseSegment(text: string, refuse: (why: string) => never): Segment {
  if (text === '**') return { kind: 'deep' };
  if (text === '' || text === '.') refuse('a part between two slashes is empty or “.”');
  if (text.includes('**')) refuse('** must stand alone between two slashes');
  if (!/[*?[]/.test(text)) return { kind: 'name', name: foldName(text) };
  return { kind: 'pattern', blocks: parseBlocks(text, refuse) };
}

/** Whether some name fits both. `deep` is for whoever walks the segments. */
export function segmentsMeet(a: Segment, b: Segment, effort: Effort): boolean {
  effort.spend(1);
  if (a.kind === 'name' && b.kind === 'name') return a.name === b.name;
  return blocksMeet(blocksOf(a), blocksOf(b), effort);
}

/** @param name folded */
export function fitsSegment(segment: Segment, name: string, effort: Effort): boolean {
  effort.spend(1);
  return segment.kind === 'name'
    ? segment.name === name
    : blocksMeet(blocksOf(segment), [literal(name)], effort);
}

function parseBlocks(text: string, refuse: (why: string) => never): Block[] {
  const blocks: CharacterSet[][] = [];
  let block: CharacterSet[] = [];
  const rest = [...text];
  for (let character = rest.shift(); character !== undefined; character = rest.shift()) {
    if (character === '*') {
      blocks.push(block);
      block = [];
    } else if (character === '?') block.push(anyCharacter);
    else if (character === '[') block.push(parseClass(rest, refuse));
    else block.push(...literal(foldName(character)));
  }
  return [...blocks, block];
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

function blocksOf(segment: Segment): readonly Block[] {
  switch (segment.kind) {
    case 'deep':
      return [[], []];
    case 'name':
      return [literal(segment.name)];
    case 'pattern':
      return segment.blocks;
  }
}

function literal(name: string): CharacterSet[] {
  return [...name].map((character) => [[codePoint(character), codePoint(character)]]);
}

const codePoint = (character: string): number => character.codePointAt(0) ?? 0;

/** The work is at most the product of the lengths, and their sum when both have a `*`. */
function blocksMeet(a: readonly Block[], b: readonly Block[], effort: Effort): boolean {
  if (a.length > 1 && b.length > 1) return starredMeet(a, b, effort);
  const [fixed = [], ...more] = a.length > 1 ? b : a;
  return more.length === 0 && namesOf(fixed).some((name) => runsThrough(a.length > 1 ? a : b, name, effort));
}

/**
 * Both have a `*`. When their beginnings agree and their ends do, the name that begins with the longer beginning, goes on
 * with the middle of the one and the middle of the other, and ends with the longer end fits both: a `*` of each takes
 * what is the other's. It may be as long as one likes, so it is not `.` or `..`.
 */
function starredMeet(a: readonly Block[], b: readonly Block[], effort: Effort): boolean {
  const [beginA = [], endA = []] = [a.at(0), a.at(-1)];
  const [beginB = [], endB = []] = [b.at(0), b.at(-1)];
  const begin = Math.min(beginA.length, beginB.length);
  const end = Math.min(endA.length, endB.length);
  return (
    agree(beginA.slice(0, begin), beginB, 0, effort) &&
    agree(endA.slice(endA.length - end), endB, endB.length - end, effort) &&
    [...a, ...b].every((block) => block.every((characters) => characters.length > 0))
  );
}

/** Whether some name of the characters runs through the blocks: each is put as far to the front as it can be. */
function runsThrough(blocks: readonly Block[], name: Block, effort: Effort): boolean {
  const [begin = [], ...others] = blocks;
  const end = others.pop();
  if (end === undefined) return begin.length === name.length && agree(begin, name, 0, effort);
  const last = name.length - end.length;
  if (last < begin.length || !agree(begin, name, 0, effort) || !agree(end, name, last, effort)) return false;
  let at = begin.length;
  for (const block of others) {
    while (at + block.length <= last && !agree(block, name, at, effort)) at += 1;
    at += block.length;
    if (at > last) return false;
  }
  return true;
}

/** Whether each set of the block shares a character with the one of the name that it stands at. */
function agree(block: Block, name: Block, at: number, effort: Effort): boolean {
  return block.every((characters, k) => {
    const other = name[at + k] ?? [];
    effort.spend(characters.length + other.length);
    return hasShared(characters, other);
  });
}

const noDot = characterSet([[codePoint('.'), codePoint('.')]], true);

/** `.` and `..` are no names: of so short a one, some character is another. */
function namesOf(name: Block): readonly Block[] {
  if (name.length > 2) return [name];
  return name.map((_, at) =>
    name.map((characters, k) => (k === at ? shared(characters, noDot) : characters)),
  );
}
