interface SparklineProps {
  /** Points as [time of the match, value]. */
  readonly points: readonly (readonly [number, number])[];
  /** A second, dashed line beneath. */
  readonly lower?: readonly (readonly [number, number])[];
  readonly lastsMs: number;
  /** `rate`, `errors` or `latency`: what it looks like. */
  readonly kind: string;
}

const WIDTH = 120;
const HEIGHT = 38;

/** A line over the whole match, from 00:00 at the left edge to its end at the right. */
export function Sparkline({ points, lower = [], lastsMs, kind }: SparklineProps) {
  const top = Math.max(1, ...points.map(([, value]) => value)) * 1.08;
  const line = trace(points, lastsMs, top);
  const first = points[0];
  const last = points.at(-1);
  return (
    <svg
      class={`sparkline spark-${kind}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {first !== undefined && last !== undefined && (
        <path class="spark-area" d={`${line}L${x(last[0], lastsMs)} ${HEIGHT}L${x(first[0], lastsMs)} ${HEIGHT}z`} />
      )}
      <path class="spark-line" d={line} />
      {lower.length > 1 && <path class="spark-line lower" d={trace(lower, lastsMs, top)} />}
    </svg>
  );
}

function x(atMs: number, lastsMs: number): string {
  return ((atMs / Math.max(1, lastsMs)) * WIDTH).toFixed(1);
}

function trace(points: SparklineProps["points"], lastsMs: number, top: number): string {
  return points
    .map(
      ([atMs, value], at) =>
        `${at === 0 ? "M" : "L"}${x(atMs, lastsMs)} ${(HEIGHT - 2 - (value / top) * (HEIGHT - 4)).toFixed(1)}`,
    )
    .join("");
}
