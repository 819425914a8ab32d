/** Says on every screen that this host is cut off from the others and what goes on meanwhile; and when it is back, what came of it. */
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { Link, useRoute } from 'wouter';
import type { CutOff } from '../company/use-cut-off.ts';
import { useCutOff } from '../company/use-cut-off.ts';
import { Button } from '../design/button.tsx';
import { classNames } from '../design/class-names.ts';
import type { IconName } from '../design/icon.tsx';
import { Icon } from '../design/icon.tsx';
import { formatDuration, formatExact, formatSince } from '../lib/format.ts';
import { strings } from './strings.ts';

/** How long the good news stays when nothing is left to do. */
const noticedWithinMs = 20_000;

export function CutOffBanner() {
  const { cutOff, dismiss } = useCutOff();
  const isDone = cutOff?.kind === 'back' && cutOff.conflicts === 0;
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(dismiss, noticedWithinMs);
    return () => clearTimeout(timer);
  }, [isDone, dismiss]);
  if (!cutOff) return null;
  switch (cutOff.kind) {
    case 'away':
      return <Away {...cutOff} />;
    case 'catching-up':
      return (
        <Strip tone="waiting" icon="retry" title={strings.answersAgain}>
          {strings.catchingUp}
        </Strip>
      );
    case 'back':
      return <Back {...cutOff} onClose={dismiss} />;
  }
}

function Away({ since, waiting, isGivenUp }: Extract<CutOff, { kind: 'away' }>) {
  return (
    <Strip
      tone="waiting"
      icon="cut"
      title={<span title={formatExact(since)}>{strings.noAnswerSince(formatSince(since, Date.now()))}</span>}
    >
      {strings.goesOn} {strings.waitsToBeShared(waiting)} {isGivenUp ? strings.givenUp : strings.onlyOwnTasks}
    </Strip>
  );
}

type BackProps = Extract<CutOff, { kind: 'back' }> & { readonly onClose: () => void };

function Back({ since, at, conflicts, onClose }: BackProps) {
  const [isThere] = useRoute('/conflicts/*?');
  return (
    <Strip
      tone={conflicts > 0 ? 'needs' : 'alive'}
      icon={conflicts > 0 ? 'conflict' : 'check'}
      title={strings.backAfter(formatDuration(at - since))}
      beside={
        <span className="flex items-center gap-1">
          {conflicts > 0 && !isThere && (
            <Link
              href="/conflicts"
              className="whitespace-nowrap rounded-sm px-1.5 font-medium text-needs underline underline-offset-2"
            >
              {strings.lookAtThem(conflicts)}
            </Link>
          )}
          <Button look="quiet" size="small" icon="cross" aria-label={strings.close} onPress={onClose} />
        </span>
      }
    >
      {strings.sharedBut(conflicts)}
    </Strip>
  );
}

const tones = {
  waiting: { box: 'border-waiting/50 bg-waiting-soft', ink: 'text-waiting' },
  needs: { box: 'border-needs/60 bg-needs-soft', ink: 'text-needs' },
  alive: { box: 'border-alive/50 bg-alive-soft', ink: 'text-alive' },
} as const;

interface StripProps {
  tone: keyof typeof tones;
  icon: IconName;
  title: ReactNode;
  beside?: ReactNode;
  children: ReactNode;
}

function Strip({ tone, icon, title, beside, children }: StripProps) {
  const { box, ink } = tones[tone];
  return (
    <section
      aria-label={strings.otherHosts}
      className={classNames(
        'flex min-h-11 shrink-0 items-center gap-3 border-b px-6 py-2 max-md:items-start max-md:px-4',
        box,
      )}
    >
      <Icon name={icon} className={classNames('max-md:mt-0.5', ink)} />
      <p className="min-w-0 flex-1 break-words text-ink">
        <span className={classNames('font-semibold', ink)}>{title}</span> {children}
      </p>
      {beside}
    </section>
  );
}
