/** Every file of the documentation that is made of the code. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createProgram } from '../../src/cli/program.ts';
import { fileSchema } from '../../src/template/file-schema.ts';
import { projectFolder } from '../project-folder.ts';
import { commandReference } from './command-reference.ts';
import { fillIn } from './markdown.ts';
import { schemaReference } from './schema-reference.ts';

/** @returns what each of them should be, by its path in the project */
export async function references(): Promise<ReadonlyMap<string, string>> {
  const [company, workflow] = [fileSchema('company'), fileSchema('workflow')];
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  const page = await readFile(path.join(projectFolder, 'docs', 'templates.md'), 'utf8');
  const withCompany = fillIn(page, 'company', schemaReference(company, ['workflows']));
  return new Map([
    ['schema/company.schema.json', json(company)],
    ['schema/workflow.schema.json', json(workflow)],
    ['docs/commands.md', commandReference(createProgram())],
    ['docs/templates.md', fillIn(withCompany, 'workflow', schemaReference(workflow))],
  ]);
}
