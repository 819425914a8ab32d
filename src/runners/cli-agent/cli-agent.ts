/**
 * The runner that lets an installed coding agent do the task: Claude Code, Codex, Gemini CLI, opencode, or any program
 * that speaks the Agent Client Protocol.
 *
 * It works in the task's git worktree where there is one, and else in a folder of the run, from which the files in `output`
 * are handed in. Its last message is handed in as `summary.md`. A review it answers by a file, as a `command` does.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Approve, RunContext, Runner, RunResult } from '../../contract/runner.ts';
import { CoordError } from '../../core/error.ts';
import type { MicroUsd } from '../../core/units.ts';
import { agentFolders } from '../../process/agent-folders.ts';
import { minimalEnvironment } from '../../process/minimal-environment.ts';
import type { CommandFolders } from '../command-environment.ts';
import { layOutFolders } from '../command-folders.ts';
import { readOutputFolder } from '../output-folder.ts';
import { agentSaysNothingLeft, waitSaidIn } from '../quota-words.ts';
import { readOptions } from '../read-options.ts';
import { restWithoutQuota } from '../rest-without-quota.ts';
import { readDecision } from '../review-file.ts';
import { runEnded } from '../wait.ts';
import type { AgentProcess } from './agent-process.ts';
import { startAgent } from './agent-process.ts';
import { agentPrompt } from './agent-prompt.ts';
import type { AgentTurn, AgentUsage, OnUsage } from './agent-turn.ts';
import type { CliAgentOptions } from './cli-agent-options.ts';
import { cliAgentOptionsSchema } from './cli-agent-options.ts';
import { speaksProtocol } from './detect-agents.ts';
import { driveAcp } from './drive-acp.ts';
import { driveHeadless } from './drive-headless.ts';
import type { AgentMode } from './known-agents.ts';
import { knownAgents } from './known-agents.ts';
import { RunClock } from './run-clock.ts';

export function createCliAgentRunner(): Runner {
  return { name: 'cli-agent', run: runCliAgent };
}

async function runCliAgent(context: RunContext): Promise<RunResult> {
  const options = readOptions('cli-agent', cliAgentOptionsSchema, context.options);
  const { mode, command } = await startOf(options);
  if (options.agent !== 'acp' && options.mode === undefined) context.log(modeWords(mode, options.agent));
  const folders = await layOutFolders(context);
  const folder = context.tree?.folder ?? context.workspace;
  const model = options.model ?? options.agent;
  const reserved = await context.spend({
    model,
    tokens: options.expected_tokens,
    money: expectedCost(options),
  });
  const prompt = agentPrompt(context, folders);
  let usage: AgentUsage | null = null;
  const onUsage: OnUsage = (used) => {
    usage = used;
  };
  const settle = async () => {
    await reserved.settle(spentBy(usage));
    if (usage === null) context.log('the agent reported no usage: none is booked');
  };
  let turn: AgentTurn;
  try {
    const agent = await startAgent(
      command,
      folder,
      minimalEnvironment({ ...agentFolders(), ...options.env }),
    );
    turn = await inTime(agent, options, context, (clock) => {
      // People take the time that they take: it is not the agent’s.
      const approve: Approve = (wish) => clock.standingStill(() => context.approve(wish));
      return mode === 'acp' || options.agent === 'acp'
        ? driveAcp(agent, { context: { ...context, approve }, options, folder, prompt, onUsage })
        : driveHeadless(agent, prompt, { name: options.agent, model, log: context.log, onUsage });
    });
  } catch (error) {
    // It was paid for as far as it came; a program that is not there costs nothing. Why it failed matters more than the books.
    await settle().catch((refusal: unknown) =>
      context.log(`could not say what it came to: ${String(refusal)}`),
    );
    if (!(error instanceof CoordError) || !agentSaysNothingLeft(error.message)) throw error;
    return restWithoutQuota(context, error.message.replace(/\.$/, ''), waitSaidIn(error.message, Date.now()));
  }
  await settle();
  return resultOf(context, folders, turn);
}

/** By the protocol it asks for what it wants to do, so that is chosen where it can be. */
async function startOf({ agent, command, mode, model, env }: CliAgentOptions): Promise<{
  mode: AgentMode;
  command: readonly string[];
}> {
  if (agent === 'acp') return { mode: 'acp', command: command ?? [] };
  const known = knownAgents[agent];
  // Another program is that of its usual mode, and the protocol has no word yet for which model.
  const isOpen = mode === undefined && command === undefined && model === null;
  const wanted = mode ?? (isOpen && (await speaksProtocol(known, env['PATH'])) ? 'acp' : known.usual);
  const own = wanted === 'acp' ? known.acp : known.headless(model);
  // Another place of the program, with the arguments that its mode needs.
  return { mode: wanted, command: command ? [...command, ...own.slice(1)] : own };
}

