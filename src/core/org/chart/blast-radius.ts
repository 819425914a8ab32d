/** What edits of a running company would do to what it does now: who may do what, which gates nobody could open, whose work moves. */
import type { CompanyEvent, StoredEvent } from '../../event.ts';
import { canFill } from '../../gate/fillable.ts';
import type { Gate } from '../../gate/gate.ts';
import { gateCandidates } from '../../gate/gate-candidates.ts';
import { shutGates } from '../../gate/void-sign-offs.ts';
import type { Capability, GateId, MemberId, TaskId } from '../../ids.ts';
import type { CompanyState } from '../../state.ts';
import { refusalToTake } from '../../task/taking-rules.ts';
import type { Task } from '../../task/task.ts';
import { isOver } from '../../task/task-state.ts';
import type { Finding } from '../../workflow/finding.ts';
import { checkSatisfiability } from '../../workflow/satisfiability.ts';
import { mayTake, stepTakers } from '../../workflow/step-takers.ts';
import type { Member } from '../org.ts';

export interface CapabilityChange {
  readonly memberId: MemberId;
  readonly name: string;
  readonly what: 'joins' | 'leaves' | 'changes';
  readonly gains: readonly Capability[];
  readonly loses: readonly Capability[];
}

/** A finding of the satisfiability check that the edits bring, or put right. */
export interface WorkflowChange {
  readonly workflow: string;
  readonly finding: Finding;
}

/** A gate that waits now, or will, and that nobody could open any more. */
export interface StuckGate {
  readonly gateId: GateId;
  readonly name: string;
  /** Of its epic; null for an approval outside workflows. */
  readonly epic: string | null;
}

export interface TaskChange {
  readonly taskId: TaskId;
  readonly title: string;
  /**
   * `goes-on`: in the hands of one who may not take it any more; rework goes to another.
   * `reassigned`: kept for one who may not take it any more, or taken back. `nobody`: no member may take it.
   */
  readonly what: 'goes-on' | 'reassigned' | 'nobody';
  /** The name of who has it or for whom it was kept; null: it was for whoever comes first. */
  readonly from: string | null;
  /** Who may take it then, the least senior first. */
  readonly to: readonly string[];
}

export interface VoidedSignOff {
  readonly gateId: GateId;
  readonly gate: string;
  readonly by: string;
}

export interface BlastRadius {
  readonly capabilities: readonly CapabilityChange[];
  readonly breaks: readonly WorkflowChange[];
  readonly repairs: readonly WorkflowChange[];
  readonly stuckGates: readonly StuckGate[];
  readonly voided: readonly VoidedSignOff[];
  readonly tasks: readonly TaskChange[];
}

/**
 * @param events what the edits led to
 */
export function blastRadius(
  before: CompanyState,
  after: CompanyState,
  events: readonly StoredEvent[],
): BlastRadius {
  const [was, is] = [findingsOf(before), findingsOf(after)];
  const stuckBefore = new Set(stuckGates(before).map(({ id }) => id));
  return {
    capabilities: capabilityChanges(before, after),
    breaks: [...is].filter(([key]) => !was.has(key)).map(([, change]) => change),
    repairs: [...was].filter(([key]) => !is.has(key)).map(([, change]) => change),
    stuckGates: stuckGates(after)
      .filter(({ id }) => !stuckBefore.has(id))
      .map((gate) => ({ gateId: gate.id, name: gate.name, epic: epicTitle(after, gate) })),
    voided: events.flatMap(({ event }) => voidedBy(before, event)),
    tasks: [...before.tasks.values()]
      .filter((task) => !isOver(task))
      .sort((a, b) => a.order - b.order)
      .flatMap((task) => taskChange(before, after, task)),
  };
}

/** Whether anything that runs, or could run, is touched. */
export function isHarmless({ breaks, stuckGates: stuck, voided, tasks }: BlastRadius): boolean {
  return breaks.length === 0 && stuck.length === 0 && voided.length === 0 && tasks.length === 0;
}

