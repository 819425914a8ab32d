/** What a query may look at: one company, in the name of one of its members. */
import type { QueryAnswers, QueryName, QueryParams } from '../../contract/queries.ts';
import type { MemberId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { EpochMs } from '../../core/units.ts';
import type { OpenCompany } from '../open-company.ts';

export interface QueryScope {
  readonly company: OpenCompany;
  readonly memberId: MemberId;
  /** Aborts when whoever asked is gone. */
  readonly ended: AbortSignal;
}

export type Answer<Name extends QueryName> = (
  scope: QueryScope,
  params: QueryParams<Name>,
) => Promise<QueryAnswers[Name]>;

/** An answer that needs nothing but the state and the time. */
export function fromState<Name extends QueryName>(
  view: (state: CompanyState, params: QueryParams<Name>, now: EpochMs) => QueryAnswers[Name],
): Answer<Name> {
  return ({ company: { coordinator } }, params) =>
    coordinator.read((state) => view(state, params, coordinator.now()));
}
