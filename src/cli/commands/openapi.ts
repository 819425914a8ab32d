/** `agentcoord openapi`: the description of the HTTP API, for tools that make clients of it. */
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

export function addOpenapiCommand(program: Command): void {
  program
    .command('openapi')
    .description('print the OpenAPI document of the HTTP API that “serve” offers')
    .option('--out <file>', 'write it there')
    .action(async ({ out }: { out?: string }, command: Command) => {
      const { openApiText } = await import('../../serve/open-api.ts');
      const text = await openApiText();
      if (out === undefined) {
        process.stdout.write(text);
        return;
      }
      await writeFile(out, text).catch((error: unknown) => command.error(`error: ${out}: ${String(error)}`));
      openOutput(globalOptions(command).json).answer({ file: out }, () => `Wrote ${out}`);
    });
}
