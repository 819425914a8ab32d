/** The versions of a company's structure: what was changed at once, by whom, newest first; and the chart as it was then. */
import type { AuditEntry } from '../../../contract/audit.ts';
import type { Coordination } from '../../../contract/rpc.ts';
import type { Seq } from '../../../core/ids.ts';
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
  'company.template_merged',
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
