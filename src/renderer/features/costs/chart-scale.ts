/** The scale of a chart from zero on: round steps, and room for the limits that can be shown beside what was spent. Pure. */
export interface Scale {
  readonly most: number;
  /** From zero to the most, both among them. */
  readonly ticks: readonly number[];
}

const wantedSteps = 4;
/** A limit that lies farther off would leave nothing to see of what was spent; its figure says it. */
const farLimit = 3;

export function scaleFor(amounts: readonly number[], limits: readonly number[] = []): Scale {
  const spent = Math.max(0, ...amounts);
  const near = limits.filter((limit) => spent === 0 || limit <= spent * farLimit);
  const wanted = Math.max(spent, ...near, 1);
  const step = roundStep(wanted / wantedSteps);
  const steps = Math.max(1, Math.ceil(wanted / step - 1e-9));
  return { most: step * steps, ticks: Array.from({ length: steps + 1 }, (_, at) => step * at) };
}

/** 1, 2, 2.5 or 5 times a power of ten; of what is counted in whole numbers, never a part of one. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1)));
  const factor = [1, 2, 2.5, 5, 10].find((one) => one * power >= least) ?? 10;
  return Math.max(1, Math.round(factor * power));
}
