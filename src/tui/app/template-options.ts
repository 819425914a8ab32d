/** The companies that a newcomer may choose from: who is in each, and which of its workflows it can finish. */
import type { BuiltInTemplates } from '../../contract/rpc.ts';
import { lintWorkflows, trialCompany } from '../../template/trial-company.ts';
import { piece } from '../text/line.ts';
import { prose } from '../text/prose.ts';
import { stuckBecause } from '../text/stuck-because.ts';
import type { Option } from './pick.tsx';

type Template = BuiltInTemplates['companies'][number];

export interface CompanyChoice {
  readonly template: Template;
  /** In the order of their names. */
  readonly finishable: readonly string[];
  readonly stuck: readonly { readonly name: string; readonly because: string }[];
}

/** The most usual comes first; the others follow by name. */
const usualTemplate = 'startup';

/** Those that have somebody in them. */
export function companyChoices({ companies, workflows }: BuiltInTemplates): CompanyChoice[] {
  const staffed = companies.filter((template) => membersOf(template).length > 0);
  const first = staffed.filter(({ template }) => template === usualTemplate);
  const others = staffed.filter(({ template }) => template !== usualTemplate);
  return [...first, ...others].map((template) => {
    const named = workflows.filter(({ name }) => template.workflows?.includes(name));
    const reports = lintWorkflows(trialCompany({ file: template, workflows: named }));
    return {
      template,
      finishable: reports.filter(({ finishable }) => finishable).map(({ workflow }) => workflow),
      stuck: reports
        .filter(({ finishable }) => !finishable)
        .map(({ workflow, findings }) => ({ name: workflow, because: stuckBecause(findings) })),
    };
  });
}

export function optionOf({ template, finishable, stuck }: CompanyChoice, width: number): Option {
  const { name, departments = [] } = template;
  const runs = finishable.length === 0 ? 'the workflows that you give it' : finishable.join(', ');
  return {
    id: template.template ?? name,
    line: [
      piece('strong', name.padEnd(14)),
      piece(
        'over',
        `${membersOf(template).length} agents in ${departments.length} departments, and you as the owner`,
      ),
    ],
    detail: [
      ...prose(`It runs ${runs}.`, width, 'alive'),
      ...stuck.flatMap((one) => prose(`✗ It can’t finish ${one.name} yet: ${one.because}`, width, 'waiting')),
      ...departments.flatMap((department) => {
        const members = (department.teams ?? []).flatMap((team) => team.members ?? []);
        const words = `${department.name}: ${members.map((member) => `${member.name} (${member.role})`).join(', ')}`;
        return prose(words, width, 'over');
      }),
    ],
  };
}

const membersOf = ({ departments = [] }: Template) =>
  departments.flatMap(({ teams = [] }) => teams).flatMap(({ members = [] }) => members);
