/** How much a plugin may say of itself: so many calls a second, and a reserve; past that its line is read more slowly. */

export interface IntakePace {
  /** Calls that may come at once after a quiet time. */
  readonly reserve: number;
  readonly perSecond: number;
}

export const defaultPace: IntakePace = { reserve: 200, perSecond: 50 };

/** @returns what to await before the next call is taken; null: nothing */
export function pacedIntake(
  { reserve, perSecond }: IntakePace,
  onSlowed: () => void,
  now: () => number = () => performance.now(),
): () => Promise<void> | null {
  let left = reserve;
  let at = now();
  return () => {
    const time = now();
    left = Math.min(reserve, left + ((time - at) / 1_000) * perSecond);
    at = time;
    left -= 1;
    if (left >= 0) return null;
    onSlowed();
    return new Promise((resolve) => setTimeout(resolve, Math.ceil((-left / perSecond) * 1_000)));
  };
}