function modeWords(mode: AgentMode, agent: keyof typeof knownAgents): string {
  const { title, adapter } = knownAgents[agent];
  if (mode === 'acp') return `${title} works by the Agent Client Protocol, and asks for permissions`;
  const how = adapter === null ? 'mode: acp' : `${adapter} and mode: acp, or without a model of its own,`;
  return `${title} works headless, and asks nobody for permission; with ${how} it does`;
}

/** At least the smallest amount that there is: a budget that is used up has no room for any run. */
function expectedCost({ expected_cost: dollars }: CliAgentOptions): MicroUsd {
  return Math.max(1, Math.round(dollars * 1_000_000)) as MicroUsd;
}

/** @throws CoordError `RUNNER_FAILED` - it ended before its turn, ran too long, or had to be ended */
async function inTime(
  agent: AgentProcess,
  { timeout }: CliAgentOptions,
  { signal }: RunContext,
  drive: (clock: RunClock) => Promise<AgentTurn>,
): Promise<AgentTurn> {
  const clock = new RunClock(timeout, () => agent.end(`ran longer than ${timeout / 1_000} s`));
  const stop = () => agent.end(null);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([drive(clock), goneWithout(agent)]);
  } catch (error) {
    if (signal.aborted) throw runEnded(error);
    // A line that broke may be the first that is heard of a program that is not there.
    await Promise.race([agent.ended, delay(500)]);
    const why = agent.whyEnded();
    if (why !== null) throw new CoordError('RUNNER_FAILED', `The agent ${why} and was ended`);
    if (error instanceof CoordError) throw error;
    throw new CoordError('RUNNER_FAILED', `The agent failed: ${wordsOf(error, agent)}`, {}, { cause: error });
  } finally {
    clock.stop();
    signal.removeEventListener('abort', stop);
    agent.end(null);
    await agent.ended;
  }
}

/** Never resolves: a process that ended with its turn done has answered by then. */
async function goneWithout(agent: AgentProcess): Promise<never> {
  const { code } = await agent.ended;
  // What it printed last may still be on its way to whoever reads it.
  await delay(500);
  throw new CoordError(
    'RUNNER_FAILED',
    `The agent ended before it was done (exit code ${code ?? 'none'})${agent.errors() === '' ? '' : `: ${lastLines(agent)}`}`,
  );
}

const lastLines = (agent: AgentProcess): string =>
  agent.errors().split('\n').slice(-5).join(' / ').slice(0, 1_000);

function wordsOf(error: unknown, agent: AgentProcess): string {
  const words = error instanceof Error ? error.message : String(error);
  return agent.errors() === '' ? words : `${words} (${lastLines(agent)})`;
}

function spentBy(usage: AgentUsage | null) {
  return {
    tokensIn: Math.round(usage?.tokensIn ?? 0),
    tokensOut: Math.round(usage?.tokensOut ?? 0),
    money: Math.round((usage?.dollars ?? 0) * 1_000_000) as MicroUsd,
  };
}

async function resultOf(
  { brief, tree }: RunContext,
  folders: CommandFolders,
  { text }: AgentTurn,
): Promise<RunResult> {
  if (brief.task.kind === 'review') {
    const answer = await readDecision(folders.decision, 'agent');
    if (answer) return { kind: 'review', ...answer };
    throw new CoordError(
      'RUNNER_FAILED',
      'The agent made no decision: it wrote no approve, request_changes or veto to the file that it was told',
    );
  }
  const files = await readOutputFolder(folders.output);
  const summary = text === '' ? [] : [{ path: 'summary.md', bytes: new TextEncoder().encode(`${text}\n`) }];
  const own = files.filter(({ path }) => path !== 'summary.md');
  if (own.length + summary.length === 0 && !tree) {
    throw new CoordError('RUNNER_FAILED', 'The agent handed in nothing: no file, and no last message');
  }
  return { kind: 'artifacts', files: [...own, ...summary] };
}
