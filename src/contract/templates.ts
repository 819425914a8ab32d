/** The port through which a host reads company files and the built-in templates. */
import type { z } from 'zod';
import type { companyFileSchema } from '../core/org/company-file.ts';
import type { workflowFileSchema } from '../core/workflow/workflow-file.ts';

/** Files as YAML gives them, before defaults and conversions: the command that takes them checks them. */
export type CompanyFileInput = z.input<typeof companyFileSchema>;
export type WorkflowFileInput = z.input<typeof workflowFileSchema>;

/** A built-in template by name, or the content of a company file. */
export type CompanySource = { readonly template: string } | { readonly file: CompanyFileInput };

/** All that `company.create` needs: names of built-in workflows are replaced by the workflows. */
export interface CompanyDraft {
  readonly file: CompanyFileInput;
  readonly workflows: readonly WorkflowFileInput[];
}

/**
 * @throws CoordError `NOT_FOUND` - no such template or workflow, naming those there are
 * @throws CoordError `FILE_INVALID` - with file, line and column of each fault
 */
export type ReadCompanyDraft = (source: CompanySource) => Promise<CompanyDraft>;
