/** A task's priority as bars, the way most trackers show it; urgent is a filled block. */
import type { Priority } from '../../core/workflow/workflow.ts';
import { priorities } from '../../core/workflow/workflow.ts';
import { strings } from './strings.ts';

const heights = [4, 7, 10] as const;

export function PrioritySign({ priority }: { priority: Priority }) {
  const label = strings.priority(strings.priorities[priority]);
  const level = priorities.indexOf(priority);
  return (
    <svg viewBox="0 0 14 14" className="size-3.5 shrink-0 text-muted" role="img" aria-label={label}>
      <title>{label}</title>
      {priority === 'URGENT' ? (
        <>
          <rect x="1" y="1" width="12" height="12" rx="2.5" fill="currentColor" />
          <path
            d="M7 3.6v4.2M7 10v.4"
            stroke="var(--color-surface)"
            strokeWidth="1.8"
            strokeLinecap="round"
          />
        </>
      ) : (
        heights.map((height, at) => (
          <rect
            key={height}
            x={1.5 + at * 4}
            y={12 - height}
            width="2.6"
            height={height}
            rx="0.8"
            fill="currentColor"
            opacity={at <= level ? 1 : 0.28}
          />
        ))
      )}
    </svg>
  );
}
