/** What went wrong with a call to a model: told apart by what there is to do, in words without the key. */
import { APICallError } from 'ai';
import type { ModelAccess } from '../../contract/model-access.ts';
import type { DurationMs } from '../../core/units.ts';
import { ms } from '../../core/units.ts';
import { saysNothingLeft, waitSaidIn } from '../quota-words.ts';

/**
 * `again`: in a moment. `rate`: when less was asked for some minutes. `quota`: the account has nothing left, for longer.
 * `overflow`: what was said is too much for the model. `unusable`: nobody but a person can put it right. `broken`: the
 * answer was none.
 */
export type FaultKind = 'again' | 'rate' | 'quota' | 'overflow' | 'unusable' | 'broken';

export interface ModelFault {
  readonly kind: FaultKind;
  /** A sentence without its full stop. */
  readonly words: string;
  /** How long the provider says to wait; null: it does not. */
  readonly wait: DurationMs | null;
}

/** Of one who asked too much: what else may be meant than too fast. */
const quotaWords = /credit balance|billing|usage limit|spend(?:ing)? limit|quota/i;
const overflowWords =
  /context[_ ](?:length|window)|maximum context|prompt is too long|too many (?:input )?tokens|input is too long|exceeds? the (?:model|available) context/i;
const unknownModelWords =
  /model[^.]{0,120}(?:not found|does not exist|not exist|unknown)|unknown model|not_found_error/i;

export function modelFault(
  error: unknown,
  { provider, baseUrl, key }: ModelAccess,
  model: string,
): ModelFault {
  const hidden = (text: string) => (key ? text.replaceAll(key, '[the key]') : text);
  const said = hidden(wordsOf(error));
  const fault = (kind: FaultKind, words: string, wait: DurationMs | null = null) => ({ kind, words, wait });
  const call = callErrorIn(error);
  if (call === null) return fault('broken', `The answer of ${provider} could not be used: ${said}`);
  const { statusCode, responseHeaders = {} } = call;
  const body = `${call.message} ${call.responseBody ?? ''}`;
  const wait = waitIn(responseHeaders) ?? waitSaidIn(body, Date.now());
  if (statusCode === undefined) {
    return fault(
      'again',
      `${provider} can’t be reached at ${baseUrl} (${said}); see whether base_url is right`,
    );
  }
  // Anthropic refuses an account without credit as a bad request, and others as forbidden.
  const isRefusedForMoney = [400, 403].includes(statusCode) && saysNothingLeft(body);
  if (statusCode === 402 || isRefusedForMoney || (statusCode === 429 && quotaWords.test(body))) {
    return fault('quota', `The quota at ${provider} is used up: ${said}`, wait);
  }
  if (statusCode === 401 || statusCode === 403) {
    const remedy = `set another with “agentcoord models set ${provider}”`;
    return fault('unusable', `${provider} refused the key (${statusCode}): ${said}; ${remedy}`);
  }
  if (statusCode === 413 || overflowWords.test(body)) {
    return fault('overflow', `More was said than ${model} can see at once: ${said}`);
  }
  if ([408, 409, 429].includes(statusCode) || statusCode >= 500) {
    return fault(statusCode === 429 ? 'rate' : 'again', `${provider} answered ${statusCode}: ${said}`, wait);
  }
  if (statusCode === 404 && !unknownModelWords.test(body)) {
    return fault(
      'unusable',
      `There is nothing of ${provider} at ${baseUrl} (404): ${said}; see whether base_url is right`,
    );
  }
  if (unknownModelWords.test(body)) {
    return fault(
      'unusable',
      `${provider} has no model “${model}”: ${said}; name another as the member’s model`,
    );
  }
  return fault('unusable', `${provider} refused the call (${statusCode}): ${said}`);
}

/** `Retry-After` is in seconds or a date; some send it in ms. */
function waitIn(headers: Readonly<Record<string, string>>): DurationMs | null {
  const inMs = Number(headers['retry-after-ms']);
  if (headers['retry-after-ms'] !== undefined && inMs >= 0) return ms(Math.ceil(inMs));
  const after = headers['retry-after'];
  if (after === undefined) return null;
  const seconds = Number(after);
  if (Number.isFinite(seconds)) return ms(Math.max(0, Math.ceil(seconds * 1_000)));
  const at = Date.parse(after);
  return Number.isNaN(at) ? null : ms(Math.max(0, at - Date.now()));
}

function callErrorIn(error: unknown): APICallError | null {
  if (APICallError.isInstance(error)) return error;
  const cause =
    error instanceof Error ? (error.cause ?? ('lastError' in error ? error.lastError : null)) : null;
  return cause instanceof Error ? callErrorIn(cause) : null;
}

/** Of a line; never the headers or the body of what was sent. */
function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\s+/g, ' ').trim().slice(0, 300).replace(/\.$/, '') || 'it gave no reason';
}
