/** One measured number beside what it should be. */
export interface Figure {
  /** What was measured, with the circumstances that matter. */
  readonly what: string;
  /** NaN when it could not be measured; the note says why. */
  readonly value: number;
  readonly unit: string;
  /** The number to reach (`atLeast`) or to stay under (`atMost`); null where the figure is only for comparison. */
  readonly aim: { readonly atLeast: number } | { readonly atMost: number } | null;
  /** What helps to read it: figures of others for scale, or what was left out and why. */
  readonly note?: string;
}

/** A group of figures that are measured together. They are ratios and rates of one run on one machine, never a test. */
export interface Bench {
  readonly name: string;
  run(): Promise<readonly Figure[]>;
}

/** True when the aim is met, or when there is none. */
export function isMet({ value, aim }: Figure): boolean {
  if (aim === null) return true;
  return "atLeast" in aim ? value >= aim.atLeast : value <= aim.atMost;
}

/** CPU seconds that some work takes, all threads together: on a shared machine the wall clock measures the neighbours. */
export function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** The middle of several measurements of one thing: a noisy machine disturbs the mean, and the best flatters. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

/** The value below which this share of the measurements lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}
