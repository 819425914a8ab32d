/** The audit up to the moment that is shown: who did what and why, and what it changed. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { Seq } from '../../../core/ids.ts';
import { memberIdSchema } from '../../../core/ids.ts';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { Notice } from '../../design/notice.tsx';
import { Select } from '../../design/select.tsx';
import { useCoordination, useLive } from '../../lib/company-context.tsx';
import { asCoordError } from '../../lib/use-command.ts';
import { AuditRow } from './audit-row.tsx';
import { strings } from './strings.ts';

const pageEntries = 50;
const anybody = '';
const host = 'host';

export function AuditPanel({ until, onGo }: { until: Seq; onGo: (seq: Seq) => void }) {
  const coordination = useCoordination();
  const members = useLive((state) =>
    [...state.members.values()].sort((a, b) => a.name.localeCompare(b.name)),
  );
  const [text, setText] = useState('');
  const [type, setType] = useState('');
  const [actor, setActor] = useState(anybody);
  const [object, setObject] = useState('');
  const typed = { text: text.trim(), type: type.trim(), object: object.trim() };
  const filter = useDeferredValue({
    until: { seq: until },
    text: typed.text === '' ? null : typed.text,
    types: typed.type === '' ? [] : [typed.type],
    object: typed.object === '' ? null : typed.object,
    actor: actor === anybody ? null : actor === host ? ('host' as const) : memberIdSchema.parse(actor),
  });
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
      <div className="grid grid-cols-2 gap-2">
        <Field label={strings.auditWords} value={text} onChange={setText} />
        <Field
          label={strings.auditType}
          placeholder={strings.auditTypeHelp}
          value={type}
          onChange={setType}
        />
        <Select
          label={strings.auditActor}
          value={actor}
          onChange={setActor}
          options={[
            { value: anybody, label: strings.anybody },
            { value: host, label: strings.theHost },
            ...members.map(({ id, name }) => ({ value: id as string, label: name })),
          ]}
        />
        <Field label={strings.auditObject} value={object} onChange={setObject} />
      </div>
      {error && <Notice tone="waiting">{asCoordError(error).message}</Notice>}
      {!error && !isFetching && entries.length === 0 && <p className="text-muted">{strings.auditNone}</p>}
      <ol className="flex flex-col">
        {entries.map((entry) => (
          <AuditRow key={entry.seq} entry={entry} onGo={onGo} />
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
