/** `npm run package [-- TARGET …]`: builds what people install, of this checkout, into `dist/`. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { PackageTarget } from './package/build-packages.ts';
import { buildPackages, packageTargets } from './package/build-packages.ts';
import { projectFolder } from './project-folder.ts';

const usage = `npm run package [-- TARGET … --electron DIR --out DIR]

Targets: ${packageTargets.join(', ')}; left out: those of this system.
--electron DIR   the Electron to put in; left out: the one of package.json, which is fetched
--out DIR        where the packages go; left out: dist`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { electron: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean' } },
});
const unknown = positionals.filter((name) => !isTarget(name));
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) console.error(`There is no target ${unknown.join(', ')}.\n`);
  console.log(usage);
  process.exitCode = unknown.length > 0 ? 2 : 0;
} else {
  const files = await buildPackages({
    targets: positionals.filter(isTarget),
    out: path.resolve(values.out ?? path.join(projectFolder, 'dist')),
    electronDist: values.electron === undefined ? null : path.resolve(values.electron),
  });
  for (const file of files) console.log(file);
}

function isTarget(name: string): name is PackageTarget {
  return packageTargets.some((target) => target === name);
}
