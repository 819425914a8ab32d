/** In short what became of rows: `state: ready → leased`. */
import type { RowChange } from '../../contract/audit.ts';
import type { MemberId } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import { isoTime, relativeTime } from './time-text.ts';

const longest = 40;
const memberId = /^member_[0-9a-z]{10}$/;
/** How rows call their instants, the core's `EpochMs`; a number by another name is a count or a length. */
const instantName = /^(?:at|until|deadline)$|(?:At|Since)$/;

/** When it is told, and by what names. */
export interface Telling {
  readonly now: EpochMs;
  /** Of a member; the id itself of one who has left. */
  readonly nameOf: (id: MemberId) => string;
}

/** Of each row the fields that differ; a row that is new or gone is only named. */
export function changeText(changes: readonly RowChange[], telling: Telling): string {
  return changes.map(({ table, before, after }) => `${table}: ${rowText(before, after, telling)}`).join('; ');
}

function rowText(before: object | null, after: object | null, telling: Telling): string {
  if (before === null) return 'new';
  if (after === null) return 'gone';
  return fieldTexts(before, after, telling).join(', ') || 'as it was';
}

/** Only the fields at the top: what is inside one is told by its name. */
export function fieldTexts(before: object, after: object, telling: Telling): string[] {
  const [old, fresh] = [fieldsOf(before), fieldsOf(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
  return names
    .filter((name) => JSON.stringify(old[name]) !== JSON.stringify(fresh[name]))
    .map((name) => {
      const values = [old[name], fresh[name]];
      const texts = instantName.test(name)
        ? instantTexts(values, telling.now)
        : values.map((value) => plainValue(value, telling.nameOf));
      const [from = null, to = null] = texts;
      return from === null || to === null ? `${name} changed` : `${name}: ${cutText(from)} → ${cutText(to)}`;
    });
}

/** How long ago or ahead; the exact time where that says the same of both. */
function instantTexts(values: readonly unknown[], now: EpochMs): (string | null)[] {
  const inWords = (say: (at: EpochMs) => string) =>
    values.map((value) => (typeof value === 'number' ? say(value as EpochMs) : plainValue(value)));
  const texts = inWords((at) => relativeTime(at, now));
  return texts[0] === texts[1] ? inWords(isoTime) : texts;
}

/** Null: it is a row or a list. */
function plainValue(value: unknown, nameOf?: Telling['nameOf']): string | null {
  if (value === null || value === undefined) return 'none';
  if (nameOf && typeof value === 'string' && memberId.test(value)) return nameOf(value as MemberId);
  return typeof value === 'object' ? null : String(value);
}

const cutText = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

const fieldsOf = (row: object): Readonly<Record<string, unknown>> =>
  row as unknown as Readonly<Record<string, unknown>>;
