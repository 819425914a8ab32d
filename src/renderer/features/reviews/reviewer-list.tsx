/** The six reviewers: who looks, who is done, and how much each has found; pressing one shows its findings alone. */

import { severities } from '../../../contract/review-report.ts';
import type { ReviewPart } from '../../../contract/reviews.ts';
import { classNames } from '../../design/class-names.ts';
import type { Status } from '../../design/status-dot.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { SeverityTag } from './severity-tag.tsx';
import { strings } from './strings.ts';

const dots: Record<ReviewPart['state'], Status> = {
  waiting: 'waiting',
  working: 'alive',
  done: 'done',
  failed: 'failure',
};

export interface ReviewerListProps {
  parts: readonly ReviewPart[];
  /** Whose findings alone are shown; null: all. */
  only: string | null;
  onOnly: (reviewer: string | null) => void;
}

export function ReviewerList({ parts, only, onOnly }: ReviewerListProps) {
  return (
    <ul className="grid gap-2 sm:grid-cols-2 xl:grid-cols-3">
      {parts.map((part) => {
        const isOnly = part.reviewer === only;
        return (
          <li key={part.title}>
            <button
              type="button"
              aria-pressed={isOnly}
              onClick={() => onOnly(isOnly ? null : part.reviewer)}
              className={classNames(
                'flex h-full w-full flex-col gap-1.5 rounded-md border px-3 py-2.5 text-left transition-colors duration-150 hover:bg-hover',
                isOnly ? 'border-alive bg-hover' : 'border-line bg-raised',
              )}
            >
              <span className="flex items-center gap-2">
                <StatusDot status={dots[part.state]} live={part.state === 'working'} />
                <span className="min-w-0 flex-1 truncate font-medium">{part.title}</span>
                <span className="text-faint text-xs">{strings.partStates[part.state]}</span>
              </span>
              <span className="flex min-h-5 flex-wrap items-center gap-1.5 pl-5">
                {part.state === 'done' && part.findings.length === 0 && (
                  <span className="text-faint text-xs">{strings.noFindings}</span>
                )}
                {severities.map((severity) => {
                  const count = part.findings.filter((finding) => finding.severity === severity).length;
                  return count === 0 ? null : (
                    <SeverityTag key={severity} severity={severity} count={count} />
                  );
                })}
                <span className="ml-auto font-mono text-[10px] text-faint">{part.worker ?? ''}</span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
