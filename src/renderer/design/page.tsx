/** The frame of a screen: its title, what can be done there, and its content with a scroll of its own. */
import type { ReactNode } from 'react';

export interface PageProps {
  title: string;
  /** Beside the title: filters, counts. */
  beside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** The content divides the height by itself and scrolls inside. */
  fixed?: boolean;
}

export function Page({ title, beside, actions, children, fixed = false }: PageProps) {
  return (
    <main className="flex h-full min-w-0 flex-col" id="main" tabIndex={-1}>
      <header className="flex h-14 shrink-0 items-center gap-3 border-line border-b px-6 max-md:h-auto max-md:flex-wrap max-md:px-4 max-md:py-2">
        <h1 className="truncate font-semibold text-lg">{title}</h1>
        {beside}
        <span className="flex-1" />
        {actions}
      </header>
      <div className={fixed ? 'min-h-0 flex-1' : 'min-h-0 flex-1 overflow-y-auto'}>{children}</div>
    </main>
  );
}
