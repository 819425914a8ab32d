/** What people outside are told of a gate: that it asks for a sign-off, and how it was decided. */
import type { EventOf } from '../event.ts';
import type { Gate } from '../gate/gate.ts';
import type { MemberId } from '../ids.ts';
import { entitlement } from '../org/entitlement.ts';
import { membersByName } from '../org/membership.ts';
import type { CompanyState } from '../state.ts';
import type { Notice, Words } from './notice.ts';

type GateNotice = EventOf<
  'gate.asked' | 'gate.opened' | 'gate.rejected' | 'gate.vetoed' | 'gate.escalated' | 'gate.delegated'
>;

export function gateWords(state: CompanyState, event: GateNotice): Words | null {
  const gate = state.gates.get(event.gateId);
  if (!gate) return null;
  const about = {
    category: 'gate',
    thread: `gate:${gate.id}`,
    path: `/gates/${gate.id}`,
    fields: fieldsOf(state, gate),
  } as const;
  switch (event.type) {
    case 'gate.asked': {
      const { artifactHash } = event;
      const title = `${gate.name} waits for a sign-off`;
      const text = `${whoMaySign(state, gate)}.`;
      const asks = { gateId: gate.id, artifactHash };
      return { ...about, kind: 'QUESTION', priority: 'HIGH', title, text, asks };
    }
    case 'gate.escalated': {
      const title = `${gate.name} was not signed in time`;
      const text = `${event.to} is asked in the place of ${event.roleId}.`;
      const asks = gate.artifactHash === null ? null : { gateId: gate.id, artifactHash: gate.artifactHash };
      return { ...about, kind: 'QUESTION', priority: 'URGENT', title, text, asks };
    }
    case 'gate.delegated': {
      const to = event.to === null ? undefined : state.members.get(event.to);
      // An agent has a review task for it, and what is taken back is in the app.
      if (to?.kind !== 'human' || gate.artifactHash === null) return null;
      const title = `${nameOf(state, event.by)} asks you to sign ${gate.name} for ${event.roleId}`;
      const asks = { gateId: gate.id, artifactHash: gate.artifactHash };
      return { ...about, kind: 'QUESTION', priority: 'HIGH', title, text: event.note, to: to.id, asks };
    }
    case 'gate.opened':
      return { ...about, ...openedWords(state, gate) };
    case 'gate.rejected':
    case 'gate.vetoed':
      return {
        ...about,
        priority: 'HIGH',
        ...refusedWords(state, gate, event.type === 'gate.vetoed', event),
      };
  }
}

export function openedWords(state: CompanyState, gate: Gate) {
  return {
    kind: 'SUCCESS',
    title: `${gate.name} is open`,
    text: `Signed by ${signersIn(state, gate)}.`,
  } as const;
}

/** @param refusal by: null when its time ran out */
export function refusedWords(
  state: CompanyState,
  gate: Gate,
  isVeto: boolean,
  { by, note }: { readonly by: MemberId | null; readonly note: string },
) {
  const did = isVeto ? 'was vetoed' : 'was sent back';
  const whose = by === null ? 'its time ran out' : `by ${nameOf(state, by)}`;
  return { kind: 'ERROR', title: `${gate.name} ${did}, ${whose}`, text: note } as const;
}

export function signersIn(state: CompanyState, gate: Gate): string {
  return gate.signOffs.map(({ memberId, roleId }) => `${nameOf(state, memberId)} for ${roleId}`).join(', ');
}

function fieldsOf(state: CompanyState, { epicId, taskId, artifactHash }: Gate): Notice['fields'] {
  const epic = epicId === null ? undefined : state.epics.get(epicId);
  const task = taskId === null ? undefined : state.tasks.get(taskId);
  return [
    ...(epic ? [{ name: 'Epic', value: epic.title.slice(0, 1_000) }] : []),
    ...(task ? [{ name: 'Step', value: task.title.slice(0, 1_000) }] : []),
    ...(artifactHash === null ? [] : [{ name: 'Artifact', value: artifactHash }]),
  ];
}

function whoMaySign(state: CompanyState, { rule }: Gate): string {
  const slots = rule.requires.map(({ roleId, count }) => {
    const names = membersByName(state)
      .filter((member) => entitlement(state, member, roleId))
      .map(({ name }) => name);
    return `${count === 1 ? roleId : `${count} × ${roleId}`} (${names.slice(0, 8).join(', ')})`;
  });
  return `It needs ${slots.join(' and ')}${rule.humanRequired ? ', a person among them' : ''}`;
}

const nameOf = (state: CompanyState, id: MemberId): string => state.members.get(id)?.name ?? id;
