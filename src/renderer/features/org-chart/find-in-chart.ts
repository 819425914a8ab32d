/** Finds members, teams and departments by words of their names, roles and tags. Pure. */
import type { Member } from '../../../core/org/org.ts';
import type { ChartLayout, Placed } from './chart-layout.ts';

/** Ids in the order of the drawing; null: nothing is looked for. */
export function findInChart(layout: ChartLayout, text: string): string[] | null {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  return layout.items
    .filter((item) => {
      const said = saidBy(item).toLowerCase();
      return words.every((word) => said.includes(word));
    })
    .map(({ id }) => id);
}

function saidBy(item: Placed): string {
  switch (item.kind) {
    case 'top':
      return '';
    case 'department':
      return item.department.name;
    case 'team':
      return item.team.name;
    case 'member':
      return saidOf(item.member);
  }
}

const saidOf = ({ name, roleIds, tags, kind }: Member): string => [name, ...roleIds, ...tags, kind].join(' ');
