/** Reads the limits that a person typed. Empty: none. Pure. */
export const microPerDollar = 1_000_000;

/** Dollars with a point or a comma, to millionths. @returns in millionths of a dollar */
export function readMoney(text: string): number | null | 'wrong' {
  const typed = text
    .trim()
    .replace(/^\$\s*/, '')
    .replace(',', '.');
  if (typed === '') return null;
  if (!/^\d+(\.\d{1,6})?$/.test(typed)) return 'wrong';
  const micro = Math.round(Number(typed) * microPerDollar);
  return Number.isSafeInteger(micro) ? micro : 'wrong';
}

/** A whole number; spaces, points and commas between its thousands are passed over. */
export function readTokens(text: string): number | null | 'wrong' {
  const typed = text.trim().replace(/(?<=\d)[\s.,_](?=\d{3}(\D|$))/g, '');
  if (typed === '') return null;
  const tokens = /^\d+$/.test(typed) ? Number(typed) : Number.NaN;
  return Number.isSafeInteger(tokens) ? tokens : 'wrong';
}
