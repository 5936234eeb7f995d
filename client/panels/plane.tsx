import "../styles/plane.css";
import { NINES, onNines } from "./nines.ts";

type Trail = readonly (readonly [number, number])[];

interface PlaneProps {
  readonly trail: Trail;
  /** Another trail to compare with, drawn dashed under it: as it was played, where `trail` is a what-if. */
  readonly played?: Trail | undefined;
  readonly availabilitySlo: number;
  readonly correctnessSlo: number;
  /** Size of the drawing; labels stay the same size. */
  readonly width: number;
  readonly height: number;
  /** With ticks and axis names, for a large plane. */
  readonly labelled?: boolean;
}

/** The availability × correctness plane: the trail of the match, and the lit corner inside both SLOs. */
export function Plane({ trail, played, availabilitySlo, correctnessSlo, width, height, labelled = false }: PlaneProps) {
  const margin = labelled ? { left: 74, right: 24, bottom: 52 } : { left: 18, right: 4, bottom: 14 };
  const inner = { width: width - margin.left - margin.right - 4, height: height - margin.bottom - 8 };
  const x = (share: number): number => margin.left + 4 + onNines(share) * inner.width;
  const y = (share: number): number => 4 + (1 - onNines(share)) * inner.height;
  const pointsOf = (line: Trail): string[] => line.map(([a, c]) => `${x(a).toFixed(1)},${y(c).toFixed(1)}`);
  const points = pointsOf(trail);
  const last = trail.at(-1) ?? [1, 1];
  return (
    <svg class="plane" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <rect class="plane-sea" x={x(0.9)} y={y(0.9999)} width={inner.width} height={inner.height} rx="3" />
      <rect
        class="plane-inside"
        x={x(availabilitySlo)}
        y={y(0.9999)}
        width={x(0.9999) - x(availabilitySlo)}
        height={y(correctnessSlo) - y(0.9999)}
      />
      {labelled && <Grid x={x} y={y} />}
      <path
        class="plane-slo"
        d={`M${x(availabilitySlo)} ${y(0.9999)}V${y(0.9)}M${x(0.9)} ${y(correctnessSlo)}H${x(0.9999)}`}
      />
      {played !== undefined && <polyline class="plane-trail played" points={pointsOf(played).join(" ")} />}
      {points.length > 1 && <polyline class={played === undefined ? "plane-trail" : "plane-trail what-if"} points={points.join(" ")} />}
      <circle class="plane-glow" cx={x(last[0])} cy={y(last[1])} r="11" fill="url(#ink-glow)" />
      {played !== undefined && <Ends played={played.at(-1) ?? [1, 1]} whatIf={last} x={x} y={y} width={width} />}
      <circle class="plane-now" cx={x(last[0])} cy={y(last[1])} r={played === undefined ? 5 : 7} />
      {!labelled && (
        <>
          <text class="plane-axis availability" x={width - 22} y={height - 1}>
            A
          </text>
          <text class="plane-axis correctness" x="9" y="22">
            C
          </text>
        </>
      )}
      {labelled && (
        <>
          <text class="plane-axis availability" x={margin.left + inner.width / 2} y={height - 6}>
            Availability
          </text>
          <text class="plane-axis correctness" transform={`translate(14 ${inner.height / 2}) rotate(-90)`}>
            Correctness
          </text>
        </>
      )}
    </svg>
  );
}

interface EndsProps {
  readonly played: readonly [number, number];
  readonly whatIf: readonly [number, number];
  readonly width: number;
  x(share: number): number;
  y(share: number): number;
}

/** Where two trails end, each with its name; names of ends that lie close together keep apart. */
function Ends({ played, whatIf, x, y, width }: EndsProps) {
  const [from, to] = [played, whatIf].map(([a, c]) => ({ x: x(a), y: y(c) })) as [Point, Point];
  const close = Math.abs(from.y - to.y) < 22 && Math.abs(from.x - to.x) < 130;
  const [up, down] = from.y < to.y ? [from, to] : [to, from];
  const name = (end: Point, words: string, of: string) => {
    const left = end.x > width - 120;
    // At the very top the trail runs along the edge: the name goes under it.
    const shift = end.y < 14 ? 21 : !close ? 5 : end === up ? Math.min(-7, -9 + down.y - up.y) : 19;
    return (
      <text class={`plane-end ${of}`} x={end.x + (left ? -13 : 13)} y={end.y + shift} text-anchor={left ? "end" : "start"}>
        {words}
      </text>
    );
  };
  return (
    <>
      <circle class="plane-then" cx={from.x} cy={from.y} r="6" />
      {name(from, "as played", "played")}
      {name(to, "what if", "what-if")}
    </>
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function Grid({ x, y }: { x: (share: number) => number; y: (share: number) => number }) {
  return (
    <g class="plane-grid">
      {NINES.map(({ share, label }) => (
        <g key={label}>
          <path d={`M${x(share)} ${y(0.9999)}V${y(0.9)}M${x(0.9)} ${y(share)}H${x(0.9999)}`} />
          <text class="x" x={x(share)} y={y(0.9) + 20}>
            {label}
          </text>
          <text class="y" x={x(0.9) - 8} y={y(share) + 5}>
            {label}
          </text>
        </g>
      ))}
    </g>
  );
}
