/** One member: who, where, how it works and what it spends, each to be changed; and what it may do, with the reason. */
import type { RoleId } from '../../../core/ids.ts';
import { budgetFileOf, runnerFileOf } from '../../../core/org/chart/row-files.ts';
import type { Member } from '../../../core/org/org.ts';
import type { OrgEditInput } from '../../../core/org/org-commands.ts';
import { launcherNames } from '../../../core/worker/launcher-names.ts';
import { CommitField } from '../../canvas/commit-field.tsx';
import { InspectorSection } from '../../canvas/inspector.tsx';
import { MemberAvatar } from '../../company/member-avatar.tsx';
import { Segmented } from '../../design/segmented.tsx';
import { Select } from '../../design/select.tsx';
import { Tag } from '../../design/tag.tsx';
import { Capabilities, RightNow } from './member-facts.tsx';
import type { FiguresBoard } from './member-figures.ts';
import { strings } from './strings.ts';
import type { OrgDraft } from './use-org-draft.ts';

type MemberChange = NonNullable<Extract<OrgEditInput, { type: 'member.change' }>['member']>;

export interface MemberInspectorProps {
  member: Member;
  draft: OrgDraft;
  board: FiguresBoard;
  /** Does a step and says in place why it can't. @returns the reason */
  attempt: (label: string, edits: readonly OrgEditInput[]) => string | null;
}

const nowhere = 'nowhere';
const asTheHost = 'host';

export function MemberInspector({ member, draft, board, attempt }: MemberInspectorProps) {
  const { chart, state } = draft.drawn;
  const change = (field: string, fields: MemberChange): string | null =>
    attempt(strings.changed(field, member.name), [
      { type: 'member.change', memberId: member.id, member: fields },
    ]);
  const move = (to: string) => {
    const teamId = to === nowhere ? null : to;
    const name = chart.teams.find(({ id }) => id === teamId)?.name ?? strings.top;
    attempt(strings.moved([member.name], name), [{ type: 'member.change', memberId: member.id, teamId }]);
  };
  const roles = [...state.roles.values()].map(({ id }) => ({ value: id, label: id }));
  const [role = '' as RoleId, ...also] = member.roleIds;
  return (
    <>
      <header className="flex items-center gap-3 border-line border-b px-4 py-3.5">
        <MemberAvatar member={member} />
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold text-base">{member.name}</h2>
          <p className="truncate text-muted text-xs">{state.roles.get(role)?.title ?? role}</p>
        </div>
        <Tag>{strings.kind[member.kind]}</Tag>
      </header>
      <RightNow member={member} board={board} />
      <InspectorSection title={strings.identity}>
        <CommitField label={strings.name} value={member.name} onCommit={(name) => change('name', { name })} />
        <Select
          label={strings.role}
          options={roles}
          value={role}
          onChange={(next) => change('role', { role: next, also })}
        />
        {member.kind === 'human' && (
          <CommitField
            label={strings.alsoRoles}
            help={strings.alsoHelp}
            value={also.join(', ')}
            onCommit={(text) => change('roles', { role, also: listIn(text) })}
          />
        )}
        <div className="flex flex-col gap-1">
          <span className="font-medium text-muted text-xs">{strings.memberKind}</span>
          <Segmented
            label={strings.memberKind}
            value={member.kind}
            onChange={(kind) => change('kind', { kind })}
            segments={[
              { value: 'agent', label: strings.kind.agent },
              { value: 'human', label: strings.kind.human },
            ]}
          />
        </div>
        <CommitField
          label={strings.tags}
          help={strings.tagsHelp}
          value={member.tags.join(', ')}
          onCommit={(text) => change('tags', { tags: listIn(text) })}
        />
      </InspectorSection>
      <InspectorSection title={strings.place}>
        <Select
          label={strings.team}
          options={[
            { value: nowhere, label: strings.top },
            ...chart.teams.map(({ id, name, departmentId }) => ({
              value: id as string,
              label: `${chart.departments.find((department) => department.id === departmentId)?.name ?? ''} / ${name}`,
            })),
          ]}
          value={member.teamId ?? nowhere}
          onChange={move}
        />
      </InspectorSection>
      {member.kind === 'agent' && <HowItWorks member={member} change={change} />}
      <Capabilities member={member} state={state} />
    </>
  );
}

function HowItWorks({
  member,
  change,
}: {
  member: Member;
  change: (field: string, fields: MemberChange) => string | null;
}) {
  const { runner, launcher, budget, maxConcurrent } = member;
  const setRunner = (name: string, model: string) => {
    const { model: _, ...options } = runner?.options ?? {};
    if (name === '') return change('runner', { runner: null });
    return change('runner', { runner: { ...options, ...(model !== '' && { model }), name } });
  };
  const setBudget = (part: 'money' | 'tokens', text: string) => {
    const amount = text.trim() === '' ? null : Number(text);
    if (amount !== null && !(amount >= 0)) return strings.notANumber;
    const next = { ...(budget ? budgetFileOf(budget) : {}), [part]: amount ?? undefined };
    const isNothing = next.money === undefined && next.tokens === undefined;
    return change('budget', { budget: isNothing ? null : next });
  };
  const model = typeof runner?.options['model'] === 'string' ? runner.options['model'] : '';
  return (
    <InspectorSection title={strings.howItWorks}>
      <div className="grid grid-cols-2 gap-2.5">
        <CommitField
          label={strings.runner}
          value={runner ? runnerFileOf(runner).name : ''}
          placeholder="script"
          onCommit={(name) => setRunner(name.trim(), model)}
        />
        <CommitField
          label={strings.model}
          value={model}
          isDisabled={runner === null}
          onCommit={(next) => setRunner(runner?.name ?? '', next.trim())}
        />
        <Select
          label={strings.launcher}
          options={[
            { value: asTheHost, label: strings.launcherOfHost },
            ...launcherNames.map((name) => ({ value: name, label: strings.launchers[name] })),
          ]}
          value={launcher ?? asTheHost}
          onChange={(name) =>
            void change('launcher', { launcher: launcherNames.find((known) => known === name) ?? null })
          }
        />
        <CommitField
          label={strings.budgetMoney}
          value={budget?.money == null ? '' : String(budget.money / 1_000_000)}
          placeholder={strings.noLimit}
          onCommit={(text) => setBudget('money', text)}
        />
        <CommitField
          label={strings.budgetTokens}
          value={budget?.tokens == null ? '' : String(budget.tokens)}
          placeholder={strings.noLimit}
          onCommit={(text) => setBudget('tokens', text)}
        />
        <CommitField
          label={strings.concurrency}
          value={String(maxConcurrent)}
          onCommit={(text) => {
            const count = Number(text);
            if (!Number.isInteger(count) || count < 1 || count > 100) return strings.wholeNumber;
            return change('concurrency', { max_concurrent: count });
          }}
        />
      </div>
    </InspectorSection>
  );
}

function listIn(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
