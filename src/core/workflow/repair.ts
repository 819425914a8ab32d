/** What would let a company finish a workflow: for a button to do, and in words. */
import type { Capability, RoleId } from '../ids.ts';

export type Repair = { readonly text: string } & (
  | { readonly kind: 'add-member'; readonly roleId: RoleId; readonly count: number }
  | { readonly kind: 'add-human'; readonly roleId: RoleId }
  | { readonly kind: 'define-role'; readonly roleId: RoleId }
  | { readonly kind: 'grant-capability'; readonly roleId: RoleId; readonly capability: Capability }
  | { readonly kind: 'allow-self-approval'; readonly gate: string }
);

export function addMember(roleId: RoleId, count: number): Repair {
  const who = count === 1 ? `a member with the role ${roleId}` : `${count} members with the role ${roleId}`;
  return { kind: 'add-member', roleId, count, text: `add ${who}` };
}

export function addHuman(roleId: RoleId): Repair {
  return { kind: 'add-human', roleId, text: `add a human with the role ${roleId}` };
}

export function defineRole(roleId: RoleId): Repair {
  return { kind: 'define-role', roleId, text: `define the role ${roleId}, and add a member who has it` };
}

export function grantCapability(roleId: RoleId, capability: Capability): Repair {
  const text = `define a role that inherits ${roleId} and has ${capability}, and add a member who has it`;
  return { kind: 'grant-capability', roleId, capability, text };
}

export function allowSelfApproval(gate: string): Repair {
  return { kind: 'allow-self-approval', gate, text: `write \`self_approval: allowed\` at the gate ${gate}` };
}
