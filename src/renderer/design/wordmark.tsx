/** The name of the product in block letters, drawn from squares. */
import { classNames } from './class-names.ts';

/** Five rows of a letter; `#` is a square. */
const letters: Readonly<Record<string, readonly string[]>> = {
  A: [' ## ', '#  #', '####', '#  #', '#  #'],
  G: [' ###', '#   ', '# ##', '#  #', ' ###'],
  E: ['####', '#   ', '### ', '#   ', '####'],
  N: ['#  #', '## #', '# ##', '#  #', '#  #'],
  T: ['###', ' # ', ' # ', ' # ', ' # '],
  C: [' ###', '#   ', '#   ', '#   ', ' ###'],
  O: [' ## ', '#  #', '#  #', '#  #', ' ## '],
  R: ['### ', '#  #', '### ', '# # ', '#  #'],
  D: ['### ', '#  #', '#  #', '#  #', '### '],
};

const squarePx = 6;

export function Wordmark({ text, className }: { text: string; className?: string }) {
  const squares: { x: number; y: number }[] = [];
  let left = 0;
  for (const letter of text) {
    const rows = letters[letter] ?? [];
    for (const [y, row] of rows.entries()) {
      for (const [x, cell] of [...row].entries()) if (cell === '#') squares.push({ x: left + x, y });
    }
    left += (rows[0]?.length ?? 2) + 1;
  }
  return (
    <svg
      role="img"
      aria-label={text}
      viewBox={`0 0 ${(left - 1) * squarePx} ${5 * squarePx}`}
      className={classNames('text-alive', className)}
    >
      {squares.map(({ x, y }) => (
        <rect
          key={`${x}-${y}`}
          x={x * squarePx}
          y={y * squarePx}
          width={squarePx - 1}
          height={squarePx - 1}
          fill="currentColor"
          opacity={1 - y * 0.13}
        />
      ))}
    </svg>
  );
}
