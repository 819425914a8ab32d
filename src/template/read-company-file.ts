/** Reads a company file: the company as people wrote it, or every finding with line, column and fix. */
import { checkCompanyFile } from '../core/org/check-company-file.ts';
import type { CompanyFile } from '../core/org/company-file.ts';
import { companyFileSchema } from '../core/org/company-file.ts';
import type { CheckedFile } from './check-file.ts';
import { checkFile } from './check-file.ts';

/** @param workflows names of workflows that the file may list without writing them out */
export function readCompanyFile(
  text: string,
  fileName: string,
  workflows: ReadonlySet<string>,
): CheckedFile<CompanyFile> {
  const surroundings = { workflows, takenNames: new Set(['owner']) };
  return checkFile(text, fileName, companyFileSchema, (root) => checkCompanyFile(root, surroundings));
}
