/** What follows from a change of the org model: gates that wait may be asked of other agents than before. */
import type { Context } from '../context.ts';
import type { CompanyEvent } from '../event.ts';
import { planReviews } from '../gate/review-tasks.ts';
import type { CompanyState } from '../state.ts';
import type { OrgEvent } from './org-events.ts';

export function orgConsequences(state: CompanyState, event: OrgEvent, context: Context): CompanyEvent[] {
  switch (event.type) {
    case 'role.defined':
    case 'role.removed':
    case 'member.added':
    case 'member.changed':
    case 'member.removed':
      return [...state.index.gatesByState.get('waiting')]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .flatMap((gate) => planReviews(state, gate, context));
    case 'company.created':
    case 'company.configured':
    case 'department.added':
    case 'department.changed':
    case 'department.removed':
    case 'team.added':
    case 'team.changed':
    case 'team.removed':
      return [];
  }
}
