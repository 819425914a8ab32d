/** In short what became of rows: `state: ready → leased`. */
import type { RowChange } from '../../contract/audit.ts';

const longest = 40;

/** Of each row the fields that differ; a row that is new or gone is only named. */
export function changeText(changes: readonly RowChange[]): string {
  return changes.map(({ table, before, after }) => `${table}: ${rowText(before, after)}`).join('; ');
}

function rowText(before: object | null, after: object | null): string {
  if (before === null) return 'new';
  if (after === null) return 'gone';
  return fieldTexts(before, after).join(', ') || 'as it was';
}

/** Only the fields at the top: what is inside one is told by its name. */
export function fieldTexts(before: object, after: object): string[] {
  const [old, fresh] = [fieldsOf(before), fieldsOf(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
  return names
    .filter((name) => JSON.stringify(old[name]) !== JSON.stringify(fresh[name]))
    .map((name) => `${name}${valuesText(old[name], fresh[name])}`);
}

function valuesText(before: unknown, after: unknown): string {
  const texts = [before, after].map((value) => (isPlain(value) ? String(value) : null));
  const [from, to] = texts;
  return from === null || to === null ? ' changed' : `: ${cutText(from ?? '')} → ${cutText(to ?? '')}`;
}

const isPlain = (value: unknown): boolean => value === null || typeof value !== 'object';

const cutText = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

const fieldsOf = (row: object): Readonly<Record<string, unknown>> =>
  row as unknown as Readonly<Record<string, unknown>>;
