/** Finds the workflow that a person names. */
import { CoordError } from '../../core/error.ts';
import { suggestion } from '../../core/nearest-name.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Workflow } from '../../core/workflow/workflow.ts';

/** @throws CoordError `NOT_FOUND` */
export function findWorkflow(state: CompanyState, name: string): Workflow {
  const workflows = state.workflows.dump();
  const found = workflows.find(({ id }) => id === name);
  if (found) return found;
  const known = workflows.map(({ id }) => id);
  throw new CoordError('NOT_FOUND', `The company has no workflow ${name}: ${suggestion(name, known)}`, {
    workflow: name,
  });
}
