/** The names of the departments in letters of a size that can be read, where the chart is seen from so far that nothing else of it can. */
import { useStore } from '@xyflow/react';
import { memo } from 'react';
import type { ChartLayout } from './chart-layout.ts';
import { useDistance } from './use-distance.ts';

export function DepartmentSigns({ layout }: { layout: ChartLayout }) {
  return useDistance() === 'farthest' ? <Signs layout={layout} /> : null;
}

const Signs = memo(function Signs({ layout }: { layout: ChartLayout }) {
  const zoom = useStore(({ transform }) => transform[2]);
  return layout.items.map(
    (item) =>
      item.kind === 'department' && (
        <span
          key={item.id}
          aria-hidden="true"
          className="pointer-events-none absolute origin-top-left truncate rounded-md bg-ground/85 px-1.5 font-semibold text-ink text-xs leading-5"
          style={{
            zIndex: 3,
            maxWidth: item.box.width * zoom,
            transform: `translate(${item.box.x}px, ${item.box.y}px) scale(${1 / zoom}) translateY(-50%)`,
          }}
        >
          {item.department.name}
        </span>
      ),
  );
});
