/** The words of the pieces that several screens share. */
import type { Decision, GateState } from '../../core/gate/gate.ts';
import type { AttemptOutcome, TaskState } from '../../core/task/task.ts';
import type { WorkerState } from '../../core/worker/worker.ts';
import type { Repair } from '../../core/workflow/repair.ts';
import type { Priority } from '../../core/workflow/workflow.ts';

const listFormat = new Intl.ListFormat('en', { style: 'long', type: 'conjunction' });
const list = (items: readonly string[]) => listFormat.format(items);

export const strings = {
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
    crashed: 'Crashed',
  } satisfies Record<WorkerState, string>,
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
  priorities: { LOW: 'Low', NORMAL: 'Normal', HIGH: 'High', URGENT: 'Urgent' } satisfies Record<
    Priority,
    string
  >,
  priority: (priority: string) => `Priority: ${priority}`,
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
  artifactSave: 'Save',
  slotsFilled: (filled: number, all: number) => `${filled} of ${all} sign-offs`,
  slotOpen: 'Open',
  slotYours: 'Needs a human',
  slotAsked: 'An agent is asked',
  slotReviewing: 'An agent reviews it',
  slotCould: (names: string) => `could sign: ${names}`,
  slotNobody: 'nobody in the company could sign this now',
  slotOverride: (role: string) => `as ${role}, in the role’s place`,
  slotEscalated: (role: string) => `timed out: ${role} is asked`,
  close: 'Close',
  more: (count: number) => `+${count}`,
  findings: 'What stands in the way',
  orElse: ', or ',
  repair: (repair: Repair) =>
    repair.kind === 'add-member' || repair.kind === 'add-human' ? `Add ${repair.roleId}` : repair.text,
  notSatisfiable: (workflow: string) => `This company can’t finish ${workflow} yet`,
  because: {
    failed: 'every attempt failed',
    retry: (failures: number, max: number) => `attempt ${failures} of ${max} failed; it is tried again soon`,
    after: (titles: readonly string[]) => `waits for ${list(titles.map((title) => `“${title}”`))}`,
    notRouted: 'its epic is not under way',
    reworkBy: (name: string) => `${name} is to rework it`,
    keptFor: (name: string) => `kept for ${name}`,
    role: (role: string) => `waits for an available ${role}`,
    anyone: 'waits for anyone to take it',
    vetoed: (gate: string) => `${gate} was vetoed; somebody must arbitrate`,
    rejected: (gate: string) => `${gate} asked for changes to what it builds on`,
    signOffs: (gate: string, roles: readonly string[]) => `${gate} needs ${list(roles)}`,
  },
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
    priorityOfWorkflow: (priority: string) => `As the workflow says (${priority})`,
    start: 'Start epic',
    started: 'The epic is under way.',
    force: 'Start anyway',
    forceHelp: 'It will stop where nobody can go on, until you repair the company.',
    refused: 'The epic was not started',
    steps: (steps: number, gates: number) =>
      `${steps} ${steps === 1 ? 'step' : 'steps'} · ${gates} ${gates === 1 ? 'gate' : 'gates'}`,
    noWorkflows: 'This company has no workflows yet.',
  },
} as const;
