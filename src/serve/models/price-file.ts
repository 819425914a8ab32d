/** What the person says of the prices of models, which goes before what we know: `model-prices.yaml` of the data directory. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { StatedPrice } from '../../contract/model-access.ts';
import { modelPriceSchema } from '../../contract/model-access.ts';
import { checkFile } from '../../template/check-file.ts';
import { fileInvalid } from '../../template/finding.ts';

const priceFileSchema = z.strictObject({ models: z.record(z.string().min(1).max(120), modelPriceSchema) });

export const priceFileIn = (dataDir: string): string => join(dataDir, 'model-prices.yaml');

/** @throws CoordError `FILE_INVALID` - with the line of each fault */
export async function readPriceFile(dataDir: string): Promise<Readonly<Record<string, StatedPrice>>> {
  const file = priceFileIn(dataDir);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return {};
  const checked = checkFile(text, file, priceFileSchema, () => []);
  if (checked.ok) return checked.file.models;
  throw fileInvalid(checked.findings);
}
