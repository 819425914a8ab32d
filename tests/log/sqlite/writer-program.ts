/** The program of the thread that writes a log, as it stands in the sources. */
import { fileURLToPath } from 'node:url';

export const writerProgram = fileURLToPath(
  new URL('../../../src/log/sqlite/writer-thread.ts', import.meta.url),
);
