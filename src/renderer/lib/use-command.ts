/** Gives a command to the host and keeps its state: under way, or refused and why. */
import { useCallback, useState } from 'react';
import type { Receipt } from '../../contract/rpc.ts';
import type { CommandInput } from '../../core/command.ts';
import { CoordError } from '../../core/error.ts';
import { useCoordination } from './company-context.tsx';

export interface CommandRun {
  /** Resolves with null when it was refused; the refusal is then in `refusal`. */
  readonly run: (command: CommandInput) => Promise<Receipt | null>;
  readonly pending: boolean;
  readonly refusal: CoordError | null;
  readonly clear: () => void;
}

export function useCommand(): CommandRun {
  const coordination = useCoordination();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<CoordError | null>(null);
  const run = useCallback(
    async (command: CommandInput) => {
      setPending(true);
      setRefusal(null);
      try {
        return await coordination().command(command);
      } catch (error) {
        setRefusal(asCoordError(error));
        return null;
      } finally {
        setPending(false);
      }
    },
    [coordination],
  );
  const clear = useCallback(() => setRefusal(null), []);
  return { run, pending, refusal, clear };
}

/** What a person is told about a failure of whatever kind. */
export function asCoordError(error: unknown): CoordError {
  if (error instanceof CoordError) return error;
  return new CoordError('INTERNAL', error instanceof Error ? error.message : String(error));
}
