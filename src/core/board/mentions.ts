/** Finds whom a text names with `@`. */
import type { MemberId } from '../ids.ts';
import type { Member } from '../org/org.ts';
import type { CompanyState } from '../state.ts';

export interface Mentions {
  /** In the order of the text, each once. */
  readonly mentions: readonly MemberId[];
  /** Names that nobody here has. */
  readonly unknownNames: readonly string[];
}

/** What stands in code names nobody: `@decorator` is no member. */
const code = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;
/** An `@` that begins a word, so that an address of e-mail names nobody either. */
const sign = /(?<![\p{L}\p{N}_.@/+-])@(?=[\p{L}\p{N}_])/gu;
/** Goes on with the same word. */
const goesOn = /^(?:[\p{L}\p{N}_]|[.-][\p{L}\p{N}_])/u;
const word = /^[\p{L}\p{N}_]+(?:[.-][\p{L}\p{N}_]+)*/u;
const longestUnknown = 80;

/** In any case of letters; of several names that fit, the longest: `@ada lovelace` rather than `@ada`. */
export function findMentions({ members }: Pick<CompanyState, 'members'>, text: string): Mentions {
  const mentions = new Set<MemberId>();
  const unknownNames = new Set<string>();
  if (!text.includes('@')) return { mentions: [], unknownNames: [] };
  const prose = text.replace(code, (piece) => ' '.repeat(piece.length));
  const byLength = [...members.values()].sort(
    (a, b) => b.name.length - a.name.length || (a.name < b.name ? -1 : 1),
  );
  for (const { index } of prose.matchAll(sign)) {
    const rest = prose.slice(index + 1);
    const member = namedAt(byLength, rest);
    if (member) mentions.add(member.id);
    else unknownNames.add((word.exec(rest)?.[0] ?? '').slice(0, longestUnknown));
  }
  return { mentions: [...mentions], unknownNames: [...unknownNames] };
}

/** An exact name goes before one in other letters. */
function namedAt(byLength: readonly Member[], rest: string): Member | undefined {
  const fits = (same: (a: string, b: string) => boolean) =>
    byLength.find(
      ({ name }) => same(rest.slice(0, name.length), name) && !goesOn.test(rest.slice(name.length)),
    );
  return fits((a, b) => a === b) ?? fits((a, b) => a.toLowerCase() === b.toLowerCase());
}
