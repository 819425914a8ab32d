/** What a new company is made from: a built-in template, or a file that has been checked. */
import type { CompanySource } from '../../contract/templates.ts';
import { templatesFolder } from '../../serve/installation.ts';
import { loadTemplates } from '../../template/builtin-templates.ts';
import { fileInvalid } from '../../template/finding.ts';
import { readCompanyFile } from '../../template/read-company-file.ts';
import { looksLikePath, readNamedFile } from './named-file.ts';

/** @throws CoordError `NOT_FOUND`, `FILE_INVALID` - with file, line and column of each finding */
export async function companySource(given: string): Promise<CompanySource> {
  if (!looksLikePath(given)) return { template: given };
  const templates = await loadTemplates(templatesFolder);
  const { fileName, text } = await readNamedFile('company', given, templates);
  const checked = readCompanyFile(text, fileName, new Set(templates.workflows.keys()));
  if (!checked.ok) throw fileInvalid(checked.findings);
  return { file: checked.raw as Extract<CompanySource, { file: unknown }>['file'] };
}
