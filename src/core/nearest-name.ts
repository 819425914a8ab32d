/** Finds what a person probably meant by a name that there isn't. */

/** The nearest of the names, when it is near enough to be a slip; null otherwise. */
export function nearestName(written: string, names: Iterable<string>): string | null {
  // A name of one or two letters is near to everything.
  const limit = written.length < 3 ? 0 : Math.max(1, Math.floor(written.length / 3));
  let nearest: { name: string; distance: number } | null = null;
  for (const name of names) {
    const distance = editDistance(written.toLowerCase(), name.toLowerCase());
    if (distance <= limit && (nearest === null || distance < nearest.distance)) nearest = { name, distance };
  }
  return nearest?.name ?? null;
}

/** An id of the same length in which no more than two letters differ, which two that changed places are; null: there is none. */
export function nearestId(written: string, rows: Iterable<{ readonly id: string }>): string | null {
  for (const { id } of rows) if (id.length === written.length && differ(id, written) <= 2) return id;
  return null;
}

function differ(a: string, b: string): number {
  let count = 0;
  for (let i = 0; i < a.length && count <= 2; i += 1) if (a[i] !== b[i]) count += 1;
  return count;
}

/** `did you mean \`qa_lead\`?`, or what there is to choose from. */
export function suggestion(written: string, names: Iterable<string>): string {
  const all = [...new Set(names)];
  const nearest = nearestName(written, all);
  if (nearest !== null) return `did you mean \`${nearest}\`?`;
  return all.length > 0 ? `use one of ${all.map((name) => `\`${name}\``).join(', ')}` : 'there are none yet';
}

/** Letters to insert, drop, replace or swap with their neighbour (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(above, j) + 1, at(row, j - 1) + 1, at(above, j - 1) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, at(before, j - 2) + 1);
      row.push(cost);
    }
    before = above;
    above = row;
  }
  return at(above, b.length);
}

const at = (row: readonly number[], n: number): number => row[n] ?? Number.POSITIVE_INFINITY;
