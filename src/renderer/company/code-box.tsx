/** Text in columns that scrolls sideways, by the keyboard too. */
import type { ReactNode } from 'react';
import { classNames } from '../design/class-names.ts';

export interface CodeBoxProps {
  className?: string;
  children: ReactNode;
}

export function CodeBox({ className, children }: CodeBoxProps) {
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by the keyboard
      tabIndex={0}
      className={classNames(
        'overflow-x-auto font-mono text-[12.5px] leading-5 focus-visible:-outline-offset-2',
        className,
      )}
    >
      {children}
    </pre>
  );
}
