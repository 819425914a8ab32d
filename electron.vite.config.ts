/** Builds every program of the project into out/: main and the Node programs, the preload bridge, the renderer. */
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { licencesIn } from './build/licences.ts';
import manifest from './package.json' with { type: 'json' };

/** The oldest runtimes that one build must run on: Electron 33 (Chromium 130, Node 20.18). */
const nodeTarget = 'node20.18';
const browserTarget = 'chrome130';

export default defineConfig({
  main: {
    build: {
      target: nodeTarget,
      sourcemap: true,
      // Every program needs these at its start: to find and read their hundred files takes longer than to run them.
      externalizeDeps: { exclude: ['zod', 'birpc'] },
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          cli: 'src/cli/index.ts',
          worker: 'src/worker/index.ts',
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: nodeTarget,
      // A sandboxed preload script is CommonJS and has no node_modules: everything goes into the one file.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), tailwindcss()],
    define: {
      builtLicences: JSON.stringify(licencesIn(import.meta.dirname)),
      builtVersion: JSON.stringify(manifest.version),
    },
    build: {
      target: browserTarget,
      sourcemap: true,
      // What a window has to read before it shows anything; the maps beside it lead back to the sources.
      minify: true,
      // Nothing is inlined: the page's policy takes fonts from its own origin only.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: 'src/renderer/index.html' } },
    },
  },
});
