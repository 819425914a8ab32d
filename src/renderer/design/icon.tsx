/** The icons of the UI: 16-px strokes that take the colour of the text beside them. */
import type { JSX } from 'react';
import { classNames } from './class-names.ts';

const paths = {
  home: <path d="M2.5 7.2 8 2.6l5.5 4.6v6.2H9.8V9.8H6.2v3.6H2.5z" />,
  board: <path d="M2.5 3h3v10h-3zM6.5 3h3v6.5h-3zM10.5 3h3v8h-3z" />,
  gate: <path d="M8 1.8 14.2 8 8 14.2 1.8 8z" />,
  worker: (
    <path d="M4.5 4.5h7v7h-7zM6 1.8v2.7M10 1.8v2.7M6 11.5v2.7M10 11.5v2.7M1.8 6h2.7M1.8 10h2.7M11.5 6h2.7M11.5 10h2.7" />
  ),
  minus: <path d="M3 8h10" />,
  org: <path d="M5.8 2h4.4v3.2H5.8zM1.8 10.8h4.4V14H1.8zM9.8 10.8h4.4V14H9.8zM8 5.2V8M4 10.8V8h8v2.8" />,
  workflow: <path d="M1.8 5.8h4.4v4.4H1.8zM12 5.2 14.8 8 12 10.8 9.2 8zM6.2 8h3" />,
  undo: <path d="M5.6 3 2.6 6l3 3M2.6 6h6.6a3.6 3.6 0 0 1 0 7.2H6" />,
  redo: <path d="m10.4 3 3 3-3 3M13.4 6H6.8a3.6 3.6 0 0 0 0 7.2H10" />,
  list: <path d="M2.2 4h.1M2.2 8h.1M2.2 12h.1M5 4h9M5 8h9M5 12h9" />,
  map: <path d="M2.2 3.4h11.6v9.2H2.2zM8.6 8.2h3.4v2.6H8.6z" />,
  crown: <path d="M2.4 5.2 5 7.4 8 3.2l3 4.2 2.6-2.2-1 7H3.4z" />,
  trash: <path d="M3 4.4h10M6.2 4.4V2.6h3.6v1.8M4.4 4.4l.6 9h6l.6-9" />,
  channel: (
    <path d="M8 7.4v6.1M5.6 13.5h4.8M8 5a1.2 1.2 0 1 1 0 2.4A1.2 1.2 0 0 1 8 5zM5 9.2a4.2 4.2 0 0 1 0-6M11 9.2a4.2 4.2 0 0 0 0-6M3 11a7 7 0 0 1 0-9.6M13 11a7 7 0 0 0 0-9.6" />
  ),
  review: (
    <path d="M1.6 8S4 3.7 8 3.7 14.4 8 14.4 8 12 12.3 8 12.3 1.6 8 1.6 8zM8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6z" />
  ),
  plus: <path d="M8 3v10M3 8h10" />,
  check: <path d="m3 8.4 3.3 3.3L13 4.8" />,
  cross: <path d="m4 4 8 8M12 4l-8 8" />,
  back: <path d="m9.8 3.5-4.5 4.5 4.5 4.5" />,
  next: <path d="m6.2 3.5 4.5 4.5-4.5 4.5" />,
  begin: <path d="m11.8 3.5-4.5 4.5 4.5 4.5M4.2 3.5v9" />,
  end: <path d="m4.2 3.5 4.5 4.5-4.5 4.5M11.8 3.5v9" />,
  play: <path d="M4.8 3v10l8-5z" />,
  pause: <path d="M5.2 3.2v9.6M10.8 3.2v9.6" />,
  up: <path d="m3.8 10 4.2-4.2 4.2 4.2" />,
  down: <path d="m3.8 6 4.2 4.2L12.2 6" />,
  search: <path d="M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.4 10.4l3.3 3.3" />,
  copy: <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />,
  person: (
    <path d="M8 2.5a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2zM2.8 13.6c.5-2.6 2.6-4 5.2-4s4.7 1.4 5.2 4" />
  ),
  reply: <path d="M6.5 4 2.8 7.5l3.7 3.5M2.8 7.5h6.4c2.4 0 4 1.6 4 4.2v.6" />,
  stop: <path d="M5.3 1.8h5.4l3.5 3.5v5.4l-3.5 3.5H5.3l-3.5-3.5V5.3zM8 4.8v3.8M8 10.8v.4" />,
  sun: (
    <path d="M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6zM8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1" />
  ),
  moon: <path d="M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6a5.8 5.8 0 1 0 7 7z" />,
  screen: <path d="M2 3h12v8H2zM5.5 13.5h5M8 11v2.5" />,
  warning: <path d="M8 2.2 14.4 13.4H1.6zM8 6.4v3.4M8 11.5v.4" />,
  clock: <path d="M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 4.6V8l2.4 1.6" />,
  file: <path d="M3.5 1.8h5.6l3.4 3.4v9h-9zM9 1.8v3.5h3.5" />,
  keyboard: <path d="M1.5 4h13v8h-13zM4 6.5h.5M7 6.5h.5M10 6.5h.5M12 6.5h.2M4.8 9.5h6.4" />,
  retry: <path d="M13 8a5 5 0 1 1-1.6-3.7M13 2v3.2H9.8" />,
  tail: <path d="M8 2.5v9M4.2 8 8 11.8 11.8 8M3 14h10" />,
  lock: <path d="M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2" />,
  cut: (
    <path d="M6.8 4.9 8.2 3.5a3 3 0 0 1 4.3 4.3l-1.4 1.4M9.2 11.1l-1.4 1.4a3 3 0 0 1-4.3-4.3l1.4-1.4M5 1.8l.5 1.7M1.8 5l1.7.5M14.2 11l-1.7-.5M11 14.2l-.5-1.7" />
  ),
  conflict: <path d="M1.5 8h4.8M4 5.4 6.6 8 4 10.6M14.5 8H9.7M12 5.4 9.4 8l2.6 2.6M8 2.2v2.4M8 11.4v2.4" />,
  thread: <path d="M2.5 3h11v8H7l-3 2.6V11H2.5zM5 6h6M5 8.5h4" />,
  costs: <path d="M2.5 13.5h11M4 11V7.5M8 11V3M12 11V5.5" />,
  history: <path d="M2.6 6.5A5.7 5.7 0 1 1 2.4 9M2.2 3.2v3.6h3.6M8 5v3.2l2.2 1.4" />,
  critical: <path d="M2 12.5h3l2-9 2.5 9 1.8-5H14" />,
  time: <path d="M2 4h6M5 8h7M3.5 12h4M14 2v12" />,
  settings: <path d="M2 4.5h6.4M12 4.5h2M8.4 2.9h3.2v3.2H8.4zM2 11.5h2M7.6 11.5H14M4.2 9.9h3.2v3.2H4.2z" />,
  bell: <path d="M4.2 11V7a3.8 3.8 0 0 1 7.6 0v4l1.2 1.4H3zM6.8 14.2h2.4" />,
  contrast: <path d="M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 2v12M8 6h5.4M8 10h5.4" />,
  info: <path d="M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 7.4v3.6M8 4.9v.3" />,
  more: <path d="M3.5 8h.1M8 8h.1M12.5 8h.1" strokeWidth="2.4" />,
} as const satisfies Record<string, JSX.Element>;

export type IconName = keyof typeof paths;

/** Decorative: the word beside it, or the label of its button, says what it means. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      className={classNames('size-4 shrink-0', className)}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {paths[name]}
    </svg>
  );
}
