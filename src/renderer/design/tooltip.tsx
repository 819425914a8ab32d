/** A word about what is under the pointer or the focus. */
import type { ReactElement, ReactNode } from 'react';
import { Tooltip as AriaTooltip, Focusable, TooltipTrigger } from 'react-aria-components';

export interface TooltipProps {
  text: ReactNode;
  /** Something that takes a role and the focus. */
  children: ReactElement<Record<string, unknown>, 'span' | 'button' | 'a' | 'time'>;
}

export function Tooltip({ text, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={400} closeDelay={50}>
      <Focusable>{children}</Focusable>
      <AriaTooltip
        offset={6}
        className="max-w-xs animate-enter rounded-md border border-line-strong/60 bg-raised px-2 py-1 text-ink text-xs shadow-raised"
      >
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
