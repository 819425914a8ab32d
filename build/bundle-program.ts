/** Bundles a program of ours into one file of plain JavaScript, for a Node that reads no TypeScript. */
import path from 'node:path';
import { build } from 'vite';
import { projectFolder } from './project-folder.ts';

/**
 * Packages stay imports, to be found from where the file is written.
 * @param entry of the program, from the project's folder
 * @param file what is written; its folder is emptied before
 * @param target the oldest Node that is to run it, such as `node20.18`
 */
export async function bundleProgram(entry: string, file: string, target: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: projectFolder,
    build: {
      ssr: entry,
      outDir: path.dirname(file),
      emptyOutDir: true,
      target,
      rolldownOptions: { output: { entryFileNames: path.basename(file) } },
    },
  });
}
