/** An empty place: says what would be here and how to get it. */
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Horizon } from './horizon.tsx';

export interface EmptyStateProps {
  title: string;
  children: ReactNode;
  action?: ReactNode;
  /** More stands below it: without the horizon, which ends a page. */
  isWithin?: boolean;
  /** It is all there is on the page: its title is the page's. */
  isPage?: boolean;
}

export function EmptyState({ title, children, action, isWithin = false, isPage = false }: EmptyStateProps) {
  const Title = isPage ? 'h1' : 'h2';
  return (
    <div
      className={classNames(
        'relative flex w-full flex-col items-center justify-center gap-2 overflow-hidden p-8 text-center',
        isWithin ? 'rounded-lg border border-line border-dashed' : 'h-full min-h-64 pb-28',
      )}
    >
      <Title className="font-semibold text-lg">{title}</Title>
      <div className="max-w-[48ch] text-balance text-muted">{children}</div>
      {action && <div className="mt-3">{action}</div>}
      {!isWithin && <Horizon className="absolute inset-x-0 bottom-0 h-24 opacity-60" />}
    </div>
  );
}
