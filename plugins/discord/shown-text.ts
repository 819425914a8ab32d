/** Text that strangers wrote, made safe to show: nothing in it changes the direction or hides what stands beside it. */

export function shown(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      .replace(/\t/g, '  ')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through
      .replace(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069]/g, '\uFFFD')
      // Half a character: Discord refuses the whole message for it.
      .replace(/\p{Surrogate}/gu, '\uFFFD')
  );
}

/** At most so many characters, as Discord counts them; what was cut off ends in an ellipsis. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, Math.max(0, longest - 1)).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
