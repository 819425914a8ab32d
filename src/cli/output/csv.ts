/** Lines of CSV as RFC 4180 has them, and safe to open in a spreadsheet. */

/** A spreadsheet takes a cell that begins so for a formula, and runs it. */
const startsFormula = /^[=+\-@\t\r\n＝＋－＠]/;

/** A line with its end. A cell that a spreadsheet would run is given a leading `'`, which makes it text. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: string | number | null): string {
  if (typeof cell === 'number') return String(cell);
  if (cell === null) return '';
  const text = startsFormula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
