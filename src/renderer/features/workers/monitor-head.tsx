/** The columns of the monitor; pressing one sorts by it, and again the other way. */
import { classNames } from '../../design/class-names.ts';
import { Icon } from '../../design/icon.tsx';
import type { SortKey } from './monitor-rows.ts';
import { sortKeys } from './monitor-rows.ts';
import { strings } from './strings.ts';

export interface MonitorHeadProps {
  sort: SortKey;
  isDescending: boolean;
  onSort: (by: SortKey) => void;
}

const words: Record<SortKey, string> = {
  name: strings.agent,
  state: strings.state,
  cpu: strings.cpuName,
  memory: strings.memoryName,
  tokens: strings.tokensName,
  cost: strings.costName,
  heartbeat: strings.heartbeat,
  locks: strings.locksShort,
};

/** Figures stand at the right of their column, before the drawing of their last minutes where there is one. */
const places: Partial<Record<SortKey, string>> = {
  cpu: 'w-25 justify-end',
  memory: 'w-25 justify-end',
  tokens: 'w-full justify-end',
  cost: 'w-full justify-end',
};

export function MonitorHead({ sort, isDescending, onSort }: MonitorHeadProps) {
  return (
    <thead>
      <tr className="border-line border-b bg-raised text-xs">
        {sortKeys.map((key) => {
          const isSorted = key === sort;
          return (
            <th
              key={key}
              scope="col"
              aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : 'none'}
              className="p-0 font-medium"
            >
              <button
                type="button"
                onClick={() => onSort(key)}
                className={classNames(
                  'flex items-center gap-1 px-3 py-2 transition-colors duration-150 hover:text-ink focus-visible:-outline-offset-2',
                  places[key] ?? 'w-full',
                  isSorted ? 'text-ink' : 'text-muted',
                )}
              >
                {words[key]}
                {isSorted && <Icon name={isDescending ? 'down' : 'up'} className="size-3 text-alive" />}
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
