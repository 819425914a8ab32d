/** Turns what a person types into a search of FTS5 that can't be malformed, whatever was typed. */

/** What the tokenizer takes for a part of a word; anything else only parts words. */
const wordPart = /[\p{L}\p{N}\p{Co}]/u;
const maxTerms = 32;

/**
 * All words must be there. Words in quotes stand together; a word with `*` after it, and the last one while it is still
 * being typed, may be the beginning of a longer one.
 * @returns null when there is no word in the text
 */
export function searchExpression(text: string): string | null {
  const terms = [...text.matchAll(/"([^"]*)"?|[^\s"]+/g)].map(([term, phrase]) => ({
    words: phrase ?? term,
    isPhrase: phrase !== undefined,
  }));
  const isTyping = !/[\s"]$/.test(text);
  const parts = terms.flatMap(({ words, isPhrase }, n) => {
    if (!wordPart.test(words)) return [];
    const isBeginning = !isPhrase && (words.endsWith('*') || (isTyping && n === terms.length - 1));
    return [`${quoted(words)}${isBeginning ? '*' : ''}`];
  });
  return parts.length === 0 ? null : parts.slice(0, maxTerms).join(' AND ');
}

/** Inside quotes nothing has a meaning of its own; a NUL would end the expression. */
function quoted(words: string): string {
  return `"${words.replaceAll('"', ' ').replaceAll('\0', ' ')}"`;
}
