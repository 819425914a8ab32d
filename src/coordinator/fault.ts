/** Tells a refusal, which is part of the work, from a fault of ours, which is not. */
import { CoordError } from '../core/error.ts';

/** Where faults of ours go: the host's log. Must not throw. */
export type OnFault = (error: unknown) => void;

/** The refusal itself; for anything else `INTERNAL`, after the fault was reported. */
export function refusalOf(error: unknown, onFault: OnFault): CoordError {
  if (error instanceof CoordError) return error;
  onFault(error);
  const words = error instanceof Error ? error.message : String(error);
  return new CoordError(
    'INTERNAL',
    `The host failed at this command (${words}); nothing was changed, and its log says more`,
    {},
    { cause: error },
  );
}
