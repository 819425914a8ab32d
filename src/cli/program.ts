/** The command line as a whole: which commands there are, and how a run ends. */
import type { Option } from 'commander';
import { Command, CommanderError, Help } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { signalExitCodes } from '../serve/stop-signal.ts';
import { AnsweredRefusal } from './answered-refusal.ts';
import { addAgentsCommand } from './commands/agents.ts';
import { addAnswerCommand } from './commands/answer.ts';
import { addApprovalsCommand } from './commands/approvals.ts';
import { addApproveCommand } from './commands/approve.ts';
import { addArbitrateCommand } from './commands/arbitrate.ts';
import { addArtifactCommand } from './commands/artifact.ts';
import { addAuditCommand } from './commands/audit.ts';
import { addBoardCommand } from './commands/board.ts';
import { addBudgetCommand } from './commands/budget.ts';
import { addChannelsCommand } from './commands/channels.ts';
import { addCompaniesCommand, addJoinCommand } from './commands/companies.ts';
import { addCompletionCommands } from './commands/completion.ts';
import { addConflictsCommand } from './commands/conflicts.ts';
import { addDashboardCommand } from './commands/dashboard.ts';
import { addDelegateCommand } from './commands/delegate.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addDiffCommand } from './commands/diff.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addEpicCommand } from './commands/epic.ts';
import { addEpicsCommand } from './commands/epics.ts';
import { addExportCommand } from './commands/export.ts';
import { addFilesCommand } from './commands/files.ts';
import { addGatesCommand } from './commands/gates.ts';
import { addHostsCommand } from './commands/hosts.ts';
import { addHungCommand } from './commands/hung.ts';
import { addInitCommand } from './commands/init.ts';
import { addLintCommand } from './commands/lint.ts';
import { addLocksCommand } from './commands/locks.ts';
import { addLogDecisionCommand } from './commands/log-decision.ts';
import { addMcpCommand } from './commands/mcp.ts';
import { addMemberCommand } from './commands/member.ts';
import { addModelsCommand } from './commands/models.ts';
import { addMoveCommand } from './commands/move.ts';
import { addOpenapiCommand } from './commands/openapi.ts';
import { addOrgCommand } from './commands/org.ts';
import { addPauseCommand, addResumeCommand, addStopAllCommand } from './commands/pause.ts';
import { addPluginCommand } from './commands/plugin.ts';
import { addRailwayCommand } from './commands/railway.ts';
import { addAskCommand, addDoCommand } from './commands/raw.ts';
import { addRedisCommand } from './commands/redis.ts';
import { addRejectCommand } from './commands/reject.ts';
import { addReviewCommand } from './commands/review.ts';
import { addReviewsCommand } from './commands/reviews.ts';
import { addScaleCommand } from './commands/scale.ts';
import { addSelftestCommand } from './commands/selftest.ts';
import { addServeCommand } from './commands/serve.ts';
import { addSetAsideCommand, addTakeUpCommand } from './commands/set-aside.ts';
import { addSimulateCommand } from './commands/simulate.ts';
import { addStatusCommand } from './commands/status.ts';
import { addTaskCommand } from './commands/task.ts';
import { addTasksCommand } from './commands/tasks.ts';
import { addTokensCommand } from './commands/tokens.ts';
import { addUsageCommand } from './commands/usage.ts';
import { addVerifyCommand } from './commands/verify.ts';
import { addVetoCommand } from './commands/veto.ts';
import { addWatchCommand } from './commands/watch.ts';
import { addWorkerCommand } from './commands/worker.ts';
import { addWorkerImageCommand } from './commands/worker-image.ts';
import { addWorkersCommand } from './commands/workers.ts';
import { addWorkflowCommand } from './commands/workflow.ts';
import { exitCode } from './exit-codes.ts';
import { addGlobalOptions, isTimeless, pathOf } from './global-options.ts';
import { addExamples, firstStepsText } from './help-texts.ts';
import { Interrupted } from './interrupted.ts';
import { reportFailure, reportUsage } from './output/report-failure.ts';
import { plainUsage } from './plain-usage.ts';

