/** The words of the home page. */
import { strings as shared } from '../../company/strings.ts';

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

export const strings = {
  title: 'Home',
  newEpic: 'Start an epic',
  pulse: 'The company at a glance',
  working: 'at work',
  ready: 'tasks ready',
  atGates: 'tasks at gates',
  done: 'tasks done',
  needsYou: 'Needs you',
  nothingNeeded: 'Nothing needs you. Agents carry on; gates that want a human will show up here.',
  nothingNeededAtRest: 'Nothing needs you but a word to go on.',
  signAs: (role: string) => `sign as ${role}`,
  arbitrate: 'was vetoed; arbitrate',
  failedTask: 'failed; retry or cancel it',
  question: 'asks you',
  conflict: 'no longer fits; apply it again or drop it',
  blockedEpic: 'is blocked',
  epics: 'Epics',
  epicsEnded: (n: number) => count(n, 'ended epic', 'ended epics'),
  watchDemo: 'Watch the demo epic',
  noEpics: 'No epic yet',
  noEpicsMore:
    'An epic is a piece of work that passes through a workflow, from step to step and gate to gate.',
  epicStates: {
    pending: 'Not started',
    in_progress: 'Under way',
    blocked: 'Blocked',
    completed: 'Completed',
    cancelled: 'Cancelled',
  },
  epicProgress: (title: string) => `Progress of ${title}`,
  now: 'Now',
  worksOn: (who: string, task: string) => `${who} works on “${task}”`,
  waits: (task: string, reason: string) => `“${task}” waits: ${reason}`,
  steps: (done: number, total: number) => `${done} of ${total} steps`,
  started: 'started',
  took: 'took',
  activity: 'Activity',
  noActivity: 'What happens in the company is told here as it happens.',
  host: 'the host',
  decisions: shared.decisions,
} as const;
