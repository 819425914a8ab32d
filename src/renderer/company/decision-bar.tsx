/** The place of the decision: under the evidence, always in sight while it is read. */
import type { ReactNode } from 'react';

const tones = {
  needs: 'border-needs/70',
  failure: 'border-failure/70',
  plain: 'border-line',
} as const;

export interface DecisionBarProps {
  title: string;
  tone: keyof typeof tones;
  children: ReactNode;
}

export function DecisionBar({ title, tone, children }: DecisionBarProps) {
  return (
    <section
      aria-label={title}
      className={`shrink-0 border-t-2 bg-surface px-6 py-4 max-md:px-4 max-md:py-3 ${tones[tone]}`}
    >
      <div className="flex max-w-5xl flex-col gap-3">
        <h3 className="sr-only">{title}</h3>
        {children}
      </div>
    </section>
  );
}
