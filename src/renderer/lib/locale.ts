/** In which language the page speaks, and by which customs it writes dates and figures: the one place that says so. */

/** Of the words in the strings files, and so of plurals, lists and relative times among them. */
export const language = 'en';

/**
 * Those words with the customs of the reader's region: `en-DE` has a clock of 24 hours and `1.234,5`, but no German
 * months between English words.
 *
 * @param wanted of the reader, such as `de` or `en-GB`
 */
export function localeFor(wanted: string): string {
  const { region } = new Intl.Locale(wanted).maximize();
  return new Intl.Locale(language, region === undefined ? {} : { region }).toString();
}

export const locale = localeFor(navigator.language);
