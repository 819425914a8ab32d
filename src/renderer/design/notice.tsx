/** A message in place: what was refused or went wrong, why, and what to do. */
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';

const tones = {
  failure: { box: 'border-failure/60 bg-failure-soft', ink: 'text-failure', icon: 'stop' },
  waiting: { box: 'border-waiting/50 bg-waiting-soft', ink: 'text-waiting', icon: 'warning' },
  needs: { box: 'border-needs/60 bg-needs-soft', ink: 'text-needs', icon: 'gate' },
  alive: { box: 'border-alive/50 bg-alive-soft', ink: 'text-alive', icon: 'check' },
} as const satisfies Record<string, { box: string; ink: string; icon: IconName }>;

export interface NoticeProps {
  tone: keyof typeof tones;
  title?: string;
  children: ReactNode;
  action?: ReactNode;
  className?: string;
}

/** Announced to screen readers when it appears. */
export function Notice({ tone, title, children, action, className }: NoticeProps) {
  const { box, ink, icon } = tones[tone];
  return (
    <div
      role={tone === 'failure' ? 'alert' : 'status'}
      className={classNames('flex items-start gap-2.5 rounded-md border px-3 py-2', box, className)}
    >
      <Icon name={icon} className={classNames('mt-0.5', ink)} />
      <div className="min-w-0 flex-1">
        {title !== undefined && <p className={classNames('font-semibold', ink)}>{title}</p>}
        <div className="break-words text-ink">{children}</div>
      </div>
      {action}
    </div>
  );
}
