/** Names as locks compare them: two that some file system takes for one are one. */

/**
 * In Unicode's composed form and with its letters folded: `README.md` and `readme.md` are one name, whatever the disk
 * says. Each character becomes exactly one, so that a `?` means the same before and after.
 */
export function foldName(text: string): string {
  let folded = '';
  for (const character of text.normalize('NFC')) folded += foldCharacter(character);
  return folded;
}

export function foldCharacter(character: string): string {
  const upper = single(character.toUpperCase(), character);
  return single(upper.toLowerCase(), upper);
}

function single(mapped: string, otherwise: string): string {
  const [first, ...more] = mapped;
  return first !== undefined && more.length === 0 ? first : otherwise;
}
