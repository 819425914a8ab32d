/** Every worker at a glance, below its host and its launcher, with what it takes: sorted, filtered, opened down to its processes. */
import { useState } from 'react';
import type { WorkerFacts } from '../../../contract/worker-facts.ts';
import type { WorkerId } from '../../../core/ids.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { SearchBox } from '../../design/search-box.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { MonitorHead } from './monitor-head.tsx';
import { MonitorLine } from './monitor-line.tsx';
import type { MonitorView, SortKey } from './monitor-rows.ts';
import { fleetOf, monitorRows } from './monitor-rows.ts';
import { strings } from './strings.ts';
import { useTreeKeys } from './use-tree-keys.ts';
import { useVitals } from './use-vitals.ts';

const firstView: MonitorView = { sort: 'name', isDescending: false, filter: '', turned: new Set() };
/** What is looked for by these is the most of it. */
const figures: readonly SortKey[] = ['cpu', 'memory', 'tokens', 'cost', 'heartbeat', 'locks'];

export function Monitor({ facts }: { facts: ReadonlyMap<WorkerId, WorkerFacts> }) {
  const [view, setView] = useState(firstView);
  const fleet = useLive((state) => fleetOf(state, facts));
  const vitals = useVitals(facts);
  const rows = monitorRows(fleet, view);
  const turn = (key: string) => {
    const turned = new Set(view.turned);
    if (!turned.delete(key)) turned.add(key);
    setView({ ...view, turned });
  };
  const tree = useTreeKeys(rows, turn);
  const sort = (by: SortKey) =>
    setView({
      ...view,
      sort: by,
      isDescending: view.sort === by ? !view.isDescending : figures.includes(by),
    });
  return (
    <section aria-labelledby="monitor">
      <div className="mb-2 flex flex-wrap items-center gap-3">
        <h2 id="monitor" className="font-semibold text-base">
          {strings.monitor}
        </h2>
        <span className="flex-1" />
        <SearchBox
          label={strings.filter}
          value={view.filter}
          onChange={(filter) => setView({ ...view, filter })}
          className="w-64 max-md:w-full"
        />
      </div>
      {rows.length === 0 ? (
        <div className="rounded-lg border border-line border-dashed py-6">
          <EmptyState title={fleet.length === 0 ? strings.empty : strings.noneFiltered}>
            {fleet.length === 0 ? strings.emptyMore : strings.noneFilteredMore}
          </EmptyState>
        </div>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by the keyboard
        <div className="overflow-x-auto rounded-lg border border-line bg-surface" tabIndex={0}>
          <table
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: it opens and closes, and the arrow keys walk over it
            role="treegrid"
            aria-label={strings.monitor}
            className="w-full min-w-max border-collapse text-left"
            {...tree.table}
          >
            <MonitorHead sort={view.sort} isDescending={view.isDescending} onSort={sort} />
            <tbody>
              {rows.map((row) => (
                <MonitorLine
                  key={row.key}
                  row={row}
                  vitals={row.kind === 'worker' ? vitals.get(row.of.worker.id) : undefined}
                  onTurn={() => turn(row.key)}
                  {...tree.row(row.key)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
