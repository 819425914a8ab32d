/** A program for the kill test: merges the same files again and again, each time with another text in all of them. */
import { writeSync } from 'node:fs';
import type { Change } from '../../../src/coordinator/workspace/apply-merge.ts';
import { applyMerge } from '../../../src/coordinator/workspace/apply-merge.ts';
import { hashOf } from '../../../src/coordinator/workspace/file-hash.ts';
import { finishMerge } from '../../../src/coordinator/workspace/merge-journal.ts';
import { openPlace } from '../../../src/coordinator/workspace/place.ts';
import { openRoot, stage } from '../../../src/coordinator/workspace/workspace-root.ts';
import type { CompanyId } from '../../../src/core/ids.ts';
import { mergedFiles } from './merged-files.ts';

const [folder = '', run = ''] = process.argv.slice(2);
const root = openRoot(folder, 'company_1' as CompanyId);
finishMerge(root);
for (let n = 0; ; n += 1) {
  const bytes = Buffer.from(`${run}/${n}`);
  const changes: Change[] = [];
  for (const file of mergedFiles) {
    const real = file.split('/');
    const place = openPlace(root, file, real, { create: true });
    if (!place) throw new Error(`${file} has no place`);
    const isRemoved = file === 'sometimes' && n % 2 === 1;
    const staged = isRemoved ? null : { name: await stage(root, bytes), hash: hashOf(bytes) };
    changes.push({ place, real, staged });
  }
  applyMerge(root, changes);
  for (const { place } of changes) place.close();
  if (n === 0) writeSync(1, 'merging');
}
