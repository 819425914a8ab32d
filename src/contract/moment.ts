/** A moment in the life of a company: right after an event, or at an instant. */
import { z } from 'zod';
import { loggedSeqSchema } from '../core/ids.ts';
import { epochMsSchema } from '../core/units.ts';

export const momentSchema = z.union([
  z.strictObject({ seq: loggedSeqSchema }),
  z.strictObject({ time: epochMsSchema }),
]);

export type Moment = z.infer<typeof momentSchema>;

/** What a query is asked about; null: now. */
export const atSchema = momentSchema.nullable().default(null);

/** For what there is no past of. */
export const nowOnlySchema = z
  .null({ error: 'this can only be asked about now: of the past there is nothing to see. Leave it out' })
  .default(null);
