const DEGREES = Array.from({ length: 36 }, (_, at) => at * 10);

/** The compass rose of the sea chart. */
export function Compass({ size = 120 }: { readonly size?: number }) {
  return (
    <svg class="compass" viewBox="-64 -74 128 138" width={size} height={(size * 138) / 128} aria-hidden="true">
      <g fill="none" stroke="var(--ink3)">
        <circle r="58" />
        <circle r="46" />
        {DEGREES.map((degree) => (
          <path key={degree} d={degree % 30 === 0 ? "M0-58v8" : "M0-58v4"} transform={`rotate(${degree})`} />
        ))}
      </g>
      {[45, 135, 225, 315].map((turn) => (
        <path key={turn} d="M0-30L6-7 0 0-6-7z" transform={`rotate(${turn})`} fill="var(--ink3)" opacity="0.5" />
      ))}
      {[0, 90, 180, 270].map((turn) => (
        <g key={turn} transform={`rotate(${turn})`}>
          <path d="M0-44L8-8 0 0z" fill="var(--ink3)" />
          <path d="M0-44L-8-8 0 0z" fill="var(--ink3)" opacity="0.45" />
        </g>
      ))}
      <text class="compass-letter" y="-63">
        N
      </text>
    </svg>
  );
}
