/** Which part of a list is on the screen: the line under the cursor is always there. Pure. */

export interface Window {
  readonly from: number;
  readonly to: number;
}

/** So many lines of the whole, with the cursor in them and, where there is room, some around it. */
export function windowAround(cursor: number, total: number, height: number): Window {
  const most = Math.max(0, total - height);
  const from = Math.min(most, Math.max(0, cursor - Math.floor(height / 2)));
  return { from, to: Math.min(total, from + height) };
}

/** Where the cursor is after a step; at both ends it stays. */
export function moved(cursor: number, step: number, total: number): number {
  if (total === 0) return 0;
  return Math.min(total - 1, Math.max(0, Number.isFinite(step) ? cursor + step : step < 0 ? 0 : total - 1));
}
