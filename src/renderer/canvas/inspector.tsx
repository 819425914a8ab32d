/** The panel beside a canvas: what is selected, and what can be said of it, section by section. */
import type { ReactNode } from 'react';

export interface InspectorProps {
  label: string;
  /** Stands above the content and stays in sight. */
  head?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

export function Inspector({ label, head, wide = false, children }: InspectorProps) {
  return (
    <aside
      aria-label={label}
      className={`flex min-h-0 shrink-0 flex-col border-line border-l bg-surface max-md:w-full ${wide ? 'w-120' : 'w-80'}`}
    >
      <h2 className="sr-only">{label}</h2>
      {head && <div className="shrink-0 border-line border-b px-4 py-2.5">{head}</div>}
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">{children}</div>
    </aside>
  );
}

export function InspectorSection({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="flex flex-col gap-2.5 border-line border-b px-4 py-3.5 last:border-b-0">
      <div className="flex items-center gap-2">
        <h3 className="flex-1 font-medium text-faint text-xs">{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  );
}
