/** A figure over the last minutes as a thin line; the text beside it says what it is now. */

export interface SparklineProps {
  samples: readonly number[];
  /** What it shows, with the most of it, in words. */
  label: string;
  /** At least so much fills the height: noise near nothing is drawn as nothing. */
  floor: number;
}

const width = 60;
const height = 16;

export function Sparkline({ samples, label, floor }: SparklineProps) {
  if (samples.length < 2) return <span className="inline-block" style={{ width, height }} />;
  const most = Math.max(floor, ...samples);
  const step = width / (samples.length - 1);
  const points = samples.map((sample, at) => {
    const y = height - 1 - (sample / most) * (height - 2);
    return `${(at * step).toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      className="shrink-0 text-alive"
    >
      <title>{label}</title>
      <polygon
        points={`0,${height} ${points.join(' ')} ${width},${height}`}
        fill="currentColor"
        opacity="0.14"
      />
      <polyline points={points.join(' ')} fill="none" stroke="currentColor" strokeWidth="1.2" />
    </svg>
  );
}
