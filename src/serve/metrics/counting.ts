/** Figures that only grow: counters by label, and a histogram of durations. */
import type { Family, Labels, Sample } from './exposition.ts';

export class Counter {
  readonly #counts = new Map<string, { readonly labels: Labels; value: number }>();

  /** @param labels of a bounded set: types and codes, never what somebody wrote */
  add(labels: Labels, by = 1): void {
    const key = Object.values(labels).join('\n');
    const known = this.#counts.get(key);
    if (known) known.value += by;
    else this.#counts.set(key, { labels, value: by });
  }

  samples(more: Labels): Sample[] {
    return [...this.#counts.values()].map(({ labels, value }) => ({ labels: { ...more, ...labels }, value }));
  }
}

/** In seconds; from a quick disk to a Redis that hardly answers. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

export class DurationHistogram {
  readonly #buckets: number[] = bounds.map(() => 0);
  #sum = 0;
  #count = 0;

  /** @param seconds how long something took */
  observe(seconds: number): void {
    this.#sum += seconds;
    this.#count += 1;
    const bucket = bounds.findIndex((bound) => seconds <= bound);
    if (bucket >= 0) this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
  }

  samples(labels: Labels): Family['samples'] {
    let below = 0;
    const buckets = bounds.map((bound, i) => {
      below += this.#buckets[i] ?? 0;
      return { suffix: '_bucket' as const, labels: { ...labels, le: String(bound) }, value: below };
    });
    return [
      ...buckets,
      { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: this.#count },
      { suffix: '_sum', labels, value: this.#sum },
      { suffix: '_count', labels, value: this.#count },
    ];
  }
}
