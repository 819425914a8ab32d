/** What can have happened to a conflict. */
import type { ConflictId } from '../ids.ts';
import type { Conflict, Resolution } from './conflict.ts';

export type ConflictEvent =
  | {
      readonly type: 'conflict.recorded';
      readonly conflict: Omit<Conflict, 'recordedAt' | 'resolution'>;
    }
  | ({
      readonly type: 'conflict.resolved';
      readonly conflictId: ConflictId;
    } & Omit<Resolution, 'at'>);
