/** What a member may do, grouped by the way of inheritance over which it comes. Pure. */
import type { Capability, RoleId } from '../../../core/ids.ts';
import { whyCapability } from '../../../core/org/membership.ts';
import type { Member } from '../../../core/org/org.ts';
import type { CompanyState } from '../../../core/state.ts';

export interface CapabilityGroup {
  /** From the member's role to the one whose own these are. */
  readonly path: readonly RoleId[];
  readonly capabilities: readonly Capability[];
}

/** The shortest way first. */
export function whyCapabilities(state: CompanyState, member: Member): CapabilityGroup[] {
  const all = new Set(member.roleIds.flatMap((roleId) => [...state.index.roles.capabilities(roleId)]));
  const groups = new Map<string, { path: readonly RoleId[]; capabilities: Capability[] }>();
  for (const capability of all) {
    const path = whyCapability(state, member, capability);
    if (!path) continue;
    const key = path.join(' ');
    const group = groups.get(key);
    if (group) group.capabilities.push(capability);
    else groups.set(key, { path, capabilities: [capability] });
  }
  return [...groups.values()].sort((a, b) => a.path.length - b.path.length);
}
