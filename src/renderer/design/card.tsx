/** A bordered surface for one thing; `tone` marks that it is alive, needs somebody, or has failed. */
import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

const tones = {
  plain: 'border-line bg-surface',
  alive: 'border-alive/60 bg-surface',
  needs: 'border-needs/70 bg-surface',
  waiting: 'border-waiting/50 bg-surface',
  failure: 'border-failure/60 bg-failure-soft',
} as const;

export interface CardProps extends ComponentProps<'div'> {
  tone?: keyof typeof tones;
}

export function Card({ tone = 'plain', className, ...props }: CardProps) {
  return <div {...props} className={classNames('rounded-lg border', tones[tone], className)} />;
}
