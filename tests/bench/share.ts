/** Deals work out to workers. */

/** How many of `total` each of `count` gets: as even as it can be. */
export function shares(total: number, count: number): number[] {
  return Array.from({ length: count }, (_, n) => Math.floor((total + n) / count));
}

/** Lets so many callers do the calls, each one after the other. */
export async function inTurns(
  total: number,
  callers: number,
  call: (caller: number) => Promise<void>,
): Promise<void> {
  await Promise.all(
    shares(total, callers).map(async (share, caller) => {
      for (let n = 0; n < share; n += 1) await call(caller);
    }),
  );
}
