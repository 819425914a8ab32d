/** Random numbers from a seed: the same seed draws the same ones on every machine. */

export interface Draw {
  /** From 0 to 1, 1 excluded. */
  readonly share: () => number;
  /** Around 1: half of them are below it; the spread is that of its logarithm. */
  readonly around1: (spread: number) => number;
  readonly oneOf: <Item>(items: readonly [Item, ...Item[]]) => Item;
}

/** Mulberry32. @param seed a whole number; `stream` gives each run numbers of its own */
export function drawFrom(seed: number, stream: number): Draw {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(stream + 1, 0xc2b2ae35)) >>> 0;
  const share = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  /** Box-Muller. */
  const normal = () => Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share());
  return {
    share,
    around1: (spread) => Math.exp(spread * normal()),
    oneOf: (items) => items[Math.floor(share() * items.length)] ?? items[0],
  };
}
