/** How long a chaos test runs, and by which random numbers: short in `npm test`, long in `npm run chaos`. */

export const isLong = process.env['AGENTCOORD_CHAOS'] === 'long';

/** The value for this run. */
export const inThisRun = <Value>({ short, long }: { readonly short: Value; readonly long: Value }): Value =>
  isLong ? long : short;

/** Starting its processes may take long on a busy machine. */
export const timeout = inThisRun({ short: 120_000, long: 900_000 });

const wanted = process.env['AGENTCOORD_CHAOS_SEED'];

/** A seed of its own for every run, said at its start, so that a run that failed can be run again. */
export function announceSeed(test: string): number {
  const seed = wanted === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(wanted);
  console.log(`${test}: again with AGENTCOORD_CHAOS_SEED=${seed}`);
  return seed;
}
