/** The runners there are, by name. Each is loaded when a worker needs it: a start waits for nothing that it does not use. */
import type { Runner } from '../contract/runner.ts';
import { CoordError } from '../core/error.ts';

const loaders: Readonly<Record<string, () => Promise<Runner>>> = {
  script: async () => (await import('./script.ts')).createScriptRunner(),
  command: async () => (await import('./command.ts')).createCommandRunner(),
  llm: async () => (await import('./llm.ts')).createLlmRunner(),
  rules: async () => (await import('./rules.ts')).createRulesRunner(),
  'cli-agent': async () => (await import('./cli-agent/cli-agent.ts')).createCliAgentRunner(),
};

export const runnerNames: readonly string[] = Object.keys(loaders);

/** @throws CoordError `NOT_FOUND` - no such runner, naming those there are */
export async function findRunner(name: string): Promise<Runner> {
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
  if (load) return await load();
  throw new CoordError(
    'NOT_FOUND',
    `There is no runner "${name}"; the runners are ${runnerNames.join(', ')}. Name one of them for the member`,
    { name },
  );
}
