/** How many workers and calls to models a host may have at once: as it was started, else as was set, else the usual. */
import { join } from 'node:path';
import { z } from 'zod';
import type { PrivateDocument } from '../private-document.ts';
import { privateDocument } from '../private-document.ts';

const limitsSchema = z.strictObject({
  workers: z.number().int().min(1).max(1_000).optional(),
  llmCalls: z.number().int().min(1).max(10_000).optional(),
});

export interface HostLimits {
  readonly workers: number;
  readonly llmCalls: number;
}

export type LimitsDocument = PrivateDocument<z.output<typeof limitsSchema>>;

const usual: HostLimits = { workers: 8, llmCalls: 16 };

export const limitsDocument = (dataDir: string): LimitsDocument =>
  privateDocument(dataDir, join(dataDir, 'limits.json'), limitsSchema);

/** @param started what was named for this start @throws CoordError `DATA_DIR_UNUSABLE` */
export async function hostLimits(
  document: LimitsDocument,
  started: { readonly workers: number | undefined; readonly llmCalls: number | undefined },
): Promise<HostLimits> {
  const kept = await document.read();
  return {
    workers: started.workers ?? kept?.workers ?? usual.workers,
    llmCalls: started.llmCalls ?? kept?.llmCalls ?? usual.llmCalls,
  };
}
