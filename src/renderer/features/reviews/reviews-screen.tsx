/** Reviews of a folder: one is started here, the six are followed, and the report is read. */
import { useState } from 'react';
import type { ReviewView } from '../../../contract/reviews.ts';
import { classNames } from '../../design/class-names.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { Notice } from '../../design/notice.tsx';
import { Page } from '../../design/page.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { Ago } from '../../lib/ago.tsx';
import { asCoordError } from '../../lib/use-command.ts';
import { ReviewReport } from './review-report.tsx';
import { StartForm } from './start-form.tsx';
import { strings } from './strings.ts';
import { useReviews } from './use-reviews.ts';

export function ReviewsScreen() {
  const { data: reviews, error } = useReviews();
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = reviews?.find(({ id }) => id === chosen) ?? reviews?.[0];
  return (
    <Page title={strings.title}>
      <div className="mx-auto flex w-full max-w-5xl flex-col gap-7 p-6 max-md:p-4">
        <StartForm
          isBusy={reviews?.some(({ state }) => state === 'running') ?? false}
          onStarted={({ id }) => setChosen(id)}
        />
        {error && <Notice tone="failure">{asCoordError(error).message}</Notice>}
        {!reviews && !error && <Skeleton label={strings.loading} rows={4} />}
        {reviews && reviews.length > 1 && (
          <ReviewChoice reviews={reviews} shown={shown?.id ?? null} onChoose={setChosen} />
        )}
        {shown && <ReviewReport key={shown.id} review={shown} />}
        {reviews?.length === 0 && (
          <EmptyState isWithin title={strings.empty}>
            {strings.emptyMore}
          </EmptyState>
        )}
      </div>
    </Page>
  );
}

interface ReviewChoiceProps {
  reviews: readonly ReviewView[];
  shown: string | null;
  onChoose: (id: string) => void;
}

function ReviewChoice({ reviews, shown, onChoose }: ReviewChoiceProps) {
  return (
    <nav aria-label={strings.earlier} className="flex flex-wrap gap-2">
      {reviews.map(({ id, path, startedAt, state }) => (
        <button
          key={id}
          type="button"
          aria-current={id === shown ? 'true' : undefined}
          onClick={() => onChoose(id)}
          className={classNames(
            'flex max-w-full items-center gap-2 rounded-md border px-2.5 py-1 text-xs transition-colors duration-150 hover:bg-hover',
            id === shown ? 'border-line-strong bg-hover text-ink' : 'border-line text-muted',
          )}
        >
          <span className="truncate font-mono">{path.split(/[\\/]/).at(-1)}</span>
          <span className="text-faint">
            {strings.states[state]} · <Ago at={startedAt} />
          </span>
        </button>
      ))}
    </nav>
  );
}
