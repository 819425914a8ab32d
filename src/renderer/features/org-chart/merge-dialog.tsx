/** Puts a template's new version on top of a company that was changed since: what both changed is chosen here, one by one. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { templateBase } from '../../../contract/template-base.ts';
import type { MergeSide } from '../../../core/org/chart/merge-company-files.ts';
import { mergeTemplate } from '../../../core/org/chart/merge-template.ts';
import type { CompanyFile } from '../../../core/org/company-file.ts';
import { companyFileSchema } from '../../../core/org/company-file.ts';
import type { OrgEditInput } from '../../../core/org/org-commands.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Notice } from '../../design/notice.tsx';
import { Segmented } from '../../design/segmented.tsx';
import { Tag } from '../../design/tag.tsx';
import { useCoordination } from '../../lib/company-context.tsx';
import { openYamlFile } from '../../lib/files.ts';
import { describeEdits, editTones } from './describe-edit.ts';
import { strings } from './strings.ts';
import { useCompanyAbout } from './use-company-about.ts';
import type { OrgDraft } from './use-org-draft.ts';

export interface MergeDialogProps {
  draft: OrgDraft;
  attempt: (label: string, edits: readonly OrgEditInput[]) => string | null;
  onClose: () => void;
}

export function MergeDialog({ draft, attempt, onClose }: MergeDialogProps) {
  const coordination = useCoordination();
  const about = useCompanyAbout();
  const [theirs, setTheirs] = useState<CompanyFile | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { data, error } = useQuery({
    queryKey: ['org-merge', about.id, about.template, about.version],
    queryFn: async () => ({
      base: await templateBase(coordination(), about),
      templates: await coordination().templates(),
    }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const newer = data?.templates.companies.find(
    ({ template, version = 1 }) => template === about.template && version > about.version,
  );
  const openFile = async () => {
    const file = await openYamlFile();
    if (!file) return;
    const { readChart } = await import('./company-yaml.ts');
    const names = [...(data?.templates.workflows ?? [])].map(
      ({ name }) => [String(name), null as never] as const,
    );
    const read = readChart(file.text, draft.drawn.chart, new Map(names));
    setProblem(
      read.ok
        ? null
        : read.findings
            .map(({ line, message, fix }) => `${strings.yamlLine(line)}: ${message} - ${fix}`)
            .join('\n'),
    );
    if (read.ok) setTheirs(read.file);
  };
  return (
    <Dialog title={strings.mergeTitle} closeLabel={strings.close} isOpen onClose={onClose} size="wide">
      <p className="mb-4 text-muted">{strings.mergeAbout(about.template, about.version)}</p>
      <div className="mb-4 flex gap-2">
        {newer && (
          <Button onPress={() => setTheirs(companyFileSchema.parse(newer))}>
            {strings.mergeBuiltIn(newer.version ?? 1)}
          </Button>
        )}
        <Button icon="file" isDisabled={!data} onPress={() => void openFile()}>
          {strings.mergeFile}
        </Button>
      </div>
      {(problem ?? error) && (
        <Notice tone="failure" title={strings.fileBad}>
          <span className="whitespace-pre-wrap">{problem ?? error?.message}</span>
        </Notice>
      )}
      {theirs && data && (
        <Merge base={data.base} theirs={theirs} draft={draft} attempt={attempt} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface MergeProps extends MergeDialogProps {
  base: CompanyFile;
  theirs: CompanyFile;
}

function Merge({ base, theirs, draft, attempt, onClose }: MergeProps) {
  const [choices, setChoices] = useState<ReadonlyMap<string, MergeSide>>(new Map());
  const [refused, setRefused] = useState<string | null>(null);
  const { chart } = draft.drawn;
  const { conflicts, merged, changes, edits } = mergeTemplate(chart, base, theirs, choices);
  const put = () => {
    const reason = attempt(strings.merged(theirs.template), edits);
    setRefused(reason);
    if (reason === null) onClose();
  };
  return (
    <div className="flex flex-col gap-4">
      {conflicts.length > 0 && (
        <section aria-label={strings.mergeConflicts(conflicts.length)}>
          <h3 className="mb-2 font-medium text-waiting">{strings.mergeConflicts(conflicts.length)}</h3>
          <ul className="flex flex-col gap-2">
            {conflicts.map(({ about: what, base: was, ours: own, theirs: other }) => (
              <li
                key={what}
                className="flex flex-wrap items-center gap-3 rounded-md border border-waiting/50 px-3 py-2"
              >
                <span className="min-w-40 flex-1">
                  <span className="block font-medium">{what}</span>
                  <span className="block font-mono text-[11px] text-faint">{`${strings.mergeBase}: ${worded(was)}`}</span>
                </span>
                <span className="min-w-0 max-w-80 font-mono text-[11px] text-muted">
                  <span className="block truncate">{`${strings.mergeOurs}: ${worded(own)}`}</span>
                  <span className="block truncate">{`${strings.mergeTheirs}: ${worded(other)}`}</span>
                </span>
                <Segmented
                  label={what}
                  value={choices.get(what) ?? 'ours'}
                  onChange={(side) => setChoices(new Map([...choices, [what, side]]))}
                  segments={[
                    { value: 'ours', label: strings.mergeOurs },
                    { value: 'theirs', label: strings.mergeTheirs },
                  ]}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label={strings.changesTitle}>
        <h3 className="mb-2 font-medium text-faint text-xs">{`${strings.changesTitle} · ${changes.length}`}</h3>
        {changes.length === 0 && <p className="text-muted">{strings.mergeNone}</p>}
        <ul className="flex max-h-72 flex-col gap-1 overflow-y-auto">
          {describeEdits(chart, merged, changes).map(({ what, subject, text }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an edit is its place among the edits
            <li key={place} className="flex items-start gap-2">
              <Tag tone={editTones[what]}>{strings.whats[what]}</Tag>
              <span className="font-medium">{subject}</span>
              <span className="text-muted">{text}</span>
            </li>
          ))}
        </ul>
      </section>
      {refused && <Notice tone="failure">{refused}</Notice>}
      <footer className="flex justify-end border-line border-t pt-4">
        <Button look="primary" onPress={put}>
          {strings.mergeInto}
        </Button>
      </footer>
    </div>
  );
}

function worded(value: unknown): string {
  if (value === null || value === undefined) return strings.mergeGone;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
