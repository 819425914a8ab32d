/** Where a scale of time has its marks: at round lengths, five to ten of them. Pure. */
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const steps = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14, 28, 91].map((n) => n * day),
];
const most = 8;

/** @returns lengths from the start of the scale, in ms, 0 first */
export function ticksOf(spanMs: number): number[] {
  const step = steps.find((one) => spanMs / one <= most) ?? Math.ceil(spanMs / most / day) * day;
  return Array.from({ length: Math.floor(spanMs / step) + 1 }, (_none, at) => at * step);
}
