/** What a person may mean by what they type: an id, the beginning of one, or a name. */

export interface Called {
  readonly id: string;
  readonly name: string;
}

/**
 * The rows that the key stands for; an empty one stands for none. An id beats a name, and a name beats the beginning of an id (with or without what
 * says its kind: `gate_7k` or `7k`).
 */
export function called<Row>(key: string, rows: readonly Row[], asCalled: (row: Row) => Called): Row[] {
  if (key === '') return [];
  const readings: ((row: Called) => boolean)[] = [
    ({ id }) => id === key,
    ({ name }) => name === key,
    ({ id }) => id.startsWith(key) || id.slice(id.indexOf('_') + 1).startsWith(key),
  ];
  for (const reading of readings) {
    const found = rows.filter((row) => reading(asCalled(row)));
    if (found.length > 0) return found;
  }
  return [];
}
