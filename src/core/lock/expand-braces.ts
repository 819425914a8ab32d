/** Writes out the `{a,b}` of a scope: each choice becomes a text of its own. */

/** Depth first, one at a time, so that whoever counts them can stop. A brace inside `[…]` is one of its characters. */
export function* expandBraces(text: string, refuse: (why: string) => never): Generator<string, void> {
  const brace = findBrace(text, refuse);
  if (!brace) {
    yield text;
    return;
  }
  for (const choice of brace.choices) {
    for (const rest of expandBraces(choice + brace.tail, refuse)) yield brace.head + rest;
  }
}

interface Brace {
  readonly head: string;
  readonly choices: readonly string[];
  readonly tail: string;
}

/** The first one. */
function findBrace(text: string, refuse: (why: string) => never): Brace | null {
  const choices: string[] = [];
  let depth = 0;
  let open = 0;
  let start = 0;
  for (let at = 0; at < text.length; at = next(text, at)) {
    const character = text[at];
    if (character === '{') {
      depth += 1;
      if (depth > 1) continue;
      open = at;
      start = at + 1;
    } else if (character === ',' && depth === 1) {
      choices.push(text.slice(start, at));
      start = at + 1;
    } else if (character === '}') {
      depth -= 1;
      if (depth < 0) refuse('a } closes nothing; write [}] for the character itself');
      if (depth > 0) continue;
      choices.push(text.slice(start, at));
      return { head: text.slice(0, open), choices, tail: text.slice(at + 1) };
    }
  }
  return depth > 0 ? refuse('a { is not closed; write [{] for the character itself') : null;
}

/** A class of characters is stepped over whole; one that is not closed is refused by whoever reads the segment. */
function next(text: string, at: number): number {
  if (text[at] !== '[') return at + 1;
  const isNegated = text[at + 1] === '!' || text[at + 1] === '^';
  const end = text.indexOf(']', at + (isNegated ? 3 : 2));
  return end === -1 ? at + 1 : end + 1;
}
