/** How far a long command is: one line on the error stream of a terminal, gone when the command is done. */
import { cut } from './plain-text.ts';

export interface Progress {
  /** Whether anybody looks: else there is nothing to find out for it. */
  readonly isWatched: boolean;
  /** @param total null: it is not known; @param unit when it counts something else by now */
  show(done: number, total: number | null, unit?: string): void;
  /** Takes the line away, also for a note that comes in between: what is shown later stands below it. */
  end(): void;
}

/** A command that is done by then shows nothing. In ms. */
const patience = 400;
const betweenMs = 100;
const barWidth = 24;

/** @param what it does, such as `verify Acme`; @param usual of what it counts, such as `events` */
export function openProgress(
  what: string,
  usual: string,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  if (!stream.isTTY || process.env['TERM'] === 'dumb')
    return { isWatched: false, show: () => undefined, end: () => undefined };
  const began = performance.now();
  let next = began + patience;
  let isShown = false;
  return {
    isWatched: true,
    show: (done, total, unit = usual) => {
      const now = performance.now();
      if (now < next) return;
      next = now + betweenMs;
      isShown = true;
      const line = `${what}  ${progressText(done, total, unit)}`;
      stream.write(`\r\u001b[K${cut(line, stream.columns - 1)}`);
    },
    end: () => {
      if (!isShown) return;
      stream.write('\r\u001b[K');
      isShown = false;
      next = 0;
    },
  };
}

/** `▰▰▰▱▱▱ 50 %  1,000 of 2,000 events` */
export function progressText(done: number, total: number | null, unit: string): string {
  const count = (value: number) => value.toLocaleString('en-US');
  if (total === null || total <= 0) return `${count(done)} ${unit}`;
  const share = Math.min(1, done / total);
  const full = Math.floor(share * barWidth);
  const bar = '▰'.repeat(full) + '▱'.repeat(barWidth - full);
  return `${bar} ${Math.floor(share * 100)} %  ${count(Math.min(done, total))} of ${count(total)} ${unit}`;
}
