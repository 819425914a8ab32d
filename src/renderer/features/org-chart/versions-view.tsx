/** The versions of the company: choose one to see what going back would change, and put that into the draft. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { chartAt } from '../../../contract/template-base.ts';
import type { Seq } from '../../../core/ids.ts';
import { editsBetween } from '../../../core/org/chart/edits-between.ts';
import type { OrgChart } from '../../../core/org/chart/org-chart.ts';
import type { OrgEditInput } from '../../../core/org/org-commands.ts';
import { Button } from '../../design/button.tsx';
import { classNames } from '../../design/class-names.ts';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { Tag } from '../../design/tag.tsx';
import { Ago } from '../../lib/ago.tsx';
import { useCoordination } from '../../lib/company-context.tsx';
import { formatExact } from '../../lib/format.ts';
import type { CompanyVersion } from './company-versions.ts';
import { versionsBefore } from './company-versions.ts';
import { describeEdits, editTones } from './describe-edit.ts';
import { strings } from './strings.ts';
import { useCompanyAbout } from './use-company-about.ts';
import type { OrgDraft } from './use-org-draft.ts';

export interface VersionsViewProps {
  draft: OrgDraft;
  attempt: (label: string, edits: readonly OrgEditInput[]) => string | null;
  onMerge: () => void;
}

export function VersionsView({ draft, attempt, onMerge }: VersionsViewProps) {
  const coordination = useCoordination();
  const [chosen, choose] = useState<Seq | null>(null);
  const { id, template, version } = useCompanyAbout();
  const { data, error, fetchNextPage, hasNextPage } = useInfiniteQuery({
    // Asked anew whenever the structure has changed.
    queryKey: ['org-versions', id, stampOf(draft.base)],
    queryFn: ({ pageParam }) => versionsBefore(coordination(), pageParam),
    initialPageParam: null as Seq | null,
    getNextPageParam: ({ next }) => next,
  });
  if (error) return <Notice tone="failure">{error.message}</Notice>;
  const versions = data?.pages.flatMap((page) => page.versions) ?? [];
  return (
    <>
      <section className="border-line border-b px-4 py-3.5">
        <p className="text-muted">{strings.mergeAbout(template, version)}</p>
        <Button size="small" className="mt-2" onPress={onMerge}>
          {strings.mergeTitle}
        </Button>
      </section>
      {!data && <Skeleton label={strings.loading} className="m-4 h-40" />}
      <ol aria-label={strings.versionsLabel} className="flex flex-col">
        {versions.map((one, place) => (
          <li key={one.seq} className="border-line border-b">
            <VersionRow
              version={one}
              isNow={place === 0}
              isOpen={chosen === one.seq}
              onOpen={() => choose(chosen === one.seq ? null : one.seq)}
            />
            {chosen === one.seq && place > 0 && <GoBack version={one} draft={draft} attempt={attempt} />}
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button look="quiet" className="m-3" onPress={() => void fetchNextPage()}>
          {strings.versionsMore}
        </Button>
      )}
    </>
  );
}

const stamps = new WeakMap<OrgChart, number>();
let lastStamp = 0;

/** A number for each chart that there was. */
function stampOf(chart: OrgChart): number {
  const known = stamps.get(chart);
  if (known !== undefined) return known;
  lastStamp += 1;
  stamps.set(chart, lastStamp);
  return lastStamp;
}

function VersionRow({
  version: { at, by, what },
  isNow,
  isOpen,
  onOpen,
}: {
  version: CompanyVersion;
  isNow: boolean;
  isOpen: boolean;
  onOpen: () => void;
}) {
  const [first, ...others] = what;
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      disabled={isNow}
      onClick={onOpen}
      className={classNames(
        'flex w-full flex-col gap-0.5 px-4 py-2.5 text-left',
        isOpen ? 'bg-hover' : 'enabled:hover:bg-hover',
      )}
    >
      <span className="flex items-center gap-2">
        <Ago at={at} className="font-medium" />
        <span className="flex-1 text-muted text-xs">{strings.versionBy(by)}</span>
        {isNow && <Tag tone="alive">{strings.versionNow}</Tag>}
      </span>
      <span className="truncate text-muted text-xs">
        {first}
        {others.length > 0 && ` ${strings.andMore(others.length)}`}
      </span>
    </button>
  );
}

function GoBack({
  version,
  draft,
  attempt,
}: {
  version: CompanyVersion;
  draft: OrgDraft;
  attempt: VersionsViewProps['attempt'];
}) {
  const coordination = useCoordination();
  const { data: then, error } = useQuery({
    queryKey: ['org-chart-at', version.seq],
    queryFn: () => chartAt(coordination(), version.seq),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <Notice tone="failure">{error.message}</Notice>;
  if (!then) return <Skeleton label={strings.loading} className="m-4 h-16" />;
  const { chart } = draft.drawn;
  const edits = editsBetween(chart, then);
  return (
    <div className="flex flex-col gap-2 bg-hover px-4 pb-3.5">
      {edits.length === 0 ? (
        <p className="text-muted">{strings.sameAsNow}</p>
      ) : (
        <>
          <h3 className="font-medium text-faint text-xs">{strings.showDiff}</h3>
          <ul className="flex flex-col gap-1">
            {describeEdits(chart, then, edits).map(({ what, subject, text }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an edit is its place among the edits
              <li key={place} className="flex items-start gap-2">
                <Tag tone={editTones[what]}>{strings.whats[what]}</Tag>
                <span className="min-w-0 flex-1 break-words">
                  <span className="font-medium">{subject}</span> <span className="text-muted">{text}</span>
                </span>
              </li>
            ))}
          </ul>
          <Button
            size="small"
            icon="history"
            onPress={() => attempt(strings.rolledBack(formatExact(version.at)), edits)}
          >
            {strings.rollBack}
          </Button>
        </>
      )}
    </div>
  );
}