/** In the order of the help, under its headings. What a command needs to run it loads only then, so that `--help` answers at once. */
const commands: readonly (readonly [heading: string, readonly ((program: Command) => void)[]])[] = [
  [
    'Begin:',
    [
      addDemoCommand,
      addInitCommand,
      addServeCommand,
      addDashboardCommand,
      addStatusCommand,
      addDoctorCommand,
    ],
  ],
  [
    'Work:',
    [
      addEpicsCommand,
      addEpicCommand,
      addTasksCommand,
      addTaskCommand,
      addArtifactCommand,
      addFilesCommand,
      addLocksCommand,
      addAnswerCommand,
    ],
  ],
  [
    'Gates and approvals:',
    [
      addGatesCommand,
      addApproveCommand,
      addRejectCommand,
      addVetoCommand,
      addDelegateCommand,
      addSetAsideCommand,
      addTakeUpCommand,
      addArbitrateCommand,
      addApprovalsCommand,
    ],
  ],
  [
    'The company:',
    [
      addMemberCommand,
      addOrgCommand,
      addWorkflowCommand,
      addLintCommand,
      addSimulateCommand,
      addBudgetCommand,
      addUsageCommand,
    ],
  ],
  ['Words and channels:', [addBoardCommand, addChannelsCommand, addLogDecisionCommand, addPluginCommand]],
  [
    'Workers and models:',
    [
      addWorkersCommand,
      addWorkerCommand,
      addScaleCommand,
      addHungCommand,
      addPauseCommand,
      addResumeCommand,
      addStopAllCommand,
      addModelsCommand,
      addAgentsCommand,
      addWorkerImageCommand,
      addRailwayCommand,
    ],
  ],
  ['What happened:', [addWatchCommand, addAuditCommand, addDiffCommand, addExportCommand, addVerifyCommand]],
  ['Reviews of code:', [addReviewCommand, addReviewsCommand]],
  [
    'Several companies and hosts:',
    [
      addCompaniesCommand,
      addJoinCommand,
      addMoveCommand,
      addRedisCommand,
      addHostsCommand,
      addConflictsCommand,
    ],
  ],
  ['For programs:', [addMcpCommand, addTokensCommand, addOpenapiCommand, addDoCommand, addAskCommand]],
  ['This program:', [addSelftestCommand, addCompletionCommands]],
];

/** Runs one command line; resolves with the exit code and has said everything by then. */
export async function runProgram(args: readonly string[]): Promise<number> {
  const program = createProgram();
  try {
    await program.parseAsync(args.length === 0 && isAtTerminal() ? ['dashboard'] : args, { from: 'user' });
    return exitCode.done;
  } catch (failure) {
    // Commander has printed what is wrong with the command line, or the help that was asked for.
    if (failure instanceof CommanderError) {
      if (failure.exitCode === 0) return exitCode.done;
      // It was refused before anybody knew which options it has.
      const isHelp = failure.code === 'commander.help';
      if (args.includes('--json')) reportUsage(isHelp ? 'a command is missing' : plainUsage(failure.message));
      return exitCode.usage;
    }
    if (failure instanceof AnsweredRefusal) return exitCode.refused;
    if (failure instanceof Interrupted) {
      reportFailure(failure.refusal, isJson(program));
      return signalExitCodes[failure.signal];
    }
    reportFailure(failure, isJson(program));
    return exitCode.refused;
  }
}

/** A person sits there: without a command they get the screens, and a script the help. */
const isAtTerminal = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true;

const isJson = (program: Command): boolean => program.opts<{ json?: boolean }>().json ?? false;

export function createProgram(): Command {
  const program = new Command('agentcoord')
    .description('Runs a company of AI agents and people: workflows, gates signed by roles, durable work.')
    .version(manifest.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ showGlobalOptions: true, optionDescription, visibleGlobalOptions })
    .configureOutput({ outputError: (text, write) => write(plainUsage(text)) })
    .addHelpText('after', firstStepsText)
    .showHelpAfterError('(--help shows how)')
    .exitOverride();
  addGlobalOptions(program);
  for (const [heading, added] of commands) {
    program.commandsGroup(heading);
    for (const add of added) add(program);
  }
  program.addHelpCommand(
    new Command('help')
      .argument('[command]')
      .description('print the help of a command')
      .helpGroup('This program:'),
  );
  addExamples(program, pathOf);
  return program;
}

const usualHelp = new Help();
const globalHelp = Object.assign(new Help(), { showGlobalOptions: true });

/** Without `--at` where nothing can be asked of the past. */
const visibleGlobalOptions = (command: Command): Option[] =>
  globalHelp.visibleGlobalOptions(command).filter(({ long }) => long !== '--at' || isTimeless(command));

/** Without defaults that are empty: they tell nobody anything. */
function optionDescription(option: Option): string {
  const { defaultValue, description } = option;
  const isEmpty = defaultValue === '' || (Array.isArray(defaultValue) && defaultValue.length === 0);
  return isEmpty ? description : usualHelp.optionDescription(option);
}
