/** Whether the company can finish one of its workflows. */
import type { QueryParams } from '../../contract/queries.ts';
import { CoordError } from '../../core/error.ts';
import type { CompanyState } from '../../core/state.ts';
import type { SatisfiabilityReport } from '../../core/workflow/satisfiability.ts';
import { checkSatisfiability } from '../../core/workflow/satisfiability.ts';

/** @throws CoordError `NOT_FOUND` - naming the workflows there are */
export function satisfiabilityOf(
  state: CompanyState,
  { workflow: name }: QueryParams<'satisfiability'>,
): SatisfiabilityReport {
  const workflow = state.workflows.get(name);
  if (workflow) return checkSatisfiability(state, workflow);
  const known = state.workflows.dump().map(({ id }) => id);
  throw new CoordError(
    'NOT_FOUND',
    known.length > 0
      ? `This company has no workflow ${name}. It has: ${known.join(', ')}`
      : `This company has no workflow ${name}: it has none at all yet`,
    { workflow: name, known },
  );
}
