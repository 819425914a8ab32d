/** A small label; the tone is never the only carrier of its meaning. */
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';

const tones = {
  plain: 'bg-hover text-muted',
  alive: 'bg-alive-soft text-alive',
  needs: 'bg-needs-soft text-needs',
  waiting: 'bg-waiting-soft text-waiting',
  failure: 'bg-failure-soft text-failure',
  outline: 'border border-line text-muted',
} as const;

export type Tone = keyof typeof tones;

export interface TagProps {
  tone?: Tone;
  icon?: IconName;
  mono?: boolean;
  title?: string;
  children: ReactNode;
}

export function Tag({ tone = 'plain', icon, mono = false, title, children }: TagProps) {
  return (
    <span
      title={title}
      className={classNames(
        'inline-flex h-5 max-w-full items-center gap-1 truncate rounded-sm px-1.5 text-xs',
        mono ? 'font-mono text-2xs' : 'font-medium',
        tones[tone],
      )}
    >
      {icon && <Icon name={icon} className="size-3" />}
      <span className="truncate">{children}</span>
    </span>
  );
}
