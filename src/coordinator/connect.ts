/** One session with a host: nobody at first, and after `hello` a member of a company. Every transport gets its own. */
import type { Coordination } from '../contract/rpc.ts';
import { channelCalls } from './session-calls/channel-calls.ts';
import { companyCalls } from './session-calls/company-calls.ts';
import { entryCalls } from './session-calls/entry-calls.ts';
import { fileCalls } from './session-calls/file-calls.ts';
import { reviewCalls } from './session-calls/review-calls.ts';
import type { SessionHost } from './session-calls/session-host.ts';
import { staffingCalls } from './session-calls/staffing-calls.ts';
import { Standing } from './session-calls/standing.ts';
import { tokenCalls } from './session-calls/token-calls.ts';
import { workCalls } from './session-calls/work-calls.ts';

const never = new AbortController().signal;

/** @param ended aborts when the connection is gone: what still waits for an answer then ends */
export function connect(host: SessionHost, ended: AbortSignal = never): Coordination {
  const standing = new Standing(host, ended);
  return {
    ...entryCalls(standing),
    ...companyCalls(standing),
    ...workCalls(standing),
    ...fileCalls(standing),
    ...channelCalls(standing),
    ...tokenCalls(standing),
    ...reviewCalls(standing),
    ...staffingCalls(standing),
  };
}
