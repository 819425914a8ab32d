/** Every file of the documentation that is made of the code. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createProgram } from '../../src/cli/program.ts';
import { loadTemplates } from '../../src/template/builtin-templates.ts';
import { fileSchema } from '../../src/template/file-schema.ts';
import { projectFolder } from '../project-folder.ts';
import { roleReference, workflowReference } from './builtin-reference.ts';
import { commandReference } from './command-reference.ts';
import { fillIn } from './markdown.ts';
import { schemaReference } from './schema-reference.ts';

/** @returns what each of them should be, by its path in the project */
export async function references(): Promise<ReadonlyMap<string, string>> {
  const [company, workflow] = [fileSchema('company'), fileSchema('workflow')];
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  const templates = await loadTemplates(path.join(projectFolder, 'templates'));
  const page = (name: string) => readFile(path.join(projectFolder, 'docs', name), 'utf8');
  const withCompany = fillIn(await page('templates.md'), 'company', schemaReference(company, ['workflows']));
  return new Map([
    ['schema/company.schema.json', json(company)],
    ['schema/workflow.schema.json', json(workflow)],
    ['docs/concepts.md', fillIn(await page('concepts.md'), 'roles', roleReference())],
    ['docs/workflows.md', fillIn(await page('workflows.md'), 'workflows', workflowReference(templates))],
    ['docs/commands.md', commandReference(createProgram())],
    ['docs/templates.md', fillIn(withCompany, 'workflow', schemaReference(workflow))],
  ]);
}
