/** `agentcoord mcp`: lets an MCP client work in the company as one of its members. */
import type { Command } from 'commander';
import { Option } from 'commander';
import type { McpOptions } from '../mcp/mcp-options.ts';
import { duration, wholeNumber } from './shared-options.ts';

const clients = [
  ...['claude-code', 'claude-desktop', 'codex', 'cursor', 'vscode', 'gemini', 'zed', 'cline', 'windsurf'],
  'opencode',
];

export function addMcpCommand(program: Command): void {
  program
    .command('mcp')
    .description('let an MCP client (Claude Code, Codex, Cursor …) work in the company as one of its members')
    .option('--member <member>', 'whom it acts for, by name or id')
    .option('--role <role>', 'instead of --member: an agent of this role that nobody works as yet')
    .option('--working-on <text>', 'what for; it goes on record')
    .option('--http', 'serve streamable HTTP on this machine, instead of standard input and output', false)
    .option('--port <number>', 'of --http (default: 4180)', wholeNumber(0, 65_535))
    .option(
      '--idle <duration>',
      'with --http: what the member holds is given back when nobody has called for so long (default: 15m)',
      duration,
    )
    .addOption(
      new Option(
        '--print-config <client>',
        'print what an MCP client needs in its settings, and end',
      ).choices(clients),
    )
    .addOption(
      new Option('--conformance', 'serve the fixtures of the conformance suite, and no company').hideHelp(),
    )
    .action(async (options: McpOptions, command: Command) => {
      const { runMcp } = await import('../mcp/run-mcp.ts');
      await runMcp(options, command);
    });
}
