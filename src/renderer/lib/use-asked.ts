/** A question to the host, asked again whenever what it is about has changed; the last answer stays until the next is there. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { QueryAnswers, QueryInput, QueryName } from '../../contract/queries.ts';
import { useCoordination, useLive } from './company-context.tsx';
import { useMoment } from './moment.ts';
import { asCoordError } from './use-command.ts';

export interface Asked<Name extends QueryName> {
  /** Undefined until the first answer. */
  readonly answer: QueryAnswers[Name] | undefined;
  /** Why the host refused, in its words. */
  readonly refusal: string | null;
  readonly isAsking: boolean;
}

/** @param about what its answer depends on beside the question: a `seq`, a count */
export function useAsked<Name extends QueryName>(
  name: Name,
  input: QueryInput<Name>,
  about: readonly (string | number | null)[] = [],
): Asked<Name> {
  const coordination = useCoordination();
  const companyId = useLive(({ company }) => company?.id ?? null);
  const asOf = useMoment()?.seq ?? null;
  const { data, error, isFetching } = useQuery({
    queryKey: [companyId, asOf, name, input, ...about],
    queryFn: () => coordination().query(name, input),
    placeholderData: keepPreviousData,
    retry: false,
  });
  return { answer: data, refusal: error ? asCoordError(error).message : null, isAsking: isFetching };
}
