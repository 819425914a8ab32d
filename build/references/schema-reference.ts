/** The tables of docs/templates.md: the keys of company and workflow files, from their JSON Schema. */
import type { FileSchema } from '../../src/template/file-schema.ts';
import { cell, table } from './markdown.ts';

/** One table for each kind of entry, the outermost first. Entries of a part that is named in `elsewhere` are left out. */
export function schemaReference(schema: FileSchema, elsewhere: readonly string[] = []): string {
  const parts: string[] = [];
  describe(schema, null, parts, elsewhere);
  return parts.join('\n\n');
}

function describe(
  schema: FileSchema,
  name: string | null,
  parts: string[],
  elsewhere: readonly string[],
): void {
  const entries = Object.entries(schema.properties ?? {}) as [string, FileSchema][];
  if (entries.length === 0) return;
  const needed = new Set(schema.required ?? []);
  const rows = entries.map(([key, value]) => [
    `\`${key}\`${needed.has(key) ? ' (needed)' : ''}`,
    cell(typeText(value)),
    cell(aboutText(value)),
  ]);
  const head = table(['key', 'is', ''], rows);
  parts.push(name === null ? head : `### \`${name}\`\n\n${head}`);
  for (const [key, value] of entries) {
    if (elsewhere.includes(key)) continue;
    for (const inner of [value, value.items, ...variantsOf(value.items)])
      if (isMapping(inner)) describe(inner, key, parts, elsewhere);
  }
}

/** Of entries that are a name or written out. */
const variantsOf = (items: FileSchema['items']): readonly unknown[] =>
  typeof items === 'object' && !Array.isArray(items) ? ((items as FileSchema).anyOf ?? []) : [];

const isMapping = (schema: unknown): schema is FileSchema =>
  typeof schema === 'object' && schema !== null && 'properties' in schema;

function typeText(schema: FileSchema): string {
  const { type, items, pattern } = schema;
  const choices = schema.enum;
  if (choices) return choices.map((choice) => `\`${String(choice)}\``).join(', ');
  if (schema.anyOf) return [...new Set((schema.anyOf as FileSchema[]).map(variantText))].join(' or ');
  if (type === 'array' && typeof items === 'object' && !Array.isArray(items))
    return `list of ${pluralOf(typeText(items))}`;
  if (type === 'object') return 'mapping';
  if (type === 'string') return pattern?.includes('smhd') ? 'duration' : pattern ? 'name' : 'text';
  if (type === 'integer' || type === 'number') return `number${bounds(schema)}`;
  return type === 'boolean' ? '`true`, `false`' : String(type);
}

/** Of several shapes: the list of built-in names is one of the names that may stand there. */
const variantText = (schema: FileSchema): string => (schema.enum ? 'name' : typeText(schema));

const plurals: Readonly<Record<string, string>> = {
  text: 'texts',
  name: 'names',
  number: 'numbers',
  mapping: 'mappings',
};
const pluralOf = (words: string): string =>
  words
    .split(' or ')
    .map((word) => plurals[word] ?? word)
    .join(' or ');

/** The limits that somebody might meet. */
function bounds({ minimum, exclusiveMinimum, maximum }: FileSchema): string {
  const least = minimum ?? (exclusiveMinimum === undefined ? undefined : `more than ${exclusiveMinimum}`);
  const most = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  if (most === undefined) return '';
  return typeof least === 'string' ? ` ${least}, up to ${most}` : ` from ${least ?? 0} to ${most}`;
}

function aboutText({ description, default: usual }: FileSchema): string {
  const isTold =
    usual !== undefined && !(Array.isArray(usual) && usual.length === 0) && typeof usual !== 'object';
  return [description ?? '', isTold ? `\`${String(usual)}\` unless told` : '']
    .filter((text) => text !== '')
    .join('; ');
}
