/** Gives commands at a terminal beside the page: in its data directory, and none of them may fail. */
import { expect } from 'vitest';
import { runAgentcoord } from '../../cli/run-agentcoord.ts';

export type RunHere = (...args: readonly string[]) => Promise<void>;

export function commandsIn(dataDir: string): RunHere {
  return async (...args) => {
    const { code, stderr } = await runAgentcoord([...args, '--data-dir', dataDir]);
    expect(code, stderr).toBe(0);
  };
}

/** For a page to be served: there is a company made from that template, or file, already. */
export function companyFrom(template: string, ...more: readonly string[]) {
  return (dataDir: string): Promise<void> => commandsIn(dataDir)('init', '--template', template, ...more);
}
