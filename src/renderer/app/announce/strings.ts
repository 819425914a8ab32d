/** What is said to a person who does not see the screen, of what changes by itself. */
import { plural } from '../../lib/plural.ts';

const sentence = (words: string) => (/[.!?…]$/.test(words) ? words : `${words}.`);
const withReason = (words: string, reason: string) =>
  sentence(reason === '' ? words : `${words}: ${reason.split('\n')[0]}`);

export const strings = {
  gate: (gate: string, role: string) => `${gate} asks you to sign as ${role}.`,
  gates: (count: number) => plural(count, { other: '# gates ask you to sign.' }),
  veto: (gate: string, reason: string) => withReason(`${gate} was vetoed`, reason),
  vetoes: (count: number) => plural(count, { other: '# gates were vetoed.' }),
  question: (task: string, text: string) => withReason(`“${task}” asks you`, text),
  questions: (count: number) => plural(count, { other: '# tasks ask you something.' }),
  failure: (task: string, reason: string) => withReason(`“${task}” has failed`, reason),
  failures: (count: number) => plural(count, { other: '# tasks have failed.' }),
  conflict: (what: string, reason: string) => withReason(`“${what}” no longer fits`, reason),
  conflicts: (count: number) => plural(count, { other: '# things that were done no longer fit.' }),
  complete: (epic: string) => `The epic “${epic}” is complete.`,
  completes: (count: number) => plural(count, { other: '# epics are complete.' }),
  blocked: (epic: string, reason: string) => withReason(`The epic “${epic}” is blocked`, reason),
  blocks: (count: number) => plural(count, { other: '# epics are blocked.' }),
  hung: (who: string, reason: string) => withReason(`The worker of ${who} shows no sign of life`, reason),
  crashed: (who: string, reason: string) => withReason(`The worker of ${who} has crashed`, reason),
  lostWorkers: (count: number) => plural(count, { other: '# workers hang or have crashed.' }),
  rests: {
    paused: (who: string, reason: string) => withReason(`${who} paused the company`, reason),
    stopped: (who: string, reason: string) => withReason(`${who} stopped everything`, reason),
  },
  goesOn: 'The company goes on.',
  theHost: 'The host',
  lineLost: 'The line to the host is lost; it is tried again.',
  lineBack: 'The line to the host is back.',
  cutOff: 'This host is cut off from the others, and goes on alone.',
  backWithOthers: 'This host is back with the others.',
} as const;
