/** Brings Debian packages that the tests need to the machine, or names the command that does. */
import { findCommand } from './find-command.ts';
import { runAlone } from './run-alone.ts';
import { runCommand } from './run-command.ts';

/**
 * Makes sure that Debian packages are installed; does nothing where there is no dpkg.
 * @param names package names; `new | old` stands for whichever of the two this release has
 * @throws Error naming the one command to run, when packages are missing and this process is not root
 */
export async function ensureDebianPackages(names: readonly string[]): Promise<void> {
  if (!findCommand('dpkg-query') || (await stillMissing(names)).length === 0) return;
  await runAlone('debian-packages', async () => {
    const missing = await stillMissing(names);
    if (missing.length === 0) return;
    const isRoot = process.getuid?.() === 0;
    if (isRoot) await runCommand('apt-get', ['update', ...aptOptions], { env: aptEnvironment });
    const packages = missing.map(pickAvailable(await aptPolicy(missing)));
    if (!isRoot) throw new Error(missingPackagesMessage(packages));
    process.stderr.write(`Installing Debian packages: ${packages.join(' ')}\n`);
    await runCommand('apt-get', ['install', ...installOptions, ...aptOptions, ...packages], {
      env: aptEnvironment,
    });
  });
}

const aptEnvironment = { DEBIAN_FRONTEND: 'noninteractive' };
const aptOptions = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
const installOptions = ['-y', '--no-install-recommends'];

async function stillMissing(names: readonly string[]): Promise<string[]> {
  const fields = ['db:Status-Status', 'Package', 'Provides'].map((field) => `\${${field}}`);
  const format = `--showformat=${fields.join(' ')}\n`;
  return missingPackages(names, await runCommand('dpkg-query', ['--show', format]));
}

async function aptPolicy(names: readonly string[]): Promise<string> {
  return await runCommand('apt-cache', ['policy', ...names.flatMap(alternatives)]);
}

/**
 * @param installed one line a package: its status, its name, and what it provides (`a, b (= 1.0)`)
 * @returns those of `names` for which no alternative is installed or provided
 */
export function missingPackages(names: readonly string[], installed: string): string[] {
  const present = new Set<string>();
  for (const line of installed.split('\n')) {
    const [status, name, ...provides] = line.split(' ');
    if (status !== 'installed' || !name) continue;
    present.add(name);
    for (const entry of provides.join(' ').split(',')) present.add(entry.trim().replace(/[ :].*$/, ''));
  }
  return names.filter((name) => !alternatives(name).some((alternative) => present.has(alternative)));
}

/**
 * @param policy what `apt-cache policy` prints for every alternative
 * @returns a function from `new | old` to the first name that can be installed, else the last one
 */
export function pickAvailable(policy: string): (name: string) => string {
  const available = new Set(
    [...policy.matchAll(/^(\S+):\n.*\n {2}Candidate: (?!\(none\))/gm)].map(([, name]) => name),
  );
  return (name) => {
    const choices = alternatives(name);
    return choices.find((choice) => available.has(choice)) ?? choices.at(-1) ?? name;
  };
}

export function missingPackagesMessage(packages: readonly string[]): string {
  const install = ['apt-get', 'install', ...installOptions, ...packages].join(' ');
  const command = `sudo sh -c 'apt-get update && ${install}'`;
  return `Debian packages are missing, and only root may install them. Run this, then try again:\n  ${command}`;
}

function alternatives(name: string): string[] {
  return name.split('|').map((choice) => choice.trim());
}
