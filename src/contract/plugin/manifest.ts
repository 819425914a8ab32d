/** What a plugin says of itself in `manifest.json`, checked before anything of it runs. */
import { z } from 'zod';
import { settingsSchemaSchema } from './settings-schema.ts';

/** The version of everything in this folder. A minor one adds; a plugin for a lower one of the same major goes on working. */
export const pluginApiVersion = '1.0.0';

export const capabilities = [
  /** Plain text; every channel has it. */
  'text',
  /** Answers stand below what they answer. */
  'thread',
  /** Title, fields and Markdown rather than one text. */
  'rich',
  /** Buttons. */
  'actions',
  /** What was sent can be changed. */
  'edit',
  /** A message to one person alone. */
  'dm',
  /** People answer from there. */
  'inbound',
  /** Writes to the terminal in which the host runs. */
  'terminal',
] as const;
export type Capability = (typeof capabilities)[number];

const text = (longest: number) => z.string().trim().min(1).max(longest);

/** `slack.com` is that host alone, `*.slack.com` each below it; a port, if any, stands after a colon and is the only one. */
const hostPattern =
  /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?$|^\[[0-9a-f:]+\](:[0-9]{1,5})?$/;

const settingPattern = /^\{[A-Za-z][A-Za-z0-9_]{0,39}\}$/;

const semver = /^\d{1,6}\.\d{1,6}\.\d{1,6}(-[0-9A-Za-z.-]{1,40})?$/;

export const manifestSchema = z.strictObject({
  id: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/,
      'lower case letters, digits and -, 3 to 40 of them, a letter first',
    ),
  version: z.string().regex(semver, 'a version such as 1.2.0'),
  /** Which versions of this API it works with: `1`, `1.0`, `^1.0.0`, `1.x`. */
  apiVersion: z.string().regex(/^\^?\d{1,4}(\.(\d{1,4}|x)){0,2}$/, 'a range such as ^1.0.0'),
  displayName: text(60),
  description: text(300).optional(),
  author: text(100).optional(),
  homepage: z
    .url({ protocol: /^https$/ })
    .max(300)
    .optional(),
  kind: z.literal('channel'),
  capabilities: z
    .array(z.enum(capabilities))
    .min(1)
    .refine((names) => names.includes('text'), 'every channel has text')
    .refine((names) => new Set(names).size === names.length, 'each one once'),
  /**
   * The only machines that it talks to. `{setting}` stands for the host of an address that is a setting of it, such as
   * `{server}`: whoever sets it up says so.
   */
  hosts: z
    .array(
      z
        .string()
        .max(253)
        .refine(
          (host) => hostPattern.test(host) || settingPattern.test(host),
          'a host such as api.example.com or *.example.com, with a port if need be, or the name of a setting in braces',
        ),
    )
    .max(50)
    .default([]),
  configSchema: settingsSchemaSchema.default({ type: 'object', properties: {}, required: [] }),
  /** The module that is its default export, beside the manifest. */
  main: z
    .string()
    .max(200)
    .regex(
      /^(?!.*(^|\/)\.\.?(\/|$))[A-Za-z0-9_][A-Za-z0-9_./-]*\.m?js$/,
      'a .js file in the folder of the plugin',
    )
    .default('index.js'),
});

export type Manifest = z.output<typeof manifestSchema>;

/** Whether a plugin that asks for this range works with this version. */
export function fitsApi(range: string, version: string = pluginApiVersion): boolean {
  const [major, minor] = version.split('.').map(Number);
  const [wantedMajor, wantedMinor] = range.replace('^', '').split('.');
  if (Number(wantedMajor) !== major) return false;
  return wantedMinor === undefined || wantedMinor === 'x' || Number(wantedMinor) <= (minor ?? 0);
}
