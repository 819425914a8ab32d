/** The paths under which artifacts may be handed in: inside their task's result, on every system, and one line each. */

/** Relative, with `/` between its parts; no `..`, no `.`, no empty part, no backslash, colon or control character. */
export function isInnerPath(path: string): boolean {
  const isPlain = path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  return isPlain && !/[\\:\u0000-\u001f\u007f]/.test(path);
}
