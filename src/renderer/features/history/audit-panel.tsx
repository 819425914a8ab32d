/** The audit up to the moment that is shown: who did what and why, and what it changed; searched, and taken along. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { Seq } from '../../../core/ids.ts';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { Notice } from '../../design/notice.tsx';
import { Select } from '../../design/select.tsx';
import { useCoordination, useLive } from '../../lib/company-context.tsx';
import { saveFile } from '../../lib/files.ts';
import type { Moment } from '../../lib/moment.ts';
import { asCoordError } from '../../lib/use-command.ts';
import { useHostAct } from '../../lib/use-host-act.ts';
import { AuditRow } from './audit-row.tsx';
import type { AuditSearch } from './audit-search.ts';
import { anybody, auditFilter, auditLines, host, plainSearch } from './audit-search.ts';
import { strings } from './strings.ts';
import type { Past } from './use-past.ts';

const pageEntries = 50;

export function AuditPanel({ moment, past: { jump, compareWith } }: { moment: Moment; past: Past }) {
  const coordination = useCoordination();
  const [search, setSearch] = useState(plainSearch);
  const filter = useDeferredValue(auditFilter(search, moment));
  const { data, error, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) =>
      coordination().query('audit', { ...filter, cursor: pageParam, limit: pageEntries }),
    initialPageParam: null as Seq | null,
    getNextPageParam: ({ next }) => next ?? undefined,
    retry: false,
  });
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <div className="flex flex-col gap-3">
      <SearchFields search={search} onChange={(part) => setSearch({ ...search, ...part })} />
      <Export filter={filter} isEmpty={entries.length === 0} />
      {error && <Notice tone="waiting">{asCoordError(error).message}</Notice>}
      {!error && !isFetching && entries.length === 0 && <p className="text-muted">{strings.auditNone}</p>}
      <ol aria-label={strings.auditFound} className="flex flex-col">
        {entries.map((entry) => (
          <AuditRow key={entry.seq} entry={entry} onGo={jump} onCompare={compareWith} />
        ))}
      </ol>
      {hasNextPage && (
        <span className="self-center">
          <Button isPending={isFetching} onPress={() => void fetchNextPage()}>
            {strings.auditMore}
          </Button>
        </span>
      )}
    </div>
  );
}

function SearchFields({
  search,
  onChange,
}: {
  search: AuditSearch;
  onChange: (part: Partial<AuditSearch>) => void;
}) {
  const members = useLive((state) =>
    [...state.members.values()].sort((a, b) => a.name.localeCompare(b.name)),
  );
  return (
    <div className="grid grid-cols-2 gap-2">
      <Field label={strings.auditWords} value={search.text} onChange={(text) => onChange({ text })} />
      <Field
        label={strings.auditType}
        placeholder={strings.auditTypeHelp}
        value={search.type}
        onChange={(type) => onChange({ type })}
      />
      <Select
        label={strings.auditActor}
        value={search.actor}
        onChange={(actor) => onChange({ actor })}
        options={[
          { value: anybody, label: strings.anybody },
          { value: host, label: strings.theHost },
          ...members.map(({ id, name }) => ({ value: id as string, label: name })),
        ]}
      />
      <Field label={strings.auditObject} value={search.object} onChange={(object) => onChange({ object })} />
      <div className="col-span-2 grid grid-cols-2 gap-2 lg:max-xl:grid-cols-1">
        <Field
          label={strings.auditSince}
          type="datetime-local"
          value={search.since}
          onChange={(since) => onChange({ since })}
        />
        <Field
          label={strings.auditUntil}
          type="datetime-local"
          value={search.until}
          onChange={(until) => onChange({ until })}
        />
      </div>
    </div>
  );
}

/** All that was found, also what no page has shown yet. */
function Export({ filter, isEmpty }: { filter: ReturnType<typeof auditFilter>; isEmpty: boolean }) {
  const { run, pending, refusal } = useHostAct([]);
  const save = async () => {
    const found = await run((of) => auditLines((page) => of.query('audit', { ...filter, ...page })));
    if (found) await saveFile('audit.jsonl', new Blob([found.done], { type: 'application/jsonl' }));
  };
  return (
    <>
      <span>
        <Button size="small" isPending={pending} isDisabled={isEmpty} onPress={() => void save()}>
          {strings.auditExport}
        </Button>
      </span>
      {refusal && <Notice tone="failure">{refusal.message}</Notice>}
    </>
  );
}
