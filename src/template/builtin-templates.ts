/** The companies and workflows that come with the product, read from its folder of templates. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompanyFileInput, WorkflowFileInput } from '../contract/templates.ts';
import type { CompanyFile } from '../core/org/company-file.ts';
import type { WorkflowFile } from '../core/workflow/workflow-file.ts';
import type { CheckedFile } from './check-file.ts';
import { fileInvalid } from './finding.ts';
import { readCompanyFile } from './read-company-file.ts';
import { readWorkflowFile } from './read-workflow-file.ts';

interface Template<Input, File> {
  readonly name: string;
  /** As it stands in the folder, with its comments. */
  readonly text: string;
  /** The data as YAML gives it. */
  readonly raw: Input;
  readonly file: File;
}

export type CompanyTemplate = Template<CompanyFileInput, CompanyFile>;
export type WorkflowTemplate = Template<WorkflowFileInput, WorkflowFile>;

/** Each by the name of its file, in the order of the names. */
export interface BuiltinTemplates {
  readonly companies: ReadonlyMap<string, CompanyTemplate>;
  readonly workflows: ReadonlyMap<string, WorkflowTemplate>;
}

/**
 * @param folder holds `companies/*.yaml` and `workflows/*.yaml`
 * @throws CoordError `FILE_INVALID` - one of them was damaged
 */
export async function loadTemplates(folder: string): Promise<BuiltinTemplates> {
  const workflows = await loadAll<WorkflowFileInput, WorkflowFile>(
    join(folder, 'workflows'),
    readWorkflowFile,
  );
  const names = new Set(workflows.keys());
  const companies = await loadAll<CompanyFileInput, CompanyFile>(join(folder, 'companies'), (text, file) =>
    readCompanyFile(text, file, names),
  );
  return { companies, workflows };
}

async function loadAll<Input, File>(
  folder: string,
  read: (text: string, fileName: string) => CheckedFile<File>,
): Promise<Map<string, Template<Input, File>>> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  const templates = files.map(async (fileName): Promise<[string, Template<Input, File>]> => {
    const path = join(folder, fileName);
    const text = await readFile(path, 'utf8');
    const checked = read(text, path);
    if (!checked.ok) throw fileInvalid(checked.findings);
    const name = fileName.slice(0, -'.yaml'.length);
    // It fits the schema, so it has the shape of the schema's input.
    return [name, { name, text, raw: checked.raw as Input, file: checked.file }];
  });
  return new Map(await Promise.all(templates));
}
