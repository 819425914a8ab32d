/** Which department everybody and everything of a chart belongs to, as its place among all. Pure. */
import type { OrgChart } from '../../../core/org/chart/org-chart.ts';

/** By the id of a department, team or member; what belongs to none has the place -1. */
export function placesOf(
  chart: Pick<OrgChart, 'departments' | 'teams' | 'members'>,
): ReadonlyMap<string, number> {
  const places = new Map<string, number>(chart.departments.map(({ id }, place) => [id, place]));
  for (const { id, departmentId } of chart.teams) places.set(id, places.get(departmentId) ?? -1);
  for (const { id, teamId } of chart.members)
    places.set(id, teamId === null ? -1 : (places.get(teamId) ?? -1));
  return places;
}
