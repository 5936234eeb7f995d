/** A wrong answer as a red buoy with a cross topmark and its count, inside an `svg`; its waterline is at y = 0. */
export function Buoy({
  x = 0,
  y = 0,
  count = 0,
}: {
  readonly x?: number;
  readonly y?: number;
  readonly count?: number;
}) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <ellipse cx="0" cy="1" rx="19" ry="5" fill="none" stroke="var(--buoy)" stroke-width="1.4" opacity="0.6" />
      <path d="M-9 0l3.4-20h11.2L9 0z" fill="var(--buoy)" stroke="var(--outline)" stroke-width="1.4" />
      <path d="M-7.4-9.4h14.8l1 6h-16.8z" fill="#fff" />
      <path d="M-5-32l10 10M-5-22l10-10" stroke="var(--buoy)" stroke-width="3.4" stroke-linecap="round" />
      {count > 0 && (
        <g>
          <circle cx="22" cy="-18" r="12" fill="var(--buoy)" stroke="#fff" stroke-width="2" />
          <text class="buoy-count" x="22" y="-13">
            {count}
          </text>
        </g>
      )}
    </g>
  );
}
