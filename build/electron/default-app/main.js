/**
 * Loads the app that Electron was started with: `electron [switches] [-r module]... <folder or file> [arguments]`.
 * It stands in for Electron's own default app in the test runtime and behaves alike: modules given
 * with -r run first, and name, version and app path come from the folder's package.json.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

/** @param {readonly string[]} argv what follows the executable */
function readArguments(argv) {
  /** @type {string[]} */
  const preloads = [];
  for (let at = 0; at < argv.length; at += 1) {
    const argument = argv[at] ?? '';
    if (argument === '-r' || argument === '--require') {
      at += 1;
      preloads.push(argv[at] ?? '');
    } else if (argument.startsWith('--require=')) {
      preloads.push(argument.slice('--require='.length));
    } else if (!argument.startsWith('-')) {
      return { preloads, target: argument };
    }
  }
  return { preloads, target: undefined };
}

/**
 * Takes over the identity of the app in `folder`.
 * @param {string} folder
 */
function adoptPackage(folder) {
  const file = path.join(folder, 'package.json');
  if (!existsSync(file)) return;
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  app.setAppPath(folder);
  if (manifest.version) app.setVersion(manifest.version);
  const name = manifest.productName ?? manifest.name;
  if (name) app.setName(name);
  app.setDesktopName(manifest.desktopName ?? `${app.getName()}.desktop`);
}

const { preloads, target } = readArguments(process.argv.slice(1));
if (target === undefined) {
  process.stderr.write('Nothing to run: give the folder of an app, as in `electron .`\n');
  app.exit(2);
} else {
  process.defaultApp = true;
  const require = createRequire(path.join(process.cwd(), 'default-app.js'));
  for (const module of preloads) require(module);
  const full = path.resolve(target);
  try {
    adoptPackage(full);
    // Resolving a folder by require honours package.json's main; import() then loads ESM and CJS alike,
    // and Electron holds back `ready` until this module, and with it the app's main, has been evaluated.
    await import(pathToFileURL(require.resolve(full)).href);
  } catch (error) {
    process.stderr.write(
      `Could not start the app in ${full}:\n${error instanceof Error ? error.stack : error}\n`,
    );
    app.exit(1);
  }
}
