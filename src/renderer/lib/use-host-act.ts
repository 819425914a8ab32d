/** Does something at the host that is no command of the company, and keeps its state: under way, or refused and why. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Coordination } from '../../contract/rpc.ts';
import type { CoordError } from '../../core/error.ts';
import { useCoordination } from './company-context.tsx';
import { asCoordError } from './use-command.ts';

export interface HostAct {
  /** Resolves with null when it was refused; why is then in `refusal`. */
  readonly run: <Result>(
    act: (host: Coordination) => Promise<Result>,
  ) => Promise<{ readonly done: Result } | null>;
  readonly pending: boolean;
  readonly refusal: CoordError | null;
}

/** @param changes the beginning of the keys of the questions that are asked again afterwards */
export function useHostAct(changes: readonly string[]): HostAct {
  const coordination = useCoordination();
  const queries = useQueryClient();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<CoordError | null>(null);
  const run: HostAct['run'] = async (act) => {
    setPending(true);
    setRefusal(null);
    try {
      return { done: await act(coordination()) };
    } catch (error) {
      setRefusal(asCoordError(error));
      return null;
    } finally {
      setPending(false);
      void queries.invalidateQueries({ queryKey: changes });
    }
  };
  return { run, pending, refusal };
}
