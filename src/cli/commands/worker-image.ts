/** `agentcoord worker-image build`: makes the image that workers in Docker run from. */
import type { Command } from 'commander';
import { calledAs } from '../called-as.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

interface BuildWish {
  readonly tag: string;
  readonly local: boolean;
}

export function addWorkerImageCommand(program: Command): void {
  program
    .command('worker-image')
    .description('make the image that workers in Docker run from')
    .command('build')
    .description('build it with the Docker engine of this machine (or of $DOCKER_HOST)')
    .option('--tag <name>', 'how to call it', 'agentcoord-worker:latest')
    .option('--local', 'of this machine’s own Node and libraries, without any registry; on Linux', false)
    .action(async ({ tag, local }: BuildWish, command: Command) => {
      const { json } = globalOptions(command);
      const { makeWorkerImage } = await import('../../serve/docker-workers.ts');
      const output = openOutput(json);
      await makeWorkerImage({ tag, isLocal: local });
      output.answer({ image: tag }, () => `The image ${tag} is made: ${calledAs()} serve --launcher docker`);
    });
}
