/** What a query may look at: one company, in the name of one of its members. */
import type { Moment } from '../../contract/moment.ts';
import type { QueryAnswers, QueryName, QueryParams } from '../../contract/queries.ts';
import type { MemberId, WorkerId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { EpochMs } from '../../core/units.ts';
import type { OpenCompany } from '../open-company.ts';

export interface QueryScope {
  readonly company: OpenCompany;
  readonly memberId: MemberId;
  /** The worker that asks for itself; null: none does. */
  readonly workerId: WorkerId | null;
  /** Aborts when whoever asked is gone. */
  readonly ended: AbortSignal;
}

export type Answer<Name extends QueryName> = (
  scope: QueryScope,
  params: QueryParams<Name>,
) => Promise<QueryAnswers[Name]>;

/** Queries that the past has an answer to, too. */
type TimelessName = {
  [Name in QueryName]: QueryParams<Name> extends { readonly at: Moment | null } ? Name : never;
}[QueryName];

/** An answer that needs nothing but the state and the time: those of now, or of the moment that is asked about. */
export function fromState<Name extends TimelessName>(
  view: (state: CompanyState, params: QueryParams<Name>, now: EpochMs) => QueryAnswers[Name],
): Answer<Name> {
  return ({ company: { coordinator } }, params) =>
    coordinator.readAt(params.at as Moment | null, (state, now) => view(state, params, now));
}
