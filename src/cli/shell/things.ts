/** What an argument or an option takes that the company has a name for. */

/** By the name of the argument, or of the option as Commander has it. */
const named = {
  task: 'task',
  gate: 'gate',
  approval: 'approval',
  epic: 'epic',
  thread: 'thread',
  member: 'member',
  to: 'member',
  agent: 'agent',
  actor: 'member',
  worker: 'worker',
  lock: 'lock',
  conflict: 'conflict',
  workflow: 'workflow',
  role: 'role',
  also: 'role',
  team: 'team',
  company: 'company',
  priority: 'priority',
} as const;

export type NamedThing = (typeof named)[keyof typeof named];

export const thingNamed = (name: string): NamedThing | null =>
  Object.hasOwn(named, name) ? named[name as keyof typeof named] : null;
