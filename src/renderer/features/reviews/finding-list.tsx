/** What was found, the worst first: each with its file and line. */
import type { Finding } from '../../../contract/review-report.ts';
import { bySeverity } from '../../../contract/review-report.ts';
import type { ReviewPart } from '../../../contract/reviews.ts';
import { Button } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { useCopy } from '../../design/use-copy.ts';
import { SeverityTag } from './severity-tag.tsx';
import { strings } from './strings.ts';

export function FindingList({ parts }: { parts: readonly ReviewPart[] }) {
  const findings = parts
    .flatMap((part) => part.findings.map((finding) => ({ ...finding, reviewer: part.reviewer })))
    .sort(bySeverity);
  if (findings.length === 0) {
    return <EmptyState title={strings.noFindings}>{strings.noFindingsMore}</EmptyState>;
  }
  return (
    <ol className="divide-y divide-line rounded-md border border-line">
      {findings.map((finding, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two findings may be the same, and the list of a report stays as it is
        <li key={at} className="grid gap-x-3 gap-y-1 px-3 py-2.5 md:grid-cols-[72px_minmax(0,1fr)_auto]">
          <span>
            <SeverityTag severity={finding.severity} />
          </span>
          <div className="min-w-0">
            <p className="break-words font-medium">{finding.title}</p>
            {finding.detail !== '' && finding.detail !== finding.title && (
              <p className="whitespace-pre-wrap break-words text-muted text-xs">{finding.detail}</p>
            )}
            <Place finding={finding} />
          </div>
          <span className="text-faint text-xs">{finding.reviewer}</span>
        </li>
      ))}
    </ol>
  );
}

function Place({ finding: { file, line } }: { finding: Finding }) {
  const place = `${file}:${line}`;
  const { copied, copy } = useCopy();
  return (
    <span className="flex items-center gap-1">
      <code className="min-w-0 break-all font-mono text-[12px] text-alive">{place}</code>
      <Button
        look="quiet"
        size="small"
        icon={copied ? 'check' : 'copy'}
        aria-label={`${strings.copyPlace}: ${place}`}
        onPress={() => void copy(place)}
      />
    </span>
  );
}
