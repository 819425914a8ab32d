/** The bytes of an artifact, checked against its hash. */
import type { Answer } from './query-scope.ts';

export const artifact: Answer<'artifact'> = async ({ company }, { hash }) => {
  const bytes = await company.artifacts.read(hash);
  return { base64: Buffer.from(bytes).toString('base64') };
};
