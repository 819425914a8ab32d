/** What the help shows beside commands and options: first steps, and an example of those commands that one has to see. */
import type { Command } from 'commander';

/** A command line, and what it does. */
export const firstSteps: readonly (readonly [line: string, about: string])[] = [
  ['agentcoord demo', 'a company at work, from nothing to a signed result'],
  ['agentcoord init --template startup', 'a company of your own'],
  ['agentcoord serve', 'run it; the page is at the address that it prints'],
  ['agentcoord epic create --workflow feature_dev --title "Log in faster"', 'give it work'],
  ['agentcoord gates', 'what waits for a signature'],
];

/** By the names of the command. */
export const examples: Readonly<Record<string, string>> = {
  'approvals request':
    'agentcoord approvals request --title "Deploy 2.0" --role em --context "All green" --wait',
  approve: 'agentcoord approve qa_signoff --note "Tried it on two machines"',
  audit: 'agentcoord audit --type gate --limit 20',
  'board post': 'agentcoord board post "Green on all counts, @owner" --title "Backend is ready"',
  do: 'agentcoord do task.create --set title="Price it"',
  'epic create': 'agentcoord epic create --workflow feature_dev --title "Log in faster"',
  init: 'agentcoord init --template janus_dev --name Acme',
  mcp: 'agentcoord mcp --role engineer --print-config claude-code',
  'member add': 'agentcoord member add ann --role engineer --team backend',
  reject: 'agentcoord reject qa_signoff --note "The error page lacks a title"',
  'scale set': 'agentcoord scale set engineers --role engineer --max 4',
  serve: 'agentcoord serve --workers 4 --runner llm --model claude-sonnet-5',
  status: 'agentcoord status --at "15m ago"',
  'task create': 'agentcoord task create --title "Price it" --role engineer',
  'tokens create': 'agentcoord tokens create --member ann --name ci --access read',
  watch: 'agentcoord watch --type gate --type task.done',
};

export const firstStepsText = `
Begin with:
${firstSteps.map(([line, about]) => `  ${line}\n      ${about}`).join('\n')}

“agentcoord <command> --help” says what a command takes.`;

/** @param pathOf the names by which a command is called */
export function addExamples(command: Command, pathOf: (command: Command) => string): void {
  const line = examples[pathOf(command)];
  if (line !== undefined) command.addHelpText('after', `\nExample:\n  ${line}`);
  for (const each of command.commands) addExamples(each, pathOf);
}
