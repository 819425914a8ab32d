/** Which rule an agent follows that fits several. */
import type { CompanyState } from '../state.ts';
import type { Scaling } from './scaling.ts';

/** The rules by which of them an agent goes first: what is narrower comes before what is wider, then by name. */
export function rulesInOrder(state: CompanyState): Scaling[] {
  const width = ({ roleId, tag }: Scaling) => Number(roleId === null) + Number(tag === null);
  return [...state.scalings.values()].sort((a, b) => width(a) - width(b) || (a.id < b.id ? -1 : 1));
}
