/** The part of JSON Schema by which a plugin describes its settings: what a form can show, and no more. */
import { z } from 'zod';

const said = {
  title: z.string().trim().min(1).max(80).optional(),
  description: z.string().trim().min(1).max(500).optional(),
};

export const stringFormats = [
  /** Kept in the keychain; the plugin alone gets it. */
  'secret',
  /** An address with http, https, ws or wss. */
  'uri',
  /** An absolute path: the plugin may read and write below it. */
  'folder',
  /** Several lines. */
  'multiline',
] as const;

const stringSettingSchema = z.strictObject({
  ...said,
  type: z.literal('string'),
  format: z.enum(stringFormats).optional(),
  enum: z.array(z.string().max(200)).min(1).max(100).optional(),
  default: z.string().max(4_000).optional(),
  minLength: z.number().int().nonnegative().optional(),
  maxLength: z.number().int().positive().max(20_000).optional(),
  pattern: z
    .string()
    .max(300)
    .refine((pattern) => compiles(pattern), 'it is no regular expression')
    .optional(),
  /** Shown in an empty field. */
  examples: z.array(z.string().max(200)).max(5).optional(),
});

const numberSettingSchema = z.strictObject({
  ...said,
  type: z.enum(['number', 'integer']),
  default: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});

const booleanSettingSchema = z.strictObject({
  ...said,
  type: z.literal('boolean'),
  default: z.boolean().optional(),
});

const listSettingSchema = z.strictObject({
  ...said,
  type: z.literal('array'),
  items: z.strictObject({
    type: z.literal('string'),
    maxLength: z.number().int().positive().max(4_000).optional(),
  }),
  default: z.array(z.string().max(4_000)).max(200).optional(),
  maxItems: z.number().int().positive().max(200).optional(),
});

export const settingSchema = z.discriminatedUnion('type', [
  stringSettingSchema,
  numberSettingSchema,
  booleanSettingSchema,
  listSettingSchema,
]);

/** A name that is no property of every object: `__proto__` would be one. */
const settingName = z.string().regex(/^[a-z][A-Za-z0-9_]{0,39}$/, 'a name such as botToken');

export const settingsSchemaSchema = z
  .strictObject({
    $schema: z.string().max(200).optional(),
    type: z.literal('object'),
    properties: z.record(settingName, settingSchema),
    required: z.array(z.string().max(40)).default([]),
    additionalProperties: z.literal(false).optional(),
  })
  .superRefine(({ properties, required }, context) => {
    for (const name of required) {
      if (Object.hasOwn(properties, name)) continue;
      context.addIssue({ code: 'custom', path: ['required'], message: `there is no property “${name}”` });
    }
    for (const [name, setting] of Object.entries(properties)) {
      if (setting.type !== 'string' || setting.format !== 'secret' || setting.default === undefined) continue;
      context.addIssue({
        code: 'custom',
        path: ['properties', name, 'default'],
        message: 'a secret has no default: everybody could read it',
      });
    }
  });

export type Setting = z.output<typeof settingSchema>;
export type SettingsSchema = z.output<typeof settingsSchemaSchema>;

export const isSecret = (setting: Setting | undefined): boolean =>
  setting?.type === 'string' && setting.format === 'secret';

export type SettingValue = string | number | boolean | readonly string[];
export type Settings = Readonly<Record<string, SettingValue>>;

export interface SettingsProblem {
  /** The name of the setting; empty: it is about all of them. */
  readonly field: string;
  readonly message: string;
}

/** What a person gave, with the defaults of what they left out; or what is wrong with it, field by field. */
export function checkSettings(
  schema: SettingsSchema,
  given: Readonly<Record<string, unknown>>,
): { readonly settings: Settings; readonly problems: readonly SettingsProblem[] } {
  const problems: SettingsProblem[] = [];
  const settings: Record<string, SettingValue> = {};
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(schema.properties, name)) continue;
    const known = Object.keys(schema.properties);
    const there = known.length === 0 ? 'it has none' : `there are ${known.join(', ')}`;
    problems.push({ field: name, message: `there is no such setting; ${there}` });
  }
  for (const [name, setting] of Object.entries(schema.properties)) {
    const value = isLeftOut(given[name]) ? setting.default : given[name];
    if (value === undefined) {
      if (schema.required.includes(name)) problems.push({ field: name, message: 'it is needed' });
      continue;
    }
    const checked = valueSchema(setting).safeParse(value);
    if (checked.success) settings[name] = checked.data;
    // The words of the check never repeat the value, which may be a secret.
    else problems.push({ field: name, message: checked.error.issues[0]?.message ?? 'it is not valid' });
  }
  return { settings, problems };
}

/** An empty field of a form was left out. */
const isLeftOut = (value: unknown): boolean => value === undefined || value === null || value === '';

function valueSchema(setting: Setting): z.ZodType<SettingValue> {
  switch (setting.type) {
    case 'boolean':
      return z.boolean('it must be true or false');
    case 'array': {
      const items = z
        .string('each of it must be text')
        .max(setting.items.maxLength ?? 4_000, 'one of it is too long');
      return z
        .array(items, 'it must be a list')
        .max(setting.maxItems ?? 200, `at most ${setting.maxItems ?? 200}`);
    }
    case 'number':
    case 'integer':
      return numberSchema(setting);
    case 'string':
      return textSchema(setting);
  }
}

function numberSchema({ type, minimum, maximum }: z.output<typeof numberSettingSchema>): z.ZodType<number> {
  let schema = z.number('it must be a number');
  if (type === 'integer') schema = schema.int('it must be a whole number');
  if (minimum !== undefined) schema = schema.min(minimum, `it must be at least ${minimum}`);
  return maximum === undefined ? schema : schema.max(maximum, `it must be at most ${maximum}`);
}

function textSchema(setting: z.output<typeof stringSettingSchema>): z.ZodType<string> {
  const { format, minLength = 0, maxLength = 20_000, pattern } = setting;
  const choices = setting.enum;
  return z
    .string('it must be text')
    .min(minLength, `it needs at least ${minLength} characters`)
    .max(maxLength, `it may have at most ${maxLength} characters`)
    .refine(
      (value) => choices === undefined || choices.includes(value),
      `it must be one of ${choices?.join(', ')}`,
    )
    .refine(
      (value) => pattern === undefined || new RegExp(pattern, 'u').test(value),
      `it must look like ${setting.examples?.[0] ?? pattern}`,
    )
    .refine(
      (value) => format !== 'uri' || isAddress(value),
      'it must be an address such as https://example.com',
    )
    .refine((value) => format !== 'folder' || isAbsolute(value), 'it must be the whole path of a folder');
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

function isAddress(value: string): boolean {
  return URL.canParse(value) && /^(https?|wss?):$/.test(new URL(value).protocol);
}

/** Without `..`, which would lead somewhere else than it says. */
function isAbsolute(value: string): boolean {
  return /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(value) && !/(^|[\\/])\.\.([\\/]|$)/.test(value);
}
