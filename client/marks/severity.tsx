/** An alert's severity by shape and number: 1 is a triangle, 2 a square, 3 a ring. */
export function SeverityMark({ severity }: { readonly severity: 1 | 2 | 3 }) {
  return (
    <svg
      class={`severity severity-${severity}`}
      viewBox="0 0 34 30"
      width="34"
      height="30"
      role="img"
      aria-label={`Severity ${severity}`}
    >
      {severity === 1 && <path d="M17 3.5L32 27H2z" stroke-width="3" stroke-linejoin="round" />}
      {severity === 2 && <rect x="6" y="4" width="22" height="22" rx="3" />}
      {severity === 3 && <circle cx="17" cy="15" r="11" />}
      <text x="17" y={severity === 1 ? 24 : 20.4}>
        {severity}
      </text>
    </svg>
  );
}
