/** Pieces of Markdown that are made of data. */

/** Text for a cell of a table: one line, in which `|` and `<` are what they are. */
export const cell = (text: string): string =>
  text
    .replaceAll('\n', ' ')
    .split('`')
    .map((part, at) => (at % 2 === 0 ? part.replaceAll('<', '&lt;') : part))
    .join('`')
    .replaceAll('|', '\\|');

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Puts `text` between the lines `<!-- begin NAME -->` and `<!-- end NAME -->`. @throws Error when they are not there */
export function fillIn(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- begin ${name} -->\n`, `<!-- end ${name} -->`];
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the page has no place for \`${name}\``);
  return `${page.slice(0, from + begin.length)}\n${text}\n\n${page.slice(to)}`;
}
