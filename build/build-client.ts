/** Builds the library for scripts into out/client: one module for Node, and the types that it is published with. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'vite';
import { projectFolder } from './project-folder.ts';

await build({
  root: projectFolder,
  configFile: false,
  logLevel: 'warn',
  build: {
    // Packages stay imports: package.json names them.
    ssr: 'src/client/index.ts',
    outDir: 'out/client',
    target: 'node20.18',
    sourcemap: true,
    rolldownOptions: { output: { entryFileNames: 'index.js' } },
  },
});

const compiler = join(projectFolder, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.client.json'], {
  cwd: projectFolder,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
