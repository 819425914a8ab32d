/** Runs the command of its first argument as a worker does, and prints what it says: a test kills it meanwhile. */
import { minutes } from '../../src/core/units.ts';
import { minimalEnvironment } from '../../src/process/minimal-environment.ts';
import { runShell } from '../../src/runners/run-shell.ts';

await runShell({
  command: process.argv[2] ?? '',
  folder: process.cwd(),
  environment: minimalEnvironment(),
  timeout: minutes(5),
  signal: new AbortController().signal,
  onLine: (line) => void process.stdout.write(`${line}\n`),
});
