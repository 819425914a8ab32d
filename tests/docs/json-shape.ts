/** What a JSON document is like: its keys and the kinds of its values, whatever they are. */

type Shape = string | readonly Shape[] | { readonly [key: string]: Shape };

/** Of a list the first entry stands for all; what is null may be anything. */
export function shapeOf(value: unknown): Shape {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== 'object') return typeof value;
  const entries = Object.entries(value).sort(([a], [b]) => a.localeCompare(b));
  return Object.fromEntries(entries.map(([key, each]) => [key, shapeOf(each)]));
}
