/** Which packages the product contains, and under which licence each stands: by the lockfile, from what the code imports. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

type Lock = Readonly<Record<string, LockedPackage>>;

/** Name, version, licence. */
export type Licence = readonly [string, string, string];

/** What is bundled stands among the development dependencies: it is found where it is imported. */
const bundled = ['src/renderer', 'plugins'];

/** @returns by name */
export function licencesIn(folder: string): Licence[] {
  const { packages } = JSON.parse(readFileSync(path.join(folder, 'package-lock.json'), 'utf8')) as {
    packages: Lock;
  };
  const project = packages[''] ?? {};
  const roots = [
    ...Object.keys(project.dependencies ?? {}),
    ...bundled
      .flatMap((part) => importsUnder(path.join(folder, part)))
      .filter((name) => isDev(project, name)),
  ];
  const places = new Set<string>();
  for (const name of roots) follow(packages, '', name, places);
  const found = new Map<string, Licence>();
  for (const place of places) {
    const { version = '', license = 'see the package' } = packages[place] ?? {};
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    found.set(`${name}@${version}`, [name, version, license]);
  }
  return [...found.values()].sort(([a], [b]) => a.localeCompare(b));
}

const isDev = ({ devDependencies = {} }: LockedPackage, name: string): boolean =>
  Object.hasOwn(devDependencies, name);

/** As Node looks: in the folder of who asks, then in each above it. */
function follow(packages: Lock, from: string, name: string, places: Set<string>): void {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    const found = packages[place];
    if (found) {
      if (places.has(place)) return;
      places.add(place);
      const needs = { ...found.dependencies, ...found.optionalDependencies };
      for (const next of Object.keys(needs)) follow(packages, place, next, places);
      return;
    }
    if (at === '') return;
  }
}

/** The packages that the sources under a folder name. */
function importsUnder(folder: string): string[] {
  const names = new Set<string>();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(?:tsx?|css)$/.test(file)) continue;
    const source = readFileSync(path.join(folder, file), 'utf8');
    for (const [, name = ''] of source.matchAll(/(?:from|import) \(?['"]((?:@[\w.-]+\/)?[\w-][\w.-]*)/g))
      names.add(name);
  }
  return [...names];
}
