/** What the lines of the drawing mean. */
import { strings } from './strings.ts';

export function GraphLegend() {
  return (
    <ul
      aria-label={strings.legend}
      className="flex flex-wrap gap-x-4 gap-y-1 rounded-md border border-line bg-surface px-3 py-1.5 text-muted text-xs max-xl:hidden"
    >
      <li className="flex items-center gap-1.5">
        <Stroke className="stroke-line-strong" dash="3 4" /> {strings.lines.ahead}
      </li>
      <li className="flex items-center gap-1.5">
        <Stroke className="stroke-alive/60" /> {strings.lines.passed}
      </li>
      <li className="flex items-center gap-1.5">
        <Stroke className="stroke-alive" dash="3 5" wide /> {strings.lines.live}
      </li>
      <li className="flex items-center gap-1.5">
        <Stroke className="stroke-waiting" dash="4 4" /> {strings.lines.rework}
      </li>
      <li className="flex items-center gap-1.5">
        <svg width="22" height="8" aria-hidden="true">
          <path d="M3 4h16" className="stroke-needs/25" strokeWidth="7" strokeLinecap="round" />
          <path d="M0 4h22" className="stroke-line-strong" strokeWidth="1.6" />
        </svg>
        {strings.critical}
      </li>
    </ul>
  );
}

function Stroke({ className, dash, wide = false }: { className: string; dash?: string; wide?: boolean }) {
  return (
    <svg width="22" height="8" aria-hidden="true">
      <path d="M0 4h22" className={className} strokeWidth={wide ? 3 : 1.8} strokeDasharray={dash} />
    </svg>
  );
}
