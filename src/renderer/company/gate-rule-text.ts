/** What a gate asks for, in words. */
import type { RoleRequirement } from '../../core/workflow/workflow.ts';

/** `em + 2 × qa_lead + pm` */
export function rolesText(requires: readonly RoleRequirement[]): string {
  return requires.map(({ roleId, count }) => (count === 1 ? roleId : `${count} × ${roleId}`)).join(' + ');
}
