/** One setting: what it is at the left, what can be chosen at the right; a long one has the whole width below. */
import type { ReactNode } from 'react';

export interface SettingRowProps {
  title: string;
  help: string;
  wide: boolean;
  children: ReactNode;
}

export function SettingRow({ title, help, wide, children }: SettingRowProps) {
  return (
    <div
      className={
        wide
          ? 'flex flex-col gap-3 py-4'
          : 'grid grid-cols-[minmax(0,1fr)_minmax(0,auto)] items-center gap-x-8 gap-y-2 py-3.5 max-lg:grid-cols-1'
      }
    >
      <div>
        <h3 className="font-medium">{title}</h3>
        {help !== '' && <p className="max-w-[60ch] text-muted text-xs">{help}</p>}
      </div>
      <div className="min-w-0">{children}</div>
    </div>
  );
}
