import { exponential } from "../core/distribution.ts";
import type { Stream } from "../core/random.ts";
import { US_PER_SECOND, type Us } from "../core/time.ts";

const UNIT = exponential(1);

/** A rate that goes evenly from one value to another. Per second; times in µs. */
export interface Ramp {
  readonly beginsUs: Us;
  readonly endsUs: Us;
  readonly fromPerSecond: number;
  readonly toPerSecond: number;
}

/**
 * Time of the next arrival of a Poisson process whose rate follows the ramp, or Infinity when none comes before its end.
 * One draw per arrival: the area under the rate up to the next arrival is exponential with mean 1.
 * Source: Lewis & Shedler 1979, "Simulation of nonhomogeneous Poisson processes" (inversion).
 */
export function nextArrivalUs(ramp: Ramp, afterUs: Us, stream: Stream): Us {
  const area = UNIT.sample(stream);
  const startUs = Math.max(afterUs, ramp.beginsUs);
  const length = (ramp.endsUs - ramp.beginsUs) / US_PER_SECOND;
  const slope = length > 0 ? (ramp.toPerSecond - ramp.fromPerSecond) / length : 0;
  const rate = ramp.fromPerSecond + (slope * (startUs - ramp.beginsUs)) / US_PER_SECOND;
  let waitSeconds = area / rate;
  if (slope !== 0) {
    const root = rate * rate + 2 * slope * area;
    if (root < 0) return Infinity;
    // The stable form of (√root − rate) ÷ slope.
    waitSeconds = (2 * area) / (rate + Math.sqrt(root));
  }
  const atUs = Math.ceil(startUs + waitSeconds * US_PER_SECOND);
  return atUs < ramp.endsUs ? atUs : Infinity;
}
