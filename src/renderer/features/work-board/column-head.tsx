/** The name of a column, how many cards it has, and how many it may have. */
import { useState } from 'react';
import type { MenuAct } from '../../design/menu.tsx';
import { Menu } from '../../design/menu.tsx';
import { strings } from './strings.ts';

const limits = [1, 2, 3, 5, 8, 13, 20, 50] as const;

export interface ColumnHeadProps {
  title: string;
  count: number;
  /** Null: as many as there are. */
  limit: number | null;
  onLimit: (limit: number | null) => void;
}

export function ColumnHead({ title, count, limit, onLimit }: ColumnHeadProps) {
  const [isAsking, setAsking] = useState(false);
  const isOver = limit !== null && count > limit;
  const acts: MenuAct[] = [
    { id: 'none', label: strings.limitNone, act: () => onLimit(null) },
    { id: 'other', label: strings.limitOther, act: () => setAsking(true) },
    ...limits.map((most) => ({ id: `${most}`, label: strings.limitTo(most), act: () => onLimit(most) })),
  ];
  return (
    <div className="group flex h-9 shrink-0 items-center gap-2 px-1">
      <h2 className="truncate font-semibold" title={title}>
        {title}
      </h2>
      {isAsking ? (
        <LimitField
          label={strings.limit(title)}
          limit={limit}
          onLimit={onLimit}
          onClose={() => setAsking(false)}
        />
      ) : limit === null ? (
        <span className="font-mono text-faint text-xs">{count}</span>
      ) : (
        <span
          title={strings.limitOf(count, limit)}
          className={`font-mono text-xs ${isOver ? 'rounded-sm bg-waiting-soft px-1 font-semibold text-waiting' : 'text-faint'}`}
        >
          {isOver && '! '}
          {count}/{limit}
        </span>
      )}
      <span className="ml-auto opacity-0 transition-opacity duration-150 focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
        <Menu label={strings.limit(title)} acts={acts} />
      </span>
    </div>
  );
}

const mostCards = 9_999;

const focusSoon = (field: HTMLInputElement | null): void => {
  requestAnimationFrame(() => field?.focus());
};

interface LimitFieldProps {
  label: string;
  limit: number | null;
  onLimit: (limit: number) => void;
  onClose: () => void;
}

/** In place of the count; what is no whole number above zero changes nothing. */
function LimitField({ label, limit, onLimit, onClose }: LimitFieldProps) {
  const give = (text: string) => {
    const most = Number(text);
    if (Number.isInteger(most) && most >= 1 && most <= mostCards) onLimit(most);
    onClose();
  };
  return (
    <input
      type="number"
      aria-label={label}
      min={1}
      max={mostCards}
      defaultValue={limit ?? ''}
      // The menu gives the focus back to its button first.
      ref={focusSoon}
      onBlur={({ currentTarget }) => currentTarget.value !== '' && give(currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') give(event.currentTarget.value);
        if (event.key === 'Escape') onClose();
      }}
      className="h-7 w-16 rounded-md border border-line-strong bg-field px-1.5 font-mono text-xs"
    />
  );
}
