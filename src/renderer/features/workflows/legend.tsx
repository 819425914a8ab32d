/** What the lines of the drawing mean. */
import type { LineKind } from '../../canvas/flow.ts';
import { strings } from './strings.ts';

const kinds: readonly (readonly [LineKind, string])[] = [
  ['handover', 'stroke-line-strong'],
  ['guarded', 'stroke-needs'],
  ['rework', 'stroke-waiting'],
];

export function Legend() {
  return (
    <ul
      aria-label={strings.legend}
      className="flex flex-wrap gap-x-4 gap-y-1 rounded-md border border-line bg-surface px-3 py-1.5 text-muted text-xs @max-2xl:hidden"
    >
      {kinds.map(([kind, stroke]) => (
        <li key={kind} className="flex items-center gap-1.5">
          <svg width="22" height="6" aria-hidden="true">
            <path
              d="M0 3h22"
              className={stroke}
              strokeWidth="1.6"
              {...(kind === 'rework' && { strokeDasharray: '4 4' })}
            />
          </svg>
          {strings.lines[kind]}
        </li>
      ))}
    </ul>
  );
}
