/** How an error looks over HTTP: the status of each code, and a problem (RFC 9457) with what, where, why and what to do. */
import type { ServerResponse } from 'node:http';
import type { CoordError, ErrorCode, ErrorDetails } from '../../core/error.ts';
import type { ErrorGuide } from './error-guide.ts';

export interface Problem {
  /** Names the kind of problem; it is not an address. */
  readonly type: string;
  readonly status: number;
  /** What codes like this one mean. */
  readonly title: string;
  readonly code: ErrorCode;
  /** What was refused, why, and what to do about it here. */
  readonly detail: string;
  /** Places in the input, such as `stories.0.title`; none: the request as a whole. */
  readonly where: readonly string[];
  /** Where such a problem comes from, as a rule. */
  readonly why: string;
  readonly whatToDo: string;
  /** Facts for programs: ids, names, positions. */
  readonly details: ErrorDetails;
}

/** By code; what is not said here is a conflict with the state of things, which the request may come to fit later. */
const statuses: Partial<Record<ErrorCode, number>> = {
  BAD_FRAME: 400,
  BAD_INPUT: 400,
  FILE_INVALID: 400,
  PATH_OUTSIDE: 400,
  SESSION_INVALID: 401,
  APPROVAL_REFUSED: 403,
  FORBIDDEN: 403,
  HUMAN_REQUIRED: 403,
  NOT_DISTINCT: 403,
  NOT_ENTITLED: 403,
  NOT_IN_PERSON: 403,
  NOT_LINKED: 403,
  SELF_APPROVAL: 403,
  NOT_FOUND: 404,
  ARTIFACT_MISSING: 404,
  NO_SUCH_MOMENT: 404,
  TOO_LARGE: 413,
  COMPANY_AMBIGUOUS: 422,
  EPIC_UNSATISFIABLE: 422,
  APPROVAL_UNSATISFIABLE: 422,
  NOTE_REQUIRED: 422,
  BUDGET_EXCEEDED: 429,
  TOO_MANY_LOCKS: 429,
  INTERNAL: 500,
  DATABASE_DAMAGED: 500,
  DATABASE_TOO_NEW: 500,
  DATA_DIR_UNUSABLE: 500,
  PLUGIN_FAILED: 502,
  MODEL_UNUSABLE: 502,
  LOG_UNAVAILABLE: 503,
  NOT_CONNECTED: 503,
  KEYCHAIN_UNAVAILABLE: 503,
};

export const statusOf = (code: ErrorCode): number => statuses[code] ?? 409;

export function problemOf(
  { code, message, details }: CoordError,
  guide: ErrorGuide,
  status: number,
): Problem {
  const { meaning, cause, remedy } = guide(code);
  return {
    type: `urn:agentcoord:error:${code}`,
    status,
    title: meaning,
    code,
    detail: message,
    where: placesIn(details),
    why: cause,
    whatToDo: remedy,
    details,
  };
}

export function sendProblem(response: ServerResponse, problem: Problem): void {
  if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer realm="agentcoord"');
  response.writeHead(problem.status, { 'content-type': 'application/problem+json; charset=utf-8' });
  response.end(JSON.stringify(problem));
}

function placesIn({ faults }: ErrorDetails): string[] {
  if (!Array.isArray(faults)) return [];
  const places = faults.map((fault: { readonly at?: unknown }) => fault?.at);
  return places.filter((at): at is string => typeof at === 'string' && at !== '');
}
