/** A stretch in which nothing happened, drawn shorter than it lasted. */
export interface Gap {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A scale of time that keeps what happened readable when it lies minutes apart. */
export interface BrokenTime {
  readonly gaps: readonly Gap[];
  /** The last moment that was laid out. */
  readonly lastMs: number;
  /** Where a time is drawn, 0 to 1. */
  at(ms: number): number;
}

/** A stretch between two moments, and how wide it is drawn. */
interface Stretch extends Gap {
  readonly ms: number;
  readonly isGap: boolean;
  readonly width: number;
}

/** A stretch that is longer than this share of all that is shorter than it is a gap, unless it is short anyway. */
const GAP_SHARE = 0.6;
const GAP_MS_MIN = 200;
/** Width of all gaps together, and of the narrowest thing between two of them, as shares of what is drawn in full. */
const GAPS_WIDTH = 0.8;
const EVENT_WIDTH_MIN = 0.22;
/** Room before the first and after the last moment, as a share of the whole. */
const BEFORE = 0.04;
const AFTER = 0.1;

/**
 * Lays moments out in proportion, except that stretches far longer than the rest are cut short, and what lies between two
 * such gaps and took next to no time is drawn wide enough to be seen.
 */
export function brokenTime(moments: readonly number[]): BrokenTime {
  const times = [...new Set(moments)].toSorted((a, b) => a - b);
  const first = times[0] ?? 0;
  const drawn = laidOut(times);
  const total = Math.max(0.001, sum(drawn.map(({ width }) => width)));
  const shareOf = (width: number): number => BEFORE + (width / total) * (1 - BEFORE - AFTER);
  return {
    gaps: drawn.filter(({ isGap }) => isGap).map(({ fromMs, untilMs }) => ({ fromMs, untilMs })),
    lastMs: times.at(-1) ?? 0,
    at(ms) {
      if (ms < first) return 0;
      const before = sum(drawn.filter(({ untilMs }) => untilMs <= ms).map(({ width }) => width));
      const inside = drawn.find(({ fromMs, untilMs }) => fromMs <= ms && ms < untilMs);
      const part = inside === undefined ? 0 : ((ms - inside.fromMs) / inside.ms) * inside.width;
      return Math.min(1, shareOf(before + part));
    },
  };
}

function laidOut(times: readonly number[]): Stretch[] {
  const lengths = times.slice(1).map((untilMs, at) => untilMs - times[at]!);
  const longest = longestInFull(lengths);
  const full = Math.max(1, sum(lengths.filter((ms) => ms <= longest)));
  const gaps = lengths.filter((ms) => ms > longest).length;
  const drawn: Stretch[] = [];
  let event: Stretch[] = [];
  const endEvent = (): void => {
    const width = sum(event.map(({ ms }) => ms));
    const scale = gaps === 0 || width === 0 ? 1 : Math.max(1, (full * EVENT_WIDTH_MIN) / width);
    drawn.push(...event.map((one) => ({ ...one, width: one.ms * scale })));
    event = [];
  };
  lengths.forEach((ms, at) => {
    const isGap = ms > longest;
    const stretch = { fromMs: times[at]!, untilMs: times[at + 1]!, ms, isGap, width: (full * GAPS_WIDTH) / gaps };
    if (!isGap) return void event.push(stretch);
    endEvent();
    drawn.push(stretch);
  });
  endEvent();
  return drawn;
}

/** Length of the longest stretch that is no gap. */
function longestInFull(lengths: readonly number[]): number {
  const sorted = lengths.toSorted((a, b) => b - a);
  let shorter = sum(sorted);
  for (const ms of sorted) {
    shorter -= ms;
    if (ms < GAP_MS_MIN || ms <= shorter * GAP_SHARE) return ms;
  }
  return 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
