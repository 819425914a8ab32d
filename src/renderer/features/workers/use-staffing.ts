/** What the host starts workers with, looked at anew while somebody looks, and the change of its limits. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Coordination } from '../../../contract/rpc.ts';
import type { CodingAgent, Staffing } from '../../../contract/staffing.ts';
import { useConnectionStatus, useCoordination, useLive } from '../../lib/company-context.tsx';
import { asCoordError } from '../../lib/use-command.ts';
import { isUp } from './worker-tasks.ts';

const pollMs = 5_000;
const key = ['staffing'];

export interface AskedHost<Answer> {
  /** Undefined until the first answer. */
  readonly answer: Answer | undefined;
  /** Why the host does not say, in its words. */
  readonly refusal: string | null;
}

export function useStaffing(): AskedHost<Staffing> {
  const coordination = useCoordination();
  const isLive = useConnectionStatus().kind === 'live';
  // Asked at once when one starts or ends.
  const up = useLive((state) => [...state.workers.values()].filter(isUp).length);
  const { data, error } = useQuery({
    queryKey: [...key, up],
    queryFn: () => coordination().staffing(),
    placeholderData: keepPreviousData,
    enabled: isLive,
    refetchInterval: pollMs,
    retry: false,
  });
  return { answer: data, refusal: error ? asCoordError(error).message : null };
}

/** Each program is asked for its version: once while the app is open, and again on demand. */
export function useCodingAgents(): AskedHost<readonly CodingAgent[]> & {
  readonly isAsking: boolean;
  readonly askAgain: () => void;
} {
  const coordination = useCoordination();
  const isLive = useConnectionStatus().kind === 'live';
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['coding-agents'],
    queryFn: () => coordination().codingAgents(),
    enabled: isLive,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return {
    answer: data,
    refusal: error ? asCoordError(error).message : null,
    isAsking: isFetching,
    askAgain: () => void refetch(),
  };
}

export interface LimitsAct {
  /** Resolves with whether they hold now. */
  readonly set: (limits: Parameters<Coordination['setLimits']>[0]) => Promise<boolean>;
  readonly pending: boolean;
  readonly refusal: string | null;
}

export function useLimits(): LimitsAct {
  const coordination = useCoordination();
  const queries = useQueryClient();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const set: LimitsAct['set'] = async (limits) => {
    setPending(true);
    setRefusal(null);
    try {
      queries.setQueriesData({ queryKey: key }, await coordination().setLimits(limits));
      return true;
    } catch (error) {
      setRefusal(asCoordError(error).message);
      return false;
    } finally {
      setPending(false);
    }
  };
  return { set, pending, refusal };
}
