/** Whether a host is fit to be asked, as those who run it want to know: without names, for anybody may ask. */

import type { ErrorCode } from '../core/error.ts';
import type { CompanyId } from '../core/ids.ts';

export interface HostHealth {
  readonly live: true;
  /** Every company of the host is open and its log takes what is written. */
  readonly ready: boolean;
  /** What keeps it from being ready. */
  readonly reasons: readonly {
    /** Null: the host as a whole. */
    readonly company: CompanyId | null;
    readonly code: ErrorCode;
    /** What the code means. */
    readonly meaning: string;
  }[];
}
