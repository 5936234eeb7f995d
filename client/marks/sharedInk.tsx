/**
 * Gradients and patterns that marks all over the page refer to by id: drawn once, hidden, at the top of the page. Stops
 * take their colours from the theme.
 */
export function SharedInk() {
  return (
    <svg class="shared-ink" width="0" height="0" aria-hidden="true" focusable="false">
      <defs>
        <Ink />
      </defs>
    </svg>
  );
}

/** The same for a drawing that leaves the page, and has to bring its own. */
export function Ink() {
  return (
    <>
      <radialGradient id="ink-glow">
        <stop offset="0" stop-color="var(--lamp)" stop-opacity="0.62" />
        <stop offset="0.45" stop-color="var(--lamp)" stop-opacity="0.2" />
        <stop offset="1" stop-color="var(--lamp)" stop-opacity="0" />
      </radialGradient>
      <linearGradient id="ink-beam">
        <stop offset="0" stop-color="var(--lamp)" stop-opacity="0.85" />
        <stop offset="0.35" stop-color="var(--lamp)" stop-opacity="0.38" />
        <stop offset="1" stop-color="var(--lamp)" stop-opacity="0" />
      </linearGradient>
      <radialGradient id="ink-fog">
        <stop offset="0" stop-color="var(--fog)" stop-opacity="0.5" />
        <stop offset="0.55" stop-color="var(--fog)" stop-opacity="0.24" />
        <stop offset="1" stop-color="var(--fog)" stop-opacity="0" />
      </radialGradient>
      <pattern id="ink-stripes" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(35)">
        <rect width="7" height="7" fill="var(--correctness)" />
        <rect width="2.6" height="7" fill="var(--correctness-dark)" />
      </pattern>
      <pattern id="ink-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="8" height="8" fill="var(--raised)" />
        <rect width="2" height="8" fill="var(--ink2)" opacity="0.7" />
      </pattern>
      <pattern id="ink-waves" width="190" height="118" patternUnits="userSpaceOnUse">
        <path
          d="M12 22q5-6 10 0t10 0M104 54q5-6 10 0t10 0M148 12q5-6 10 0t10 0M46 88q5-6 10 0t10 0M138 100q5-6 10 0t10 0"
          fill="none"
          stroke="var(--shoal-line)"
          stroke-width="1.6"
          opacity="0.5"
        />
      </pattern>
    </>
  );
}
