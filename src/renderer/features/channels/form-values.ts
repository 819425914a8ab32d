/** What stands in the fields of a form made from a plugin's schema, and the settings that it means. */
import type { Setting, SettingsSchema } from '../../../contract/plugin/settings-schema.ts';
import type { CoordError } from '../../../core/error.ts';

export type FormValues = Readonly<Record<string, string>>;
type Value = string | number | boolean | string[] | null;

export function isSecretSetting(setting: Setting): boolean {
  return setting.type === 'string' && setting.format === 'secret';
}

/** @param settings as they are; secrets are not among them */
export function formValues(
  { properties }: SettingsSchema,
  settings: Readonly<Record<string, unknown>>,
): FormValues {
  return Object.fromEntries(
    Object.entries(properties).map(([name, setting]) => [name, textOf(settings[name] ?? setting.default)]),
  );
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return Array.isArray(value) ? value.join('\n') : String(value);
}

/** An empty field takes its setting away; an empty secret stays as it is. */
export function settingsIn({ properties }: SettingsSchema, values: FormValues): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, setting]): [string, Value][] => {
      const text = values[name] ?? '';
      if (text === '') return isSecretSetting(setting) ? [] : [[name, null]];
      return [[name, meantBy(setting, text)]];
    }),
  );
}

function meantBy(setting: Setting, text: string): Value {
  switch (setting.type) {
    case 'boolean':
      return text === 'true';
    case 'number':
    case 'integer':
      // What is no number is refused by the host, with the field.
      return Number.isNaN(Number(text)) ? text : Number(text);
    case 'array':
      return text.split('\n').filter((line) => line.trim() !== '');
    case 'string':
      return text;
  }
}

/** The refusal of each field that has one. */
export function faultsIn(refusal: CoordError | null): ReadonlyMap<string, string> {
  const faults = refusal?.details['faults'];
  if (!Array.isArray(faults)) return new Map();
  return new Map(
    faults.flatMap((fault: { field?: unknown; message?: unknown }) =>
      typeof fault.field === 'string' && typeof fault.message === 'string'
        ? [[fault.field, fault.message]]
        : [],
    ),
  );
}
