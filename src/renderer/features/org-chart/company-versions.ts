/** The versions of a company's structure: what was changed at once, by whom, newest first; and the chart as it was then. */
import type { AuditEntry } from '../../../contract/audit.ts';
import type { Coordination } from '../../../contract/rpc.ts';
import type { Seq } from '../../../core/ids.ts';
import type { OrgChart } from '../../../core/org/chart/org-chart.ts';
import { chartOf } from '../../../core/org/chart/org-chart.ts';
import { restoreState } from '../../../core/state.ts';
import type { EpochMs } from '../../../core/units.ts';

export interface CompanyVersion {
  /** Of its last event: the moment at which all of it holds. */
  readonly seq: Seq;
  readonly at: EpochMs;
  readonly by: string;
  /** In words, what happened in it. */
  readonly what: readonly string[];
}

/** Kinds of events that change the structure; who is paused does not. */
const types = [
  'company.created',
  'company.configured',
  'role',
  'department',
  'team',
  'member.added',
  'member.changed',
  'member.removed',
  'workflow',
];

export interface VersionPage {
  readonly versions: readonly CompanyVersion[];
  readonly next: Seq | null;
}

export async function versionsBefore(
  host: Pick<Coordination, 'query'>,
  cursor: Seq | null,
): Promise<VersionPage> {
  const page = await host.query('audit', { types, cursor, limit: 400 });
  return { versions: groupVersions(page.entries), next: page.next };
}

/** @param entries the newest first */
export function groupVersions(entries: readonly AuditEntry[]): CompanyVersion[] {
  const versions: { seq: Seq; at: EpochMs; by: string; what: string[] }[] = [];
  for (const { seq, at, actor, what } of entries) {
    const last = versions.at(-1);
    if (last && last.at === at && last.by === actor.name) last.what.unshift(what);
    else versions.push({ seq, at, by: actor.name, what: [what] });
  }
  return versions;
}

export async function chartAt(host: Pick<Coordination, 'query'>, seq: Seq): Promise<OrgChart> {
  const snapshot = await host.query('snapshot', { at: { seq } });
  return chartOf(restoreState({ ...snapshot, tasks: [], gates: [], workers: [], threads: [] }));
}

/** As the company was founded: the first events of its log, which all happened at once. */
export async function foundingChart(host: Pick<Coordination, 'query'>): Promise<OrgChart> {
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
