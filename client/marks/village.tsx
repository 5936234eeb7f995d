const HOUSES = [
  [-22, 4],
  [-8, -4],
  [6, 5],
  [20, -2],
] as const;

/** The clients of a zone: a few houses with lit windows, inside an `svg`. */
export function Village({
  x = 0,
  y = 0,
  scale = 1,
}: {
  readonly x?: number;
  readonly y?: number;
  readonly scale?: number;
}) {
  return (
    <g transform={`translate(${x} ${y}) scale(${scale})`}>
      <ellipse class="night-only" cx="0" cy="4" rx="48" ry="20" fill="url(#ink-glow)" opacity="0.6" />
      {HOUSES.map(([left, top]) => (
        <g key={left} transform={`translate(${left} ${top})`}>
          <path d="M-7 8V0h14v8z" fill="var(--house)" stroke="var(--outline)" stroke-width="0.8" />
          <path d="M-9 0l9-7.4L9 0z" fill="var(--roof)" />
          <path d="M-4 2.4h3v3.2h-3zM1 2.4h3v3.2H1z" fill="var(--window)" />
        </g>
      ))}
    </g>
  );
}
