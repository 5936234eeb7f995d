/** A line's state as a small lantern: lit, or out with a cross. */
export function LineLantern({ lit }: { readonly lit: boolean }) {
  return (
    <svg
      class="line-lantern"
      viewBox="0 0 28 28"
      width="28"
      height="28"
      role="img"
      aria-label={lit ? "connected" : "away"}
    >
      {lit && <circle cx="14" cy="14" r="13" fill="url(#ink-glow)" />}
      <path
        d="M9.6 11h8.8v8.4H9.6z"
        fill={lit ? "#fff4d2" : "var(--sunk)"}
        stroke={lit ? "var(--cap)" : "var(--ink3)"}
        stroke-width="1.5"
      />
      <path d="M9 11q0-4.6 5-4.6T19 11zM8.6 19.4h10.8v2.4H8.6z" fill={lit ? "var(--cap)" : "var(--ink3)"} />
      {!lit && <path d="M10.6 12.2l6.8 6M17.4 12.2l-6.8 6" stroke="var(--error)" stroke-width="2" />}
    </svg>
  );
}
