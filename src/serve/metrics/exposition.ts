/** The text format in which Prometheus reads figures, version 0.0.4. */

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

export interface Family {
  /** Letters, digits and `_`, with the unit at its end. */
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly samples: readonly (Sample & { readonly suffix?: '_bucket' | '_sum' | '_count' })[];
}

/** Families of one name become one, in the order of the first of each. */
export function expositionOf(families: readonly Family[]): string {
  const byName = new Map<string, Family[]>();
  for (const family of families) byName.set(family.name, [...(byName.get(family.name) ?? []), family]);
  return [...byName.values()].map(familyText).join('');
}

function familyText(parts: readonly Family[]): string {
  const [first] = parts;
  if (!first) return '';
  const { name, help, type } = first;
  const lines = parts
    .flatMap(({ samples }) => samples)
    .map(({ suffix = '', labels, value }) => `${name}${suffix}${labelText(labels)} ${valueText(value)}\n`);
  return `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

function valueText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}
