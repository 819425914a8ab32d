/** `agentcoord files`: the files that the company works on, read and written under locks. */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { artifactHashSchema, seqSchema } from '../../core/ids.ts';
import type { AcquireOptions } from '../locks/hold-lock.ts';
import type { ChangeOptions } from '../workspace/change-files.ts';
import { duration } from './shared-options.ts';

export function addFilesCommand(program: Command): void {
  const files = program
    .command('files')
    .description('read and write the files that the company works on, also from a command that does a task');
  files
    .command('read')
    .description('print a file')
    .argument('<path>', 'relative to the workspace, with /')
    .option('--out <file>', 'write it to a file of this machine instead')
    .action(async (path: string, options: { out?: string }, command: Command) => {
      const { readOne } = await import('../workspace/lock-files.ts');
      await readOne(path, options, command);
    });
  changing(files.command('write'), 'write a whole file')
    .argument('<path>', 'relative to the workspace, with /')
    .argument('[file]', 'what to write; - is the standard input', '-')
    .option('--if-hash <sha256>', 'only if the file is this one now; `none`: if there is none', hash)
    .action(async (path: string, source: string, options: ChangeOptions, command: Command) => {
      const { writeOne } = await import('../workspace/change-files.ts');
      await writeOne(path, source, options, command);
    });
  changing(files.command('rm'), 'remove a file')
    .argument('<path>', 'relative to the workspace, with /')
    .option('--if-hash <sha256>', 'only if the file is this one now', hash)
    .action(async (path: string, options: ChangeOptions, command: Command) => {
      const { removeOne } = await import('../workspace/change-files.ts');
      await removeOne(path, options, command);
    });
  changing(files.command('merge'), 'write all files of a folder, or none')
    .argument('<folder>', 'of this machine; its files keep their paths')
    .option('--into <path>', 'below this folder of the workspace')
    .action(async (folder: string, options: ChangeOptions & { into?: string }, command: Command) => {
      const { mergeFolder } = await import('../workspace/change-files.ts');
      await mergeFolder(folder, options, command);
    });
  files
    .command('lock')
    .description(
      'in a command that does a task: lock files until they are unlocked or the task ends; prints the token',
    )
    .argument('<path or glob>', 'with all below it: src/app.ts, docs, src/**/*.ts, {a,b}/c')
    .requiredOption('--intent <text>', 'what for: whoever waits reads it')
    .option('--ttl <duration>', 'how long it holds when the worker is paused', duration)
    .option('--wait <duration>', 'how long to wait for whoever has it (default: not at all)', duration)
    .option('--literal', 'a path as it is, with * ? [ { for themselves', false)
    .action(async (scope: string, options: AcquireOptions, command: Command) => {
      const { lockForTask } = await import('../workspace/lock-files.ts');
      await lockForTask(scope, options, command);
    });
  files
    .command('unlock')
    .description('let a lock of `files lock` go')
    .argument('<token>', 'what it printed', token)
    .action(async (held: ReturnType<typeof token>, options: object, command: Command) => {
      const { unlockForTask } = await import('../workspace/lock-files.ts');
      await unlockForTask(held, options, command);
    });
}

const changing = (command: Command, description: string): Command =>
  command
    .description(description)
    .option('--token <token>', 'of a lock of `files lock` (default: lock it for this change)', token)
    .option('--intent <text>', 'what for: whoever waits reads it', 'to change a file')
    .option('--wait <duration>', 'how long to wait for whoever has it (default: not at all)', duration);

function token(text: string) {
  const { data } = seqSchema.safeParse(/^\d+(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN);
  if (data !== undefined) return data;
  throw new InvalidArgumentError('It must be the number that `files lock` printed.');
}

function hash(text: string) {
  if (text === 'none') return text;
  const { data } = artifactHashSchema.safeParse(text);
  if (data !== undefined) return data;
  throw new InvalidArgumentError('It must be a SHA-256 in lower-case hexadecimal, or `none`.');
}
