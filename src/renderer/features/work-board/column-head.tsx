/** The name of a column, how many cards it has, and how many it may have. */
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
  const isOver = limit !== null && count > limit;
  const acts: MenuAct[] = [
    { id: 'none', label: strings.limitNone, act: () => onLimit(null) },
    ...limits.map((most) => ({ id: `${most}`, label: strings.limitTo(most), act: () => onLimit(most) })),
  ];
  return (
    <div className="group flex h-9 shrink-0 items-center gap-2 px-1">
      <h2 className="truncate font-semibold" title={title}>
        {title}
      </h2>
      {limit === null ? (
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
