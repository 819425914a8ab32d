/** Builds every program of the project into out/: main and the Node programs, the preload bridge, the renderer. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** The oldest runtimes that one build must run on: Electron 33 (Chromium 130, Node 20.18). */
const nodeTarget = 'node20.18';
const browserTarget = 'chrome130';

/** Each program of `out/main`, by the name of its file. */
const nodePrograms = {
  index: 'src/main/index.ts',
  cli: 'src/cli/index.ts',
  worker: 'src/worker/index.ts',
};

function existing(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries)
      .map(([name, path]) => [name, resolve(import.meta.dirname, path)] as const)
      .filter(([, path]) => existsSync(path)),
  );
}

const main = existing(nodePrograms);
const preload = existing({ index: 'src/preload/index.ts' });
const renderer = existing({ index: 'src/renderer/index.html' });
const hasEntries = (entries: Record<string, string>) => Object.keys(entries).length > 0;

export default defineConfig({
  ...(hasEntries(main) && {
    main: {
      build: {
        target: nodeTarget,
        sourcemap: true,
        rolldownOptions: {
          input: main,
          output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
  }),
  ...(hasEntries(preload) && {
    preload: {
      build: {
        target: nodeTarget,
        // A sandboxed preload script is CommonJS and has no node_modules: everything goes into the one file.
        externalizeDeps: false,
        rolldownOptions: { input: preload, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
      },
    },
  }),
  ...(hasEntries(renderer) && {
    renderer: {
      root: 'src/renderer',
      plugins: [react(), tailwindcss()],
      // Nothing is inlined: the page's policy takes fonts from its own origin only.
      build: {
        target: browserTarget,
        sourcemap: true,
        assetsInlineLimit: 0,
        rolldownOptions: { input: renderer },
      },
    },
  }),
});
