/** `agentcoord agents`: the coding agents of this machine that the runner `cli-agent` can drive. */
import type { Command } from 'commander';
import type { CodingAgent } from '../../contract/staffing.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

export function addAgentsCommand(program: Command): void {
  program
    .command('agents')
    .description(
      'which coding agents are installed here, in which version, and whether somebody has logged in',
    )
    .action(async (_options: object, command: Command) => {
      const output = openOutput(globalOptions(command).json);
      const { detectAgents } = await import('../../runners/cli-agent/detect-agents.ts');
      const agents = await detectAgents();
      output.answer({ agents }, () =>
        output.table(
          [
            { title: 'AGENT', cell: ({ name }) => name },
            {
              title: 'VERSION',
              cell: ({ program, version }) => (program ? (version ?? 'unknown') : 'not installed'),
            },
            { title: 'LOGIN', cell: loginWords },
            { title: 'DRIVEN', cell: ({ drives }) => drives ?? '' },
            { title: 'ACP', cell: acpWords, shrinks: true },
          ],
          agents,
        ),
      );
    });
}

function loginWords({ program, loggedIn }: CodingAgent): string {
  if (program === null) return '';
  if (loggedIn === null) return 'unknown';
  return loggedIn ? 'logged in' : 'not logged in';
}

function acpWords({ acp, adapter }: CodingAgent): string {
  if (acp) return 'yes';
  return adapter === null ? 'no' : `by ${adapter}, which is not installed`;
}
