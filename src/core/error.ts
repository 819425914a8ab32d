/** The one error class of the product: a stable code to branch on, and words for a person. */

/** Every code there is; `errors.md` has one heading for each. */
export const errorCodes = [
  'AGENT_BUSY',
  'APPROVAL_REFUSED',
  'APPROVAL_UNSATISFIABLE',
  'ARTIFACT_CHANGED',
  'ARTIFACT_MISSING',
  'BAD_FRAME',
  'BAD_INPUT',
  'BUDGET_EXCEEDED',
  'CHECKS_FAILED',
  'COMPANY_AMBIGUOUS',
  'COMPANY_EXISTS',
  'CONSENT_REQUIRED',
  'DATA_DIR_IN_USE',
  'DATA_DIR_UNUSABLE',
  'DATABASE_DAMAGED',
  'DATABASE_TOO_NEW',
  'EPIC_UNSATISFIABLE',
  'FILE_CHANGED',
  'FILE_INVALID',
  'FOLLOW_TOO_SLOW',
  'FORBIDDEN',
  'GATE_NOT_WAITING',
  'HUMAN_REQUIRED',
  'IN_USE',
  'INTERNAL',
  'KEYCHAIN_UNAVAILABLE',
  'LAUNCH_FAILED',
  'LEASE_LOST',
  'LOCK_HELD',
  'LOCK_LOST',
  'LOG_UNAVAILABLE',
  'MODEL_UNUSABLE',
  'NAME_TAKEN',
  'NO_SUCH_MOMENT',
  'NOT_A_FILE',
  'NOT_CONNECTED',
  'NOT_DISTINCT',
  'NOT_ENTITLED',
  'NOT_FOUND',
  'NOT_IN_PERSON',
  'NOT_LINKED',
  'NOT_LOCKED',
  'NOTE_REQUIRED',
  'PATH_OUTSIDE',
  'PAUSED',
  'PLUGIN_FAILED',
  'PLUGIN_INVALID',
  'REDIS_UNPROTECTED',
  'RUNNER_FAILED',
  'SELF_APPROVAL',
  'SESSION_INVALID',
  'SLOT_FILLED',
  'TOO_LARGE',
  'TOO_MANY_LOCKS',
  'WORKSPACE_UNUSABLE',
  'WRONG_STATE',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Facts behind the words, for programs: ids, names, positions. Never a secret. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** What crosses a process line in place of the error itself. */
export interface CoordErrorJson {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/**
 * A refusal or a failure that a person may read.
 * The message says what was refused, why, and what to do; callers branch on `code`, never on the text.
 */
export class CoordError extends Error {
  override readonly name = 'CoordError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.details = details;
  }

  toJSON(): CoordErrorJson {
    return { code: this.code, message: this.message, details: this.details };
  }

  static fromJSON({ code, message, details }: CoordErrorJson): CoordError {
    return new CoordError(code, message, details);
  }
}
