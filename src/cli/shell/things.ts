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
  capability: 'capability',
} as const;

/** What only an option takes by that name. */
const namedOptions = { template: 'template', companyTemplate: 'template', type: 'event' } as const;

export type NamedThing =
  | (typeof named)[keyof typeof named]
  | (typeof namedOptions)[keyof typeof namedOptions];

export const thingNamed = (name: string): NamedThing | null =>
  Object.hasOwn(named, name) ? named[name as keyof typeof named] : null;

export const thingOfOption = (name: string): NamedThing | null =>
  Object.hasOwn(namedOptions, name) ? namedOptions[name as keyof typeof namedOptions] : thingNamed(name);