function capabilityChanges(before: CompanyState, after: CompanyState): CapabilityChange[] {
  const ids = new Set([...before.members.values(), ...after.members.values()].map(({ id }) => id));
  return [...ids]
    .flatMap((id): CapabilityChange[] => {
      const [was, is] = [before.members.get(id), after.members.get(id)];
      const [had, has] = [capabilitiesOf(before, was), capabilitiesOf(after, is)];
      const gains = [...has].filter((capability) => !had.has(capability)).sort();
      const loses = [...had].filter((capability) => !has.has(capability)).sort();
      if (was && is && gains.length === 0 && loses.length === 0) return [];
      const what = !was ? 'joins' : !is ? 'leaves' : 'changes';
      return [{ memberId: id, name: (is ?? was)?.name ?? id, what, gains, loses }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function capabilitiesOf(state: CompanyState, member: Member | undefined): Set<Capability> {
  return new Set(member?.roleIds.flatMap((roleId) => [...state.index.roles.capabilities(roleId)]));
}

/** Errors of every workflow, by what they are about. */
function findingsOf(state: CompanyState): Map<string, WorkflowChange> {
  const changes = state.workflows.dump().flatMap((workflow) =>
    checkSatisfiability(state, workflow)
      .findings.filter(({ severity }) => severity === 'error')
      .map((finding): [string, WorkflowChange] => [
        [workflow.id, finding.stepId, finding.gate, finding.kind].join(' '),
        { workflow: workflow.id, finding },
      ]),
  );
  return new Map(changes);
}

/** Gates whose open slots can't be filled by anybody who is in the company. */
function stuckGates(state: CompanyState): Gate[] {
  return shutGates(state).filter((gate) => {
    const filled = gate.signOffs
      .filter(({ memberId }) => state.members.get(memberId))
      .map(({ roleId, memberId, kind }) => ({ roleId, memberId, human: kind === 'human' }));
    const excluded = new Set(gate.rule.selfApproval === 'forbidden' ? gate.authors : []);
    return !canFill(gate.rule, filled, gateCandidates(state, gate.rule), excluded);
  });
}

function epicTitle(state: CompanyState, { epicId }: Gate): string | null {
  return epicId === null ? null : (state.epics.get(epicId)?.title ?? null);
}

function voidedBy(before: CompanyState, event: CompanyEvent): VoidedSignOff[] {
  if (event.type !== 'gate.sign_off_voided') return [];
  const gate = before.gates.get(event.gateId)?.name ?? event.gateId;
  return [{ gateId: event.gateId, gate, by: before.members.get(event.memberId)?.name ?? event.memberId }];
}

function taskChange(before: CompanyState, after: CompanyState, task: Task): TaskChange[] {
  const about = { taskId: task.id, title: task.title };
  const holder = task.lease?.memberId ?? (task.reserved ? task.assigneeId : null);
  const from = holder === null ? null : (before.members.get(holder)?.name ?? null);
  const to = takers(after, task);
  if (holder !== null && lost(before, after, task, holder)) {
    if (task.lease && after.tasks.get(task.id)?.lease) return [{ ...about, what: 'goes-on', from, to }];
    return [{ ...about, what: to.length === 0 ? 'nobody' : 'reassigned', from, to }];
  }
  const isOrphaned = to.length === 0 && takers(before, task).length > 0;
  return isOrphaned && task.kind !== 'review' ? [{ ...about, what: 'nobody', from, to }] : [];
}

/** The member could take it, and could not afterwards. */
function lost(before: CompanyState, after: CompanyState, task: Task, id: MemberId): boolean {
  const [was, is] = [before.members.get(id), after.members.get(id)];
  const could = was !== undefined && refusalToTake(before, was, task) === null;
  return could && (is === undefined || refusalToTake(after, is, task) !== null);
}

function takers(state: CompanyState, task: Task): string[] {
  if (task.review) {
    const able = [...state.members.values()].filter(
      (member) => member.kind === 'agent' && mayTake(state, member, task),
    );
    return able.map(({ name }) => name).sort();
  }
  return stepTakers(state, task).map(({ name }) => name);
}
