/** Makes all that the creation of a company needs out of a template's name or a company file. */
import type { CompanyFileInput, ReadCompanyDraft } from '../contract/templates.ts';
import { CoordError } from '../core/error.ts';
import { FileNode } from '../core/file-node.ts';
import { suggestion } from '../core/nearest-name.ts';
import type { BuiltinTemplates } from './builtin-templates.ts';

export function companyDraftReader(templates: BuiltinTemplates): ReadCompanyDraft {
  return async (source) => {
    const file = 'file' in source ? source.file : companyTemplate(templates, source.template);
    // The file comes from a client and may be of any shape; the command that takes it says what is wrong with it.
    const entries = new FileNode(file).get('workflows').items();
    const names = entries.flatMap((entry) => entry.text() ?? []);
    const workflows = names.map((name) => find(templates.workflows, name, 'workflow').raw);
    return { file, workflows };
  };
}

function companyTemplate({ companies }: BuiltinTemplates, name: string): CompanyFileInput {
  return find(companies, name, 'template').raw;
}

function find<Item>(items: ReadonlyMap<string, Item>, name: string, what: string): Item {
  const item = items.get(name);
  if (item) return item;
  throw new CoordError('NOT_FOUND', `There is no ${what} \`${name}\`: ${suggestion(name, items.keys())}`, {
    name,
  });
}
