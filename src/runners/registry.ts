/** The runners there are, by name. */
import type { Runner } from '../contract/runner.ts';
import { CoordError } from '../core/error.ts';
import { createCliAgentRunner } from './cli-agent/cli-agent.ts';
import { createCommandRunner } from './command.ts';
import { createLlmRunner } from './llm.ts';
import { createRulesRunner } from './rules.ts';
import { createScriptRunner } from './script.ts';

const runners: readonly Runner[] = [
  createScriptRunner(),
  createCommandRunner(),
  createLlmRunner(),
  createRulesRunner(),
  createCliAgentRunner(),
];

export const runnerNames: readonly string[] = runners.map(({ name }) => name);

/** @throws CoordError `NOT_FOUND` - no such runner, naming those there are */
export function findRunner(name: string): Runner {
  const runner = runners.find((one) => one.name === name);
  if (runner) return runner;
  throw new CoordError(
    'NOT_FOUND',
    `There is no runner "${name}"; the runners are ${runnerNames.join(', ')}. Name one of them for the member`,
    { name },
  );
}
