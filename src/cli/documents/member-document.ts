/** What `--json` says of a member. */
import type { AgentState, MemberView } from '../../contract/queries.ts';

export interface MemberDocument {
  readonly id: string;
  readonly name: string;
  readonly kind: 'agent' | 'human';
  readonly roles: readonly string[];
  readonly department: string | null;
  readonly team: string | null;
  /** Null for a human. */
  readonly state: AgentState | null;
  readonly hung: boolean;
  /** Why it takes no task for now; null: it does. */
  readonly paused: string | null;
  /** Titles of what it works on. */
  readonly tasks: readonly string[];
}

export function memberDocument({ member, department, team, agent }: MemberView): MemberDocument {
  return {
    id: member.id,
    name: member.name,
    kind: member.kind,
    roles: member.roleIds,
    department,
    team,
    state: agent?.state ?? null,
    hung: agent?.hung ?? false,
    paused: member.pause?.reason ?? null,
    tasks: agent?.tasks.map((task) => task.title) ?? [],
  };
}
