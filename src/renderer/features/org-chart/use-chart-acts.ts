/** What can be done with what is selected: add, duplicate, copy, cut, paste, remove; each is one step that can be taken back. */
import { useCallback, useMemo, useRef } from 'react';
import type { DepartmentId, RoleId } from '../../../core/ids.ts';
import type { Member } from '../../../core/org/org.ts';
import type { OrgEditInput } from '../../../core/org/org-commands.ts';
import { removalOf, teamOfSelection } from './drop.ts';
import type { Made } from './make-edits.ts';
import { copiesOf, freshId, newDepartment, newMember, newTeam } from './make-edits.ts';
import { strings } from './strings.ts';
import type { OrgDraft } from './use-org-draft.ts';
import type { Selection } from './use-selection.ts';

export interface ChartActs {
  readonly addMember: () => void;
  readonly addTeam: () => void;
  readonly addDepartment: () => void;
  readonly duplicate: () => void;
  readonly copy: () => void;
  readonly cut: () => void;
  readonly paste: () => void;
  readonly remove: () => void;
}

export interface ChartActsOptions {
  readonly draft: OrgDraft;
  readonly selection: Selection;
  readonly attempt: (label: string, edits: readonly OrgEditInput[]) => string | null;
  readonly announce: (words: string) => void;
}

/** Who is added knows nothing yet but their trade. */
const firstRole = 'engineer' as RoleId;

export function useChartActs({ draft, selection, attempt, announce }: ChartActsOptions): ChartActs {
  const clipboard = useRef<{ readonly members: readonly Member[]; readonly isCut: boolean } | null>(null);
  const { chart } = draft.drawn;
  const make = useCallback(
    (label: string, { edits, ids }: Made) => {
      if (attempt(label, edits) === null) selection.set(new Set(ids));
    },
    [attempt, selection],
  );
  const chosen = useMemo(
    () => chart.members.filter(({ id }) => selection.ids.has(id)),
    [chart, selection.ids],
  );
  const departmentId = useCallback((): DepartmentId | undefined => {
    const teamId = teamOfSelection(chart, selection.ids);
    const named = chart.departments.find(({ id }) => selection.ids.has(id))?.id;
    return named ?? chart.teams.find(({ id }) => id === teamId)?.departmentId ?? chart.departments[0]?.id;
  }, [chart, selection.ids]);

  const take = (isCut: boolean) => {
    if (chosen.length === 0) return;
    clipboard.current = { members: chosen, isCut };
    announce(isCut ? strings.cut(chosen.length) : strings.copied(chosen.length));
  };
  const paste = () => {
    const held = clipboard.current;
    if (!held) return;
    const teamId = teamOfSelection(chart, selection.ids);
    if (held.isCut) {
      const edits = held.members
        .filter(({ id }) => chart.members.some((member) => member.id === id && member.teamId !== teamId))
        .map(({ id }): OrgEditInput => ({ type: 'member.change', memberId: id, teamId }));
      const name = chart.teams.find(({ id }) => id === teamId)?.name ?? strings.top;
      if (
        attempt(
          strings.moved(
            held.members.map((member) => member.name),
            name,
          ),
          edits,
        ) === null
      )
        clipboard.current = null;
      return;
    }
    make(strings.pasted(held.members.length), copiesOf(chart, held.members, teamId, freshId));
  };
  const remove = () => {
    const edits = removalOf(chart, selection.ids);
    const rows = [...chart.members, ...chart.teams, ...chart.departments];
    const names = rows.filter(({ id }) => selection.ids.has(id)).map(({ name }) => name);
    attempt(strings.removed(names), edits);
  };
  return {
    addMember: () =>
      make(
        strings.added('a member'),
        newMember(chart, teamOfSelection(chart, selection.ids), chosen[0]?.roleIds[0] ?? firstRole, freshId),
      ),
    addTeam: () => {
      const id = departmentId();
      if (id) make(strings.added('a team'), newTeam(chart, id, freshId));
    },
    addDepartment: () => make(strings.added('a department'), newDepartment(chart, freshId)),
    duplicate: () => {
      const made = copiesOf(chart, chosen, undefined, freshId);
      if (made.edits.length > 0) make(strings.duplicated(chosen.map(({ name }) => name)), made);
    },
    copy: () => take(false),
    cut: () => take(true),
    paste,
    remove,
  };
}
