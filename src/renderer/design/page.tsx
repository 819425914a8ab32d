/** The frame of a screen: its title, also of the window, what can be done there, and its content with a scroll of its own. */
import type { ReactNode } from 'react';
import { createContext, use, useEffect } from 'react';

export interface PageProps {
  title: string;
  /** Beside the title: filters, counts. */
  beside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** The content divides the height by itself and scrolls inside. */
  fixed?: boolean;
}

const WithinContext = createContext(false);

/** A screen in here is a part of another one, which has the title. */
export function WithinPage({ children }: { children: ReactNode }) {
  return <WithinContext value={true}>{children}</WithinContext>;
}

export function Page({ title, beside, actions, children, fixed = false }: PageProps) {
  const isWithin = use(WithinContext);
  useEffect(() => {
    if (!isWithin) document.title = `${title} · AgentCoord`;
  }, [title, isWithin]);
  const content = fixed ? 'min-h-0 flex-1' : 'min-h-0 flex-1 overflow-y-auto';
  if (isWithin) {
    return (
      <section aria-label={title} className="flex h-full min-w-0 flex-col">
        {(beside || actions) && (
          <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-4 py-1.5">
            {beside}
            <span className="flex-1" />
            {actions}
          </div>
        )}
        <div className={content}>{children}</div>
      </section>
    );
  }
  return (
    <main aria-label={title} className="flex h-full min-w-0 flex-col" id="main" tabIndex={-1}>
      <header className="flex h-14 shrink-0 items-center gap-3 border-line border-b px-6 max-md:h-auto max-md:flex-wrap max-md:px-4 max-md:py-2">
        <h1 className="truncate font-semibold text-lg">{title}</h1>
        {beside}
        <span className="flex-1" />
        {actions}
      </header>
      <div className={content}>{children}</div>
    </main>
  );
}
