/** The versions of the workflow: choose one to see what going back would change, and put that into the draft. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Seq } from '../../../core/ids.ts';
import { Button } from '../../design/button.tsx';
import { classNames } from '../../design/class-names.ts';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { Tag } from '../../design/tag.tsx';
import { Ago } from '../../lib/ago.tsx';
import { useCoordination, useLive } from '../../lib/company-context.tsx';
import { formatExact } from '../../lib/format.ts';
import { ChangeList } from './change-list.tsx';
import { strings } from './strings.ts';
import type { WorkflowDraft } from './use-workflow-draft.ts';
import { changesBetween } from './workflow-changes.ts';
import type { WorkflowVersion } from './workflow-versions.ts';
import { versionsOf, workflowAt } from './workflow-versions.ts';

export interface VersionsViewProps {
  draft: WorkflowDraft;
  attempt: WorkflowDraft['attempt'];
}

export function VersionsView({ draft, attempt }: VersionsViewProps) {
  const coordination = useCoordination();
  const companyId = useLive(({ company }) => company?.id ?? '');
  const [chosen, choose] = useState<Seq | null>(null);
  const name = draft.drawn.id;
  const { data, error } = useQuery({
    // Asked anew whenever there is a new one.
    queryKey: ['workflow-versions', companyId, name, draft.base?.version ?? 0],
    queryFn: () => versionsOf(coordination(), name),
  });
  if (error) return <Notice tone="failure">{error.message}</Notice>;
  if (!data) return <Skeleton label={strings.loading} className="m-4 h-40" />;
  if (data.length === 0) return <p className="p-4 text-muted">{strings.noVersions}</p>;
  return (
    <ol aria-label={strings.versionsLabel} className="flex flex-col">
      {data.map((version, place) => (
        <li key={version.seq} className="border-line border-b">
          <button
            type="button"
            aria-expanded={chosen === version.seq}
            onClick={() => choose(chosen === version.seq ? null : version.seq)}
            className={classNames(
              'flex w-full flex-col gap-0.5 px-4 py-2.5 text-left hover:bg-hover',
              chosen === version.seq && 'bg-hover',
            )}
          >
            <span className="flex items-center gap-2">
              <Ago at={version.at} className="font-medium" />
              <span className="flex-1 text-muted text-xs">{strings.versionBy(version.by)}</span>
              {place === 0 && draft.base && <Tag tone="alive">{strings.versionNow}</Tag>}
            </span>
            <span className="truncate text-muted text-xs">{version.what}</span>
          </button>
          {chosen === version.seq && <GoBack version={version} draft={draft} attempt={attempt} />}
        </li>
      ))}
    </ol>
  );
}

function GoBack({ version, draft, attempt }: VersionsViewProps & { version: WorkflowVersion }) {
  const coordination = useCoordination();
  const name = draft.drawn.id;
  const { data, error, isPending } = useQuery({
    queryKey: ['workflow-at', name, version.seq],
    queryFn: () => workflowAt(coordination(), name, version.seq),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <Notice tone="failure">{error.message}</Notice>;
  if (isPending) return <Skeleton label={strings.loading} className="m-4 h-16" />;
  const changes = data ? changesBetween(draft.drawn, data) : [];
  return (
    <div className="flex flex-col gap-2 bg-hover px-4 pb-3.5">
      {!data || changes.length === 0 ? (
        <p className="text-muted">{strings.sameAsNow}</p>
      ) : (
        <>
          <h3 className="font-medium text-faint text-xs">{strings.showDiff}</h3>
          <ChangeList changes={changes} />
          <Button
            size="small"
            icon="history"
            onPress={() => attempt(strings.rolledBack(formatExact(version.at)), data)}
          >
            {strings.rollBack}
          </Button>
        </>
      )}
    </div>
  );
}
