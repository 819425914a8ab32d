/** At which line of a company file a refusal of the company belongs: where it names who it is about, or whence they are gone. Pure. */
import type { CoordError } from '../../../core/error.ts';
import type { OrgChart } from '../../../core/org/chart/org-chart.ts';

/** @param chart as it is without the text. @returns the first line where nothing in the text is to blame */
export function lineOfRefusal(text: string, chart: OrgChart, { details }: CoordError): number {
  const lines = text.split('\n');
  const { memberId, teamId, departmentId, roleId } = details;
  const member = chart.members.find(({ id }) => id === memberId);
  const team = chart.teams.find(({ id }) => id === (teamId ?? member?.teamId));
  const department = chart.departments.find(({ id }) => id === (departmentId ?? team?.departmentId));
  // Whoever is left out of the text stood in their team before, and that in its department.
  const names = [member?.name, details['name'], team?.name, department?.name].filter(
    (name) => typeof name === 'string',
  );
  const wanted = [
    ...names.map((name) => ['name', name] as const),
    ...(typeof roleId === 'string' ? [['id', roleId] as const, ['role', roleId] as const] : []),
  ];
  for (const [key, value] of wanted) {
    const at = lines.findIndex((line) => saysOf(line, key, value));
    if (at >= 0) return at + 1;
  }
  return 1;
}

/** `- { name: ann, …`, `name: "ann"` and the like; not in a comment. */
function saysOf(line: string, key: string, value: string): boolean {
  const escaped = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^[^#]*\\b${key}:\\s*(["']?)${escaped}\\1\\s*(?:[,}#]|$)`).test(line);
}
