/** A list at the left and what was chosen at the right; in a narrow window one or the other, with a way back. */
import type { ReactNode, Ref } from 'react';
import { Link } from 'wouter';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

export interface ListDetailProps {
  /** Names the list. */
  label: string;
  list: ReactNode;
  listRef: Ref<HTMLElement>;
  detail: ReactNode;
  /** Somebody chose the detail: a narrow window shows it in place of the list. */
  isChosen: boolean;
  back: { href: string; label: string };
}

export function ListDetail({ label, list, listRef, detail, isChosen, back }: ListDetailProps) {
  return (
    <div className="flex h-full min-w-0">
      <nav
        ref={listRef}
        aria-label={label}
        className={classNames(
          'w-72 shrink-0 overflow-y-auto border-line border-r px-3 py-4 max-md:w-full max-md:border-r-0 xl:w-80',
          isChosen && 'max-md:hidden',
        )}
      >
        {list}
      </nav>
      <div className={classNames('flex min-w-0 flex-1 flex-col', !isChosen && 'max-md:hidden')}>
        <Link
          href={back.href}
          className="flex h-10 shrink-0 items-center gap-1.5 border-line border-b px-4 text-muted hover:text-ink md:hidden"
        >
          <Icon name="back" />
          {back.label}
        </Link>
        <div className="min-h-0 flex-1">{detail}</div>
      </div>
    </div>
  );
}
