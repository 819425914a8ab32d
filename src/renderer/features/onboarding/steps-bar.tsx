/** Where one is among the first steps. */
import { classNames } from '../../design/class-names.ts';
import { Icon } from '../../design/icon.tsx';
import { strings } from './strings.ts';

export interface StepsBarProps {
  steps: readonly string[];
  /** The place of the one that is under way; `steps.length`: all are done. */
  at: number;
}

export function StepsBar({ steps, at }: StepsBarProps) {
  return (
    <ol aria-label={strings.steps} className="flex flex-wrap items-center gap-x-2 gap-y-1">
      {steps.map((step, place) => (
        <li
          key={step}
          aria-current={place === at ? 'step' : undefined}
          className={classNames(
            'flex items-center gap-2',
            place === at ? 'font-semibold text-ink' : place < at ? 'text-muted' : 'text-faint',
          )}
        >
          <span
            className={classNames(
              'grid size-5 place-items-center rounded-full border font-mono text-2xs',
              place < at && 'border-alive bg-alive-soft text-alive',
              place === at && 'border-alive bg-alive text-on-alive',
              place > at && 'border-line-strong',
            )}
          >
            {place < at ? <Icon name="check" className="size-3" /> : place + 1}
          </span>
          {step}
          {place < at && <span className="sr-only">{strings.stepDone}</span>}
          {place < steps.length - 1 && (
            <span aria-hidden="true" className="mx-1 h-px w-8 bg-line-strong max-md:hidden" />
          )}
        </li>
      ))}
    </ol>
  );
}
