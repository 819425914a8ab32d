/** `agentcoord locks`: who has locked which files; to hold a lock, and to let one go. */
import type { Command } from 'commander';
import type { AcquireOptions } from '../locks/hold-lock.ts';
import type { ReleaseOptions } from '../locks/release-lock.ts';
import { duration } from './shared-options.ts';

export function addLocksCommand(program: Command): void {
  const locks = program
    .command('locks')
    .description('see who has locked which files, and lock some yourself');
  locks
    .command('list', { isDefault: true })
    .description('list the locks that are held')
    .option('--scope <path or glob>', 'only those that share a path with it')
    .action(async ({ scope }: { scope?: string }, command: Command) => {
      const { listLocks } = await import('../locks/list-locks.ts');
      await listLocks(scope ?? null, command);
    });
  locks
    .command('acquire')
    .description('lock files and hold them until Ctrl-C')
    .argument('<path or glob>', 'with all below it: src/app.ts, docs, src/**/*.ts, {a,b}/c')
    .requiredOption('--intent <text>', 'what for: whoever waits reads it')
    .option(
      '--ttl <duration>',
      'how long it holds when this program is paused (default: the company’s lock_ttl)',
      duration,
    )
    .option('--wait <duration>', 'how long to wait for whoever has it (default: not at all)', duration)
    .option('--literal', 'a path as it is, with * ? [ { for themselves', false)
    .action(async (scope: string, options: AcquireOptions, command: Command) => {
      const { holdLock } = await import('../locks/hold-lock.ts');
      await holdLock(scope, options, command);
    });
  locks
    .command('release')
    .description('let a lock go')
    .argument('<lock>', 'its id, the beginning of it, or its scope')
    .option('--force', 'take it away from whoever has it; what they still write under it is refused', false)
    .option('--reason <text>', 'why it is taken away')
    .action(async (lock: string, options: ReleaseOptions, command: Command) => {
      if (options.force !== (options.reason !== undefined)) {
        command.error('error: --force and --reason go together: a lock is taken away for a reason');
      }
      const { releaseLock } = await import('../locks/release-lock.ts');
      await releaseLock(lock, options, command);
    });
}
