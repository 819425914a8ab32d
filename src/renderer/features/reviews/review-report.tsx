/** One review: how far the six are while it runs, and then its summary and findings. */
import { useState } from 'react';
import type { ReviewView } from '../../../contract/reviews.ts';
import { MarkdownView } from '../../company/markdown-view.tsx';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { Tag } from '../../design/tag.tsx';
import { useActs } from '../../lib/acts.ts';
import { FindingList } from './finding-list.tsx';
import { ReviewerList } from './reviewer-list.tsx';
import { strings } from './strings.ts';
import { useReviewAct } from './use-reviews.ts';

const tones = { running: 'alive', done: 'outline', failed: 'failure', stopped: 'plain' } as const;

export function ReviewReport({ review }: { review: ReviewView }) {
  const [only, setOnly] = useState<string | null>(null);
  const { run, pending, refusal } = useReviewAct();
  const { id, path, model, files, parts, state, summary, failedBecause } = review;
  const unfounded = parts.reduce((sum, part) => sum + part.unfounded, 0);
  const shown = only === null ? parts : parts.filter(({ reviewer }) => reviewer === only);
  const found = shown.reduce((sum, part) => sum + part.findings.length, 0);
  const stop = () => void run((host) => host.stopReview({ id }));
  useActs({ 'reviews.stop': state === 'running' && stop });
  return (
    <article aria-labelledby="reviewed" className="flex flex-col gap-6">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id="reviewed" className="min-w-0 break-all font-mono text-base">
          {path}
        </h2>
        <Tag tone={tones[state]}>{strings.states[state]}</Tag>
        <span className="text-faint text-xs">
          {[model === null ? strings.byRules : strings.byModel(model), files && strings.files(files)]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span className="flex-1" />
        {state === 'running' && (
          <Button icon="stop" isDisabled={pending} onPress={stop}>
            {strings.stop}
          </Button>
        )}
      </header>
      {refusal && <Notice tone="failure">{refusal.message}</Notice>}
      {state === 'failed' && (
        <Notice tone="failure" title={strings.failedTitle}>
          {failedBecause}
        </Notice>
      )}
      {parts.length === 0 && state === 'running' && <Skeleton label={strings.beginning} rows={3} />}
      {parts.length > 0 && (
        <section aria-label={strings.reviewers}>
          <ReviewerList parts={parts} only={only} onOnly={setOnly} />
        </section>
      )}
      {summary !== null && (
        <section aria-label={strings.summary} className="rounded-md border border-line bg-raised">
          <MarkdownView text={summary} />
        </section>
      )}
      {(summary !== null || found > 0) && (
        <section aria-labelledby="findings">
          <h3 id="findings" className="mb-2 flex items-baseline gap-2 font-semibold text-base">
            {strings.findings}
            <span className="font-normal text-faint text-xs" role="status">
              {[strings.findingCount(found), only].filter(Boolean).join(' · ')}
            </span>
          </h3>
          <FindingList parts={shown} />
          {unfounded > 0 && <p className="mt-2 text-faint text-xs">{strings.unfounded(unfounded)}</p>}
        </section>
      )}
    </article>
  );
}
