/** An empty place: says what would be here and how to get it. */
import type { ReactNode } from 'react';
import { Horizon } from './horizon.tsx';

export interface EmptyStateProps {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="relative flex h-full min-h-64 flex-col items-center justify-center gap-2 overflow-hidden p-8 pb-28 text-center">
      <h2 className="font-semibold text-lg">{title}</h2>
      <div className="max-w-[48ch] text-muted">{children}</div>
      {action && <div className="mt-3">{action}</div>}
      <Horizon className="absolute inset-x-0 bottom-0 h-24 opacity-60" />
    </div>
  );
}
