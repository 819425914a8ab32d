/** `agentcoord artifact show`: the bytes behind a hash, so that nobody signs what they have not seen. */
import type { Command } from 'commander';
import { globalOptions } from '../global-options.ts';

export function addArtifactCommand(program: Command): void {
  program
    .command('artifact')
    .description('look at what was handed in')
    .command('show')
    .description('print what was handed in, by the SHA-256 that gates and tasks name')
    .argument('<sha256>', 'the whole of it, or the beginning')
    .option('--out <file>', 'write it there instead')
    .action(async (hash: string, { out }: { out?: string }, command: Command) => {
      const { showArtifact } = await import('../artifacts/show-artifact.ts');
      await showArtifact(hash, out ?? null, globalOptions(command));
    });
}
