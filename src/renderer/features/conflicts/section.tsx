/** A part of what is kept of a conflict, under its title. */
import type { ReactNode } from 'react';

export function Section({
  title,
  beside,
  children,
}: {
  title: string;
  beside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-7 items-center gap-2">
        <h3 className="font-semibold">{title}</h3>
        {beside}
      </div>
      {children}
    </section>
  );
}
