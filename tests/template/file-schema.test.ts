/** The JSON Schema that editors use finds at the same place what our own reading of a file finds there. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ErrorObject } from 'ajv';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../../build/project-folder.ts';
import type { FilePath } from '../../src/core/file-node.ts';
import type { FileKind } from '../../src/template/file-schema.ts';
import { fileSchema } from '../../src/template/file-schema.ts';
import { readCompanyFile } from '../../src/template/read-company-file.ts';
import { readWorkflowFile } from '../../src/template/read-workflow-file.ts';
import { YamlSource } from '../../src/template/yaml-source.ts';

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
const validators = {
  company: ajv.compile(fileSchema('company')),
  workflow: ajv.compile(fileSchema('workflow')),
};
const workflows = new Set(['feature', 'bug', 'launch', 'trading_strategy']);

/** `line:column` of each fault, by the schema alone. */
function placesBySchema(kind: FileKind, text: string): string[] {
  const source = new YamlSource(text);
  const validate = validators[kind];
  validate(source.raw);
  const places = narrowest(validate.errors ?? []).map(({ path: at, isKey }) => {
    const { line, column } = source.position(at, isKey ? 'key' : 'value');
    return `${line}:${column}`;
  });
  return [...new Set(places)].sort();
}

/** What is wrong at a place is wrong, too, of all that it is a variant of: only the innermost counts. */
function narrowest(errors: readonly ErrorObject[]): { path: FilePath; isKey: boolean }[] {
  const told = errors.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'propertyNames');
  const places = told.map(placeOf);
  return places.filter(
    ({ path: at }) =>
      !places.some((other) => other.path.length > at.length && at.every((part, n) => part === other.path[n])),
  );
}

function placeOf({ instancePath, keyword, params, propertyName }: ErrorObject): {
  path: FilePath;
  isKey: boolean;
} {
  const parts = instancePath
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
  const key = keyword === 'additionalProperties' ? String(params['additionalProperty']) : propertyName;
  return key === undefined ? { path: parts, isKey: false } : { path: [...parts, key], isKey: true };
}

function placesByUs(kind: FileKind, text: string): string[] {
  const read = kind === 'company' ? readCompanyFile(text, 'f', workflows) : readWorkflowFile(text, 'f');
  return read.ok ? [] : read.findings.map(({ line, column }) => `${line}:${column}`).sort();
}

const kinds = { companies: 'company', workflows: 'workflow' } as const;

describe.each(Object.entries(kinds))('%s that come with it', (folder, kind) => {
  it('fit the schema, each', async () => {
    const names = await readdir(path.join(projectFolder, 'templates', folder));
    for (const name of names) {
      const text = await readFile(path.join(projectFolder, 'templates', folder, name), 'utf8');
      expect(placesBySchema(kind, text), name).toEqual([]);
    }
    expect(names).toHaveLength(4);
  });
});

const step = (more: string) => `name: w\nsteps:\n  - { id: 1, title: T, role: pm${more} }\n`;
const member = (more: string) =>
  `name: X\ndepartments:\n  - name: d\n    teams:\n      - name: t\n        members:\n          - { name: a${more} }\n`;

describe('a broken file is refused at the same place', () => {
  it.each<[string, FileKind, string]>([
    ['a key that there is not', 'company', 'name: X\ndepartements: []\n'],
    ['a key of a member that there is not', 'company', member(', role: em, tag: [x]')],
    ['a key that is missing', 'company', member('')],
    ['a role that is no name', 'company', member(', role: QA Lead')],
    ['an unknown kind', 'company', member(', role: em, kind: robot')],
    ['text for a list', 'company', member(', role: em, tags: x')],
    ['text for a number', 'company', member(', role: em, max_concurrent: "2"')],
    ['a number that is too large', 'company', member(', role: em, max_concurrent: 101')],
    ['less than nothing', 'company', member(', role: em, budget: { money: -1 }')],
    ['a duration without a unit', 'company', 'name: X\npolicy: { lease: "90" }\n'],
    ['a name that is empty', 'company', 'name: ""\n'],
    ['a rule without its most', 'company', 'name: X\nscaling:\n  - { name: r }\n'],
    ['a workflow without steps', 'workflow', 'name: w\nsteps: []\n'],
    [
      'an unknown priority',
      'workflow',
      'name: w\npriority: SOON\nsteps:\n  - { id: 1, title: T, role: pm }\n',
    ],
    ['a gate without its place', 'workflow', step(', gates: [{ name: g, requires: { em: 1 } }]')],
    ['a gate that asks nobody', 'workflow', step(', gates: [{ name: g, position: after, requires: {} }]')],
    [
      'a gate that asks for half a person',
      'workflow',
      step(', gates: [{ name: g, position: after, requires: { em: 0.5 } }]'),
    ],
    [
      'a time-out that approves',
      'workflow',
      step(', gates: [{ name: g, position: after, requires: { em: 1 }, on_timeout: approve }]'),
    ],
    ['two faults', 'workflow', step(', complexity: 0, checks: x')],
  ])('%s', (_what, kind, text) => {
    const places = placesByUs(kind, text);
    expect(places).not.toEqual([]);
    expect(placesBySchema(kind, text)).toEqual(places);
  });
});

it('offers the roles and capabilities that every company has, and takes others', () => {
  expect(JSON.stringify(fileSchema('workflow'))).toContain('"support_lead"');
  expect(JSON.stringify(fileSchema('company'))).toContain('"approve_production_deploy"');
  expect(placesBySchema('workflow', 'name: w\nsteps:\n  - { id: 1, title: T, role: translator }\n')).toEqual(
    [],
  );
});
