/** The part of `docs/benchmarks.md` that `npm run bench:ui` writes, and that `npm run bench` leaves as it is. */

const begin = '<!-- written by npm run bench:ui -->';
const end = '<!-- end of what npm run bench:ui writes -->';

/** The page with this as its part about the UI, in place of what was there. */
export function withUiSection(page: string, section: string): string {
  return `${withoutUiSection(page).trimEnd()}\n\n${begin}\n\n${section.trim()}\n\n${end}\n`;
}

/** A page that was written anew, with the part about the UI that the old one had. */
export function keepUiSection(page: string, before: string): string {
  const [, section] = before.split(begin);
  return section === undefined ? page : withUiSection(page, section.split(end)[0] ?? '');
}

function withoutUiSection(page: string): string {
  const [head = '', section] = page.split(begin);
  return section === undefined ? page : `${head}${section.split(end)[1] ?? ''}`;
}
