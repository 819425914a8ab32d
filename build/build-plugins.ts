/**
 * Builds what has to do with plugins: the program that runs them and the kit for their authors (out/plugin), and our own
 * channels (out/plugins), each in one file with all that it needs, since it may read nothing else.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { projectFolder } from './project-folder.ts';

const kit = join(projectFolder, 'src/contract/plugin/kit.ts');
/** Addons and the like that a package of a plugin uses when they are there. */
const optional = ['bufferutil', 'utf-8-validate', 'zlib-sync', 'supports-color'];

rmSync(join(projectFolder, 'out/plugins'), { recursive: true, force: true });
// It may not read what would tell a Node before 22 that it is a module: its name does.
await bundle('src/plugin-host/child/index.ts', 'out/plugin', 'runtime.mjs');
await bundle('src/contract/plugin/kit.ts', 'out/plugin', 'index.js');
await bundle('src/contract/plugin/fake-host.ts', 'out/plugin', 'testing.js');
for (const { name } of readdirSync(join(projectFolder, 'plugins'), { withFileTypes: true })) {
  await bundle(`plugins/${name}/index.ts`, `out/plugins/${name}`, 'index.js');
  copyFileSync(
    join(projectFolder, 'plugins', name, 'manifest.json'),
    join(projectFolder, 'out/plugins', name, 'manifest.json'),
  );
  // A plugin may read its own folder alone, and a Node before 22 asks there what kind of module it is.
  writeFileSync(join(projectFolder, 'out/plugins', name, 'package.json'), '{ "type": "module" }\n');
}

const compiler = join(projectFolder, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.plugin.json'], {
  cwd: projectFolder,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;

async function bundle(entry: string, outDir: string, file: string): Promise<void> {
  await build({
    root: projectFolder,
    configFile: false,
    logLevel: 'warn',
    resolve: { alias: { 'agentcoord/plugin': kit } },
    ssr: { noExternal: true, external: optional },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      target: 'node20.18',
      rolldownOptions: {
        external: optional,
        // discord.js has one for programs of many shards, which nothing of ours calls.
        checks: { eval: false },
        output: { entryFileNames: file, codeSplitting: false },
      },
    },
  });
}
