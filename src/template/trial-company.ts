/** Founds a company in memory alone, to see what it could finish before anybody relies on it. */
import type { CompanyDraft } from '../contract/templates.ts';
import { commandSchema } from '../core/command.ts';
import type { Context } from '../core/context.ts';
import { hostAlone } from '../core/context.ts';
import { CoordError } from '../core/error.ts';
import type { CompanyState } from '../core/state.ts';
import { emptyState } from '../core/state.ts';
import { transact } from '../core/transact.ts';
import type { EpochMs } from '../core/units.ts';
import type { SatisfiabilityReport } from '../core/workflow/satisfiability.ts';
import { checkSatisfiability } from '../core/workflow/satisfiability.ts';

/** @throws CoordError `BAD_INPUT` - the file isn't that of a company; read it with `readCompanyFile` first */
export function trialCompany(draft: CompanyDraft): CompanyState {
  const command = commandSchema.safeParse({ type: 'company.create', ...draft });
  if (!command.success) {
    throw new CoordError(
      'BAD_INPUT',
      `This is no company: ${command.error.issues[0]?.message ?? 'unreadable'}`,
    );
  }
  const state = emptyState();
  transact(state, command.data, trialContext());
  return state;
}

/** A report for each workflow of the company, in the order of their names. */
export function lintWorkflows(state: CompanyState): SatisfiabilityReport[] {
  return state.workflows.dump().map((workflow) => checkSatisfiability(state, workflow));
}

/** Its ids count up and its clock stands still: nothing of a trial is kept. */
function trialContext(): Context {
  let last = 0;
  const newId = (kind: string) => {
    last += 1;
    return `${kind}_${last}`;
  };
  return {
    ...hostAlone,
    now: 0 as EpochMs,
    actor: { kind: 'host' },
    newId: newId as Context['newId'],
    sha256: () => {
      throw new CoordError('INTERNAL', 'A trial company has no work, so nothing is hashed');
    },
  };
}
