/** A stretch in which nothing happened, drawn shorter than it lasted. */
export interface Gap {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A scale of time that keeps what happened readable when it lies minutes apart. */
export interface BrokenTime {
  readonly gaps: readonly Gap[];
  /** Where a time is drawn, 0 to 1. */
  at(ms: number): number;
}

/** A gap longer than this many times everything else is shortened. */
const LONGEST_GAP = 1.5;
/** Room before the first and after the last moment, as a share of the whole. */
const BEFORE = 0.05;
const AFTER = 0.1;

/** Lays moments out in proportion, except that a stretch far longer than the rest is cut short. */
export function brokenTime(moments: readonly number[]): BrokenTime {
  const times = [...new Set(moments)].toSorted((a, b) => a - b);
  const first = times[0] ?? 0;
  const spans = times.slice(1).map((untilMs, at) => ({ fromMs: times[at]!, untilMs, ms: untilMs - times[at]! }));
  const longest = spans.reduce((most, span) => Math.max(most, span.ms), 0);
  const others = spans.reduce((sum, { ms }) => sum + ms, 0) - longest;
  const cap = Math.max(20, others * LONGEST_GAP);
  const drawn = spans.map((span) => ({ ...span, width: Math.min(span.ms, cap) }));
  const total = Math.max(
    1,
    drawn.reduce((sum, { width }) => sum + width, 0),
  );
  const shareOf = (width: number): number => BEFORE + (width / total) * (1 - BEFORE - AFTER);
  return {
    gaps: drawn.filter(({ ms, width }) => width < ms),
    at(ms) {
      if (ms < first) return 0;
      const before = drawn.filter(({ untilMs }) => untilMs <= ms).reduce((sum, { width }) => sum + width, 0);
      const inside = drawn.find(({ fromMs, untilMs }) => fromMs <= ms && ms < untilMs);
      const part = inside === undefined ? 0 : ((ms - inside.fromMs) / inside.ms) * inside.width;
      return Math.min(1, shareOf(before + part));
    },
  };
}
