/** A titled part of the drawer. */
import type { ReactNode } from 'react';

export interface DrawerSectionProps {
  title: string;
  beside?: ReactNode;
  children: ReactNode;
}

export function DrawerSection({ title, beside, children }: DrawerSectionProps) {
  return (
    <section>
      <div className="mb-1.5 flex items-baseline justify-between gap-2">
        <h3 className="font-medium text-faint text-xs">{title}</h3>
        {beside}
      </div>
      {children}
    </section>
  );
}
