/**
 * The runner that lets any program do the task: a shell command that finds the task in its environment.
 *
 * It runs in a folder of its own with `AGENTCOORD_TASK_ID`, `_TITLE`, `_DESCRIPTION`, `_KIND`, `_STEP`, `_ROLE`,
 * `_EPIC`, `_MEMBER`, `_BRIEF` (a JSON file with everything), `_INPUTS` (a folder with what it builds on, one
 * numbered folder for each task) and `_OUTPUT` (a folder: the files in it are handed in; when there is none, the
 * standard output is, as `output.txt`). Exit code 0 is success, any other a failed attempt.
 * Where each task has a git worktree it runs there, and `_WORKTREE` is its folder: what it changes in it is handed in, too.
 * `AGENTCOORD_FILES` leads `agentcoord files` to the worker, which locks and writes the company's files for it.
 *
 * For a review (`_KIND` is `review`) it writes its decision to the file `AGENTCOORD_DECISION`: `approve`,
 * `request_changes` or `veto` on the first line, the note below. Without that file, exit code 10 requests changes and
 * 11 vetoes, with its output as the note. Nothing but the file approves: a program that knows nothing of reviews ends
 * with 0, too, and must not sign by it.
 */
import type { RunContext, Runner, RunResult } from '../contract/runner.ts';
import { CoordError } from '../core/error.ts';
import type { Decision } from '../core/gate/gate.ts';
import { minimalEnvironment } from '../process/minimal-environment.ts';
import type { CommandFolders } from './command-environment.ts';
import { fillCommand, taskVariables } from './command-environment.ts';
import { layOutFolders } from './command-folders.ts';
import { commandOptionsSchema } from './command-options.ts';
import { openFilesDoor } from './files-door.ts';
import { readOutputFolder } from './output-folder.ts';
import { readOptions } from './read-options.ts';
import { readDecision } from './review-file.ts';
import type { ShellEnd } from './run-shell.ts';
import { runShell } from './run-shell.ts';
import { runEnded } from './wait.ts';

const byExitCode: Readonly<Record<number, Decision>> = { 10: 'request_changes', 11: 'veto' };
const maxNote = 2_000;

export function createCommandRunner(): Runner {
  return { name: 'command', run: runCommand };
}

async function runCommand(context: RunContext): Promise<RunResult> {
  const { brief, workspace, tree, signal, log } = context;
  const { command, timeout, env } = readOptions('command', commandOptionsSchema, context.options);
  const folders = await layOutFolders(context);
  const door = await openFilesDoor(context.guarded, workspace);
  const variables = taskVariables(brief, { ...folders, files: door.file, worktree: tree?.folder ?? '' });
  const own = Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [`AGENTCOORD_${name}`, value]),
  );
  const end = await runShell({
    command: process.platform === 'win32' ? command : fillCommand(command, variables),
    folder: tree?.folder ?? workspace,
    environment: minimalEnvironment({ ...env, ...own }),
    timeout,
    signal,
    onLine: (line) => log(`  ${line}`),
  }).finally(() => door.close());
  if (signal.aborted) throw runEnded();
  if (end.tooMany) throw failed('started too many processes and was ended', end);
  if (end.timedOut) throw failed(`ran longer than ${timeout / 1_000} s and was ended`, end);
  return brief.task.kind === 'review' ? reviewOf(folders, end) : artifactsOf(folders, end, tree !== null);
}

/** @param mayChange what it changed in a worktree is enough */
async function artifactsOf(
  { output }: CommandFolders,
  end: ShellEnd,
  mayChange: boolean,
): Promise<RunResult> {
  if (end.code !== 0) throw failed(endWords(end), end);
  const files = await readOutputFolder(output);
  if (files.length > 0) return { kind: 'artifacts', files };
  if (end.output.trim() === '') {
    if (mayChange) return { kind: 'artifacts', files: [] };
    throw failed('wrote nothing: no file in AGENTCOORD_OUTPUT, nothing to its standard output', end);
  }
  return { kind: 'artifacts', files: [{ path: 'output.txt', bytes: new TextEncoder().encode(end.output) }] };
}

async function reviewOf({ decision: file }: CommandFolders, end: ShellEnd): Promise<RunResult> {
  if (end.code === 0) {
    const answer = await readDecision(file, 'command');
    if (answer) return { kind: 'review', ...answer };
    throw failed(
      'made no decision: it wrote no approve, request_changes or veto to the file AGENTCOORD_DECISION, and its exit code 0 approves nothing',
      end,
    );
  }
  const decision = end.code === null ? undefined : byExitCode[end.code];
  if (!decision) throw failed(endWords(end), end);
  return { kind: 'review', decision, note: noteOf(end.output, decision) };
}

function noteOf(text: string, decision: Decision): string {
  const note = text.trim().slice(0, maxNote);
  if (note !== '') return note;
  return decision === 'approve' ? 'The command approved.' : 'The command gave no reason; see its log.';
}

function endWords({ code }: ShellEnd): string {
  return code === null ? 'was killed' : `ended with exit code ${code}`;
}

function failed(what: string, { errors }: ShellEnd): CoordError {
  const said = errors.trim() === '' ? '' : `: ${errors.trim().split('\n').slice(-5).join(' / ')}`;
  return new CoordError('RUNNER_FAILED', `The command ${what}${said}`);
}
