/**
 * Writes into package-lock.json what npm leaves out of it, so that `npm ci` installs the same everywhere.
 * `npm run lockfile` runs it; do so after every change of dependencies.
 *
 * - Optional packages for other platforms that the registry in use does not hold. Without their entries `npm ci`
 *   refuses the lockfile. The exact version and the platform are enough: elsewhere npm skips the package.
 * - `gypfile: false` of packages that ship their addon compiled. npm reads it from the lockfile but does not
 *   write it, and else runs node-gyp, which fails on a machine without Python and headers.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from './project-folder.ts';

interface LockedPackage {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  gypfile?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const shipCompiled = ['better-sqlite3'];
const lockfilePath = path.join(projectFolder, 'package-lock.json');

if (import.meta.main) {
  const lockfile: { packages: Record<string, LockedPackage> } = JSON.parse(
    readFileSync(lockfilePath, 'utf8'),
  );
  const missing = missingPlatformPackages(lockfile.packages);
  const packages = { ...lockfile.packages, ...missing };
  for (const name of shipCompiled)
    packages[`node_modules/${name}`] = { ...packages[`node_modules/${name}`], gypfile: false };
  const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(lockfilePath, `${JSON.stringify({ ...lockfile, packages: sorted }, undefined, 2)}\n`);
  console.log(`package-lock.json: ${Object.keys(missing).length} platform packages added`);
}

/** The entries that are named as optional dependencies but have no entry of their own, by their place. */
export function missingPlatformPackages(
  packages: Record<string, LockedPackage>,
): Record<string, LockedPackage> {
  const missing: Record<string, LockedPackage> = {};
  for (const [place, parent] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      const entries = [`node_modules/${name}`, `${place}/node_modules/${name}`];
      if (place === '' || entries.some((entry) => entry in packages)) continue;
      missing[`node_modules/${name}`] = {
        version,
        ...(parent.dev && { dev: true }),
        optional: true,
        ...platformOf(name),
      };
    }
  }
  return missing;
}

/** Reads the platform out of a name such as `@scope/binding-linux-arm64-musl`. */
function platformOf(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> {
  const system = /-(android|darwin|freebsd|linux|openharmony|win32)-/.exec(name)?.[1];
  const cpu = /-(arm64|arm|ia32|ppc64|riscv64|s390x|wasm32|x64)(?=-|$)/.exec(name)?.[1];
  if (cpu === undefined || (system === undefined && cpu !== 'wasm32')) {
    throw new Error(
      `${name} is missing from package-lock.json and its name tells no platform: add it by hand`,
    );
  }
  const libc = system === 'linux' ? (name.includes('-musl') ? 'musl' : 'glibc') : undefined;
  return { ...(system && { os: [system] }), cpu: [cpu], ...(libc && { libc: [libc] }) };
}
