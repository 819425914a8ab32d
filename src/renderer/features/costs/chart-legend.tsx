/** What the marks of the charts mean. */
import type { ReactNode } from 'react';
import { StopMark, WarnMark } from './budget-bar.tsx';
import { strings } from './strings.ts';

export function ChartLegend({ hasLimits }: { hasLimits: boolean }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-muted text-xs">
      <Entry word={strings.legend.spent}>
        <span className="block h-2.5 w-4 rounded-sm bg-alive" />
      </Entry>
      {hasLimits && (
        <>
          <Entry word={strings.legend.nearly}>
            <span className="block h-2.5 w-4 rounded-sm bg-waiting" />
          </Entry>
          <Entry word={strings.legend.over}>
            <span className="block h-2.5 w-4 rounded-sm bg-failure" />
          </Entry>
          <Entry word={strings.legend.warns}>
            <span className="relative block h-2.5 w-3">
              <WarnMark at="50%" />
            </span>
          </Entry>
          <Entry word={strings.legend.stops}>
            <span className="relative block h-2.5 w-3">
              <StopMark at="50%" />
            </span>
          </Entry>
        </>
      )}
    </ul>
  );
}

function Entry({ word, children }: { word: string; children: ReactNode }) {
  return (
    <li className="flex items-center gap-1.5">
      {children}
      {word}
    </li>
  );
}
