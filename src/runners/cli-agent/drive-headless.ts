/** Lets an agent work on one prompt without a conversation, and reads the lines of JSON by which it tells what it does. */
import { CoordError } from '../../core/error.ts';
import type { AgentProcess } from './agent-process.ts';
import type { AgentTurn, OnUsage } from './agent-turn.ts';
import { maxText } from './agent-turn.ts';
import type { Json, Told } from './headless-events.ts';
import { objectOf, tellers } from './headless-events.ts';
import type { AgentName } from './known-agents.ts';
import { linesOf } from './lines-of.ts';

/** A line holds one event, and one of the agent’s tools may have read a large file. In characters. */
const longestLine = 32 * 1024 * 1024;

interface HeadlessRun {
  /** Whose form the lines have. */
  readonly name: Exclude<AgentName, 'acp'>;
  readonly model: string;
  readonly log: (line: string) => void;
  readonly onUsage: OnUsage;
}

/** @throws CoordError `RUNNER_FAILED` - it ended with another exit code than 0, printed without end, or says that it failed */
export async function driveHeadless(
  agent: AgentProcess,
  prompt: string,
  { name, model, log, onUsage }: HeadlessRun,
): Promise<AgentTurn> {
  const told: Told = { text: '', usage: null, failure: null };
  agent.stdin.end(prompt);
  let lines = 0;
  const tooLong = () => agent.end(`printed a line of more than ${longestLine / 1024 / 1024} MB`);
  for await (const line of linesOf(agent.stdout, longestLine, tooLong)) {
    const event = parsed(line);
    if (!event) continue;
    const words = tellers[name](event, model, told);
    if (told.usage !== null) onUsage(told.usage);
    lines += words === null ? 0 : 1;
    if (words !== null && lines <= 2_000) log(`  ${words.slice(0, 500)}`);
  }
  const { code } = await agent.ended;
  if (code !== 0 || told.failure !== null) {
    const why = told.failure ?? (agent.errors().split('\n').slice(-5).join(' / ') || 'it gave no reason');
    throw new CoordError(
      'RUNNER_FAILED',
      `The agent ended with exit code ${code ?? 'none'}: ${why.slice(0, 1_500)}`,
    );
  }
  return { text: told.text.trim().slice(-maxText) };
}

function parsed(line: string): Json | null {
  if (!line.startsWith('{')) return null;
  try {
    return objectOf(JSON.parse(line));
  } catch {
    return null;
  }
}
