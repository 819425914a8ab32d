/** A reason against something, as a value: what a rule answers before anybody decides to throw it. */
import type { ErrorCode, ErrorDetails } from './error.ts';
import { CoordError } from './error.ts';

export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

export function refusal(code: ErrorCode, message: string, details: ErrorDetails = {}): Refusal {
  return { code, message, details };
}

/** @throws CoordError the refusal, if there is one */
export function throwIfRefused(reason: Refusal | null): void {
  if (reason) throw new CoordError(reason.code, reason.message, reason.details);
}
