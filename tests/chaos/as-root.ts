/** Runs what only root may do to this machine, such as to mount a disk of a test's own. */
import { spawnSync } from 'node:child_process';

/** @throws Error when it is refused, with what this machine must allow */
export function asRoot(...command: readonly [string, ...string[]]): void {
  const [program = '', ...args] = process.getuid?.() === 0 ? command : ['sudo', '-n', ...command];
  const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status === 0) return;
  const why = error?.message ?? stderr.trim();
  throw new Error(
    `A disk of its own for this test can’t be had: “${command.join(' ')}” was refused (${why}). It needs Linux, and ` +
      'root, a sudo that asks for no password, or a container that may mount (--privileged)',
  );
}
