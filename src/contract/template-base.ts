/** What a company took of its template last: what later versions of that are merged on. */
import type { Seq } from '../core/ids.ts';
import { companyFileOf } from '../core/org/chart/company-file-of.ts';
import type { OrgChart } from '../core/org/chart/org-chart.ts';
import { chartOf } from '../core/org/chart/org-chart.ts';
import type { CompanyFile } from '../core/org/company-file.ts';
import { companyFileSchema } from '../core/org/company-file.ts';
import { restoreState } from '../core/state.ts';
import type { Coordination } from './rpc.ts';

export interface TemplateAbout {
  readonly template: string;
  readonly version: number;
}

/** As the version was that was merged last; before any was, the company as it was founded. */
export async function templateBase(
  host: Pick<Coordination, 'query'>,
  about: TemplateAbout,
): Promise<CompanyFile> {
  const { entries } = await host.query('audit', { types: ['company.template_merged'], limit: 1 });
  const [last] = entries;
  if (last) {
    const [stored] = await host.query('events', { after: last.seq - 1, limit: 1 });
    if (stored?.event.type === 'company.template_merged') return stored.event.base;
  }
  return companyFileSchema.parse(companyFileOf(await foundingChart(host), about));
}

export async function chartAt(host: Pick<Coordination, 'query'>, seq: Seq): Promise<OrgChart> {
  const snapshot = await host.query('snapshot', { at: { seq } });
  return chartOf(restoreState({ ...snapshot, tasks: [], gates: [], workers: [], threads: [] }));
}

/** As the company was founded: the first events of its log, which all happened at once. */
async function foundingChart(host: Pick<Coordination, 'query'>): Promise<OrgChart> {
  let last = 0 as Seq;
  for (;;) {
    const events = await host.query('events', { after: last, limit: 1_000 });
    const [first] = events;
    if (!first) break;
    const founded = last === 0 ? first.at : null;
    const together = events.filter(
      ({ at, event }) => (founded === null || at === founded) && isFounding(event.type),
    );
    last = together.at(-1)?.seq ?? last;
    if (together.length < events.length || events.length < 1_000) break;
  }
  return chartAt(host, last);
}

function isFounding(type: string): boolean {
  return [
    'company.created',
    'role.defined',
    'department.added',
    'team.added',
    'member.added',
    'workflow.defined',
  ].includes(type);
}
