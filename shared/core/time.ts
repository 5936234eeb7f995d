/**
 * Simulated time. The kernel counts whole microseconds from the start of the match (`Us`); people, levels and views
 * speak milliseconds (`Ms`). Both are plain numbers: the unit stands last in every name (`atUs`, `timeoutMs`).
 */
export type Us = number;
/** Milliseconds of simulated time; may have a fraction. */
export type Ms = number;

/** Length of a match's tick: intents take effect at its start. */
export const TICK_MS: Ms = 50;

export const US_PER_MS = 1_000;
export const US_PER_SECOND = 1_000_000;

/** Whole microseconds nearest to a number of milliseconds. */
export function usOf(ms: Ms): Us {
  return Math.round(ms * US_PER_MS);
}

/** Milliseconds of a number of microseconds. */
export function msOf(us: Us): Ms {
  return us / US_PER_MS;
}

/** "3:41" for 221,000 ms: how a time of the match is spoken and printed. */
export function clockText(ms: Ms): string {
  const seconds = Math.floor(ms / 1_000);
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)}:${rest < 10 ? "0" : ""}${rest}`;
}
