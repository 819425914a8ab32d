/** Does a repair of the satisfiability check: adds the members that are missing. */
import { useCallback } from 'react';
import type { CommandInput } from '../../core/command.ts';
import type { RoleId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Repair } from '../../core/workflow/repair.ts';
import { useConnection } from '../lib/company-context.tsx';
import type { CommandRun } from '../lib/use-command.ts';
import { useCommand } from '../lib/use-command.ts';

export function useRepair(): Pick<CommandRun, 'refusal'> & { repair: (repair: Repair) => void } {
  const { live } = useConnection();
  const { run, refusal } = useCommand();
  const repair = useCallback(
    (chosen: Repair) => {
      const commands = commandsOf(live.state, chosen);
      void (async () => {
        for (const command of commands) await run(command);
      })();
    },
    [live, run],
  );
  return { repair, refusal };
}

function commandsOf(state: CompanyState, repair: Repair): CommandInput[] {
  switch (repair.kind) {
    case 'add-member':
      return freeNames(state, repair.roleId, repair.count).map((name) => ({
        type: 'member.add',
        teamId: null,
        member: { name, role: repair.roleId },
      }));
    case 'add-human':
      return freeNames(state, repair.roleId, 1).map((name) => ({
        type: 'member.add',
        teamId: null,
        member: { name, role: repair.roleId, kind: 'human' },
      }));
    case 'define-role':
    case 'grant-capability':
    case 'allow-self-approval':
      return [];
  }
}

/** `qa_eng`, or `qa_eng_2` and on where names are taken. */
function freeNames(state: CompanyState, roleId: RoleId, count: number): string[] {
  const names: string[] = [];
  for (let number = 1; names.length < count; number += 1) {
    const name = number === 1 ? roleId : `${roleId}_${number}`;
    if (state.index.membersByName.get(name).size === 0) names.push(name);
  }
  return names;
}
