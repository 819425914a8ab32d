/** The words of the pieces that several screens share. */
import type { Decision, GateState } from '../../core/gate/gate.ts';
import type { AttemptOutcome, TaskState } from '../../core/task/task.ts';
import type { WorkerState } from '../../core/worker/worker.ts';
import type { Repair } from '../../core/workflow/repair.ts';
import type { Priority } from '../../core/workflow/workflow.ts';
import { plural } from '../lib/plural.ts';

export const strings = {
  channelsOrPlugins: 'Channels or plugins',
  channels: 'Channels',
  plugins: 'Plugins',
  taskStates: {
    blocked: 'Waiting',
    ready: 'Ready',
    leased: 'Working',
    awaiting_gate: 'At a gate',
    done: 'Done',
    failed: 'Failed',
    cancelled: 'Cancelled',
  } satisfies Record<TaskState, string>,
  gateStates: {
    pending: 'Not reached',
    waiting: 'Waiting',
    open: 'Open',
    rejected: 'Changes requested',
    vetoed: 'Vetoed',
    cancelled: 'Cancelled',
  } satisfies Record<GateState, string>,
  workerStates: {
    starting: 'Starting',
    ready: 'Running',
    draining: 'Draining',
    stopped: 'Stopped',
    hung: 'Hung',
    crashed: 'Crashed',
  } satisfies Record<WorkerState, string>,
  workerPaused: 'Paused',
  refused: 'Refused',
  decisions: {
    approve: 'approved',
    request_changes: 'requested changes',
    veto: 'vetoed',
  } satisfies Record<Decision, string>,
  attemptOutcomes: {
    submitted: 'Handed in',
    failed: 'Failed',
    expired: 'Lease ran out',
    released: 'Given back',
    cancelled: 'Cancelled',
  } satisfies Record<AttemptOutcome, string>,
  workerLog: 'Log of its worker',
  priorities: { LOW: 'Low', NORMAL: 'Normal', HIGH: 'High', URGENT: 'Urgent' } satisfies Record<
    Priority,
    string
  >,
  priority: (priority: string) => `Priority: ${priority}`,
  notSignedIn: 'Nobody is signed in here',
  agent: 'agent',
  human: 'human',
  workflowStrip: (name: string) => `Steps and gates of ${name}`,
  gateBefore: (name: string) => `Gate ${name}, before the step`,
  gateAfter: (name: string) => `Gate ${name}, after the step`,
  signedByHuman: 'a human signs',
  needs: (roles: string) => `needs ${roles}`,
  copyHash: (path: string) => `Copy the SHA-256 of ${path}`,
  copyId: (id: string) => `Copy ${id}`,
  artifacts: 'Artifacts',
  artifactRendered: 'Rendered',
  artifactSource: 'Source',
  artifactView: 'How to show it',
  artifactLoading: 'Loading the artifact',
  artifactFailed: 'The artifact could not be read',
  artifactBinary: (size: string) => `A binary file of ${size}; it has no preview.`,
  pictureLeftOut: (alt: string) => `[picture: ${alt}]`,
  artifactSave: 'Save',
  slotsFilled: (filled: number, all: number) => `${filled} of ${all} sign-offs`,
  slotOpen: 'Open',
  slotYours: 'Needs a human',
  slotAsked: 'An agent is asked',
  slotReviewing: 'An agent reviews it',
  you: 'you',
  slotCould: (names: string) => `could sign: ${names}`,
  slotNobody: 'nobody in the company could sign this now',
  slotOverride: (role: string) => `as ${role}, in the role’s place`,
  slotAskedOf: (whom: string, by: string) => `${by} asked ${whom}`,
  slotEscalated: (role: string) => `timed out: ${role} is asked`,
  close: 'Close',
  showAll: 'Show all',
  showLess: 'Show less',
  more: (count: number) => `+${count}`,
  findings: 'What stands in the way',
  findingNotes: 'It works, but only so',
  orElse: ', or ',
  repair: (repair: Repair): string => {
    switch (repair.kind) {
      case 'add-member':
        return `Add ${repair.roleId}`;
      case 'add-human':
        return `Add a human ${repair.roleId}`;
      case 'define-role':
        return `Define and add ${repair.roleId}`;
      case 'grant-capability':
        return `Add a ${repair.roleId} who has it`;
      case 'allow-self-approval':
        return 'Allow self-approval';
    }
  },
  notSatisfiable: (workflow: string) => `This company can’t finish ${workflow} yet`,
  questionNeedsYou: 'it waits for your answer',
  gateNeedsYou: (gate: string, role: string) => `${gate} needs you, as ${role}`,
  composer: {
    title: 'Start an epic',
    workflow: 'Workflow',
    workflowHelp: 'The steps it passes, and the gates that people and agents sign.',
    cannotFinish: 'can’t finish',
    epicTitle: 'Title',
    epicTitlePlaceholder: 'What is to be done, in one line',
    description: 'Description',
    descriptionPlaceholder: 'What the first step should know: goal, limits, links',
    priority: 'Priority',
    priorityOfWorkflow: (priority: string) => `${priority}, the workflow’s own`,
    start: 'Start epic',
    started: 'The epic is under way.',
    force: 'Start anyway',
    forceHelp: 'It will stop where nobody can go on, until you repair the company.',
    refused: 'The epic was not started',
    steps: (steps: number, gates: number) =>
      `${plural(steps, { one: '# step', other: '# steps' })} · ${plural(gates, { one: '# gate', other: '# gates' })}`,
    noWorkflows: 'This company has no workflows yet.',
  },
  switchMenu: 'The whole company',
  switches: {
    pause: {
      menu: 'Pause the company…',
      title: 'Pause the company?',
      what: 'Nobody begins anything. What is under way goes on to its end.',
      reason: 'Why? Everybody reads it',
      keep: 'Let it work',
      act: 'Pause',
    },
    stop: {
      menu: 'Stop everything…',
      title: 'Stop everything?',
      what: 'Every task that is under way is taken back, and every worker ends, at once. Gates stay as they are.',
      reason: 'Why? Everybody reads it',
      keep: 'Let it work',
      act: 'Stop everything',
    },
  },
} as const;
