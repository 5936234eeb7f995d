import type { Us } from "../core/time.ts";

/** One reason why a machine's clock is wrong. */
export interface ClockError {
  /** How far it is ahead (negative: behind), µs. */
  readonly skewUs: Us;
  /** How much faster it runs than true time, parts per million; a quartz without a time server is some 20 to 200 off. */
  readonly driftPpm: number;
  /** Since when it drifts, µs. */
  readonly sinceUs: Us;
}

const MILLION = 1_000_000;

/** How far a clock with these errors is ahead of true time, whole µs. They add up. */
export function clockErrorUs(errors: readonly ClockError[], nowUs: Us): Us {
  let errorUs = 0;
  for (const { skewUs, driftPpm, sinceUs } of errors) errorUs += skewUs + ((nowUs - sinceUs) * driftPpm) / MILLION;
  return Math.round(errorUs);
}

/** How many seconds such a clock counts in a true second. */
export function clockRate(errors: readonly ClockError[]): number {
  return errors.reduce((rate, { driftPpm }) => rate + driftPpm / MILLION, 1);
}
