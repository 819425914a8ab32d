/** The workflows of the company, and those that are only drawn yet. */
import { useMemo, useSyncExternalStore } from 'react';
import { Link } from 'wouter';
import type { WorkflowName } from '../../../core/ids.ts';
import { checkSatisfiability } from '../../../core/workflow/satisfiability.ts';
import type { Workflow } from '../../../core/workflow/workflow.ts';
import { StatusDot } from '../../design/status-dot.tsx';
import { Tag } from '../../design/tag.tsx';
import { useConnection, useLive } from '../../lib/company-context.tsx';
import { draftNames, draftsRevision, keptDraft, onDrafts } from './kept-drafts.ts';
import { strings } from './strings.ts';

interface Entry {
  readonly name: WorkflowName;
  readonly workflow: Workflow | null;
  readonly isDrawn: boolean;
}

export function useWorkflowEntries(): readonly Entry[] {
  const companyId = useLive(({ company }) => company?.id ?? '');
  const workflows = useLive((state) => state.workflows);
  const revision = useSyncExternalStore(onDrafts, draftsRevision);
  const names = [...workflows.values()].map(({ id }) => id).sort();
  const key = names.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `revision` and `key` change whenever what is read does
  return useMemo(() => {
    const drawn = draftNames(companyId).filter((name) => isWorthwhile(companyId, name));
    const all = [...new Set([...names, ...drawn])].sort();
    return all.map((name) => ({
      name,
      workflow: workflows.get(name) ?? null,
      isDrawn: drawn.includes(name),
    }));
  }, [companyId, workflows, revision, key]);
}

/** One whose every step was taken back is none. */
function isWorthwhile(companyId: string, name: WorkflowName): boolean {
  const kept = keptDraft(companyId, name);
  return kept !== null && (kept.start !== null || kept.stack.done.length > 0);
}

export function WorkflowList({ entries, chosen }: { entries: readonly Entry[]; chosen: string | null }) {
  const { live } = useConnection();
  useLive(({ seq }) => seq);
  return (
    <nav aria-label={strings.list} className="flex flex-col gap-1 overflow-y-auto p-3">
      {entries.map(({ name, workflow, isDrawn }) => {
        const isBlocked = workflow !== null && !checkSatisfiability(live.state, workflow).finishable;
        return (
          <Link
            key={name}
            href={`/workflows/${name}`}
            data-item
            aria-current={name === chosen ? 'true' : undefined}
            className="rounded-md border border-transparent px-3 py-2 hover:bg-hover aria-[current=true]:border-alive/60 aria-[current=true]:bg-hover"
          >
            <span className="flex items-center gap-2">
              <span className="min-w-0 flex-1 truncate font-mono">{name}</span>
              {isDrawn && <Tag tone="waiting">{workflow === null ? strings.newTag : strings.draftTag}</Tag>}
            </span>
            {workflow !== null && (
              <span className="flex items-center gap-1.5 text-muted text-xs">
                {isBlocked && <StatusDot status="failure" />}
                {isBlocked
                  ? strings.blocked
                  : `${strings.steps(workflow.steps.length)} · ${strings.gates(gatesIn(workflow))}`}
              </span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}

const gatesIn = ({ steps }: Workflow): number => steps.reduce((sum, { gates }) => sum + gates.length, 0);
