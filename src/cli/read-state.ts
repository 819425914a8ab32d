/** The whole state of the company that a session is bound to: what structure and workflows are read from. */
import type { Coordination } from '../contract/rpc.ts';
import type { CompanyState } from '../core/state.ts';
import { restoreState } from '../core/state.ts';

/** A copy of its own each time: whoever asks may try things on it. */
export async function readState(coordination: Coordination): Promise<CompanyState> {
  return restoreState(await coordination.query('snapshot', {}));
}
