/** Where a company keeps what its channels are set to. */
import { join } from 'node:path';
import { z } from 'zod';
import { storedChannelSchema } from '../../contract/channels.ts';
import type { PrivateDocument } from '../private-document.ts';
import { privateDocument } from '../private-document.ts';

const documentSchema = z.strictObject({ channels: z.array(storedChannelSchema) });

/** @param folder of the company */
export function channelDocument(
  dataDir: string,
  folder: string,
): PrivateDocument<z.output<typeof documentSchema>> {
  return privateDocument(dataDir, join(folder, 'channels.json'), documentSchema);
}
