import type { Us } from "../../core/time.ts";

/** The newest gaps between arrivals, with their sums, so that mean and deviation cost the same whatever its size. */
export interface ArrivalWindow {
  /** Gaps remembered; ≥ 2. */
  readonly size: number;
  readonly gapsUs: number[];
  /** Gaps taken in so far; the next one stands at `count mod size`. */
  count: number;
  sumUs: number;
  /** Sum of squares, µs². */
  squares: number;
}

/**
 * A window that begins with two gaps around an estimate, since nothing is known yet.
 * Source: Akka, PhiAccrualFailureDetector, firstHeartbeatEstimate: its deviation is a quarter of it.
 */
export function createWindow(size: number, estimateUs: Us): ArrivalWindow {
  const window = { size, gapsUs: [], count: 0, sumUs: 0, squares: 0 };
  addGap(window, estimateUs * 0.75);
  addGap(window, estimateUs * 1.25);
  return window;
}

/** Takes a gap in; a full window forgets its oldest. */
export function addGap(window: ArrivalWindow, gapUs: Us): void {
  const place = window.count % window.size;
  const forgottenUs = window.gapsUs[place] ?? 0;
  window.gapsUs[place] = gapUs;
  window.count++;
  window.sumUs += gapUs - forgottenUs;
  window.squares += gapUs * gapUs - forgottenUs * forgottenUs;
}

/** Mean of the gaps. */
export function meanUs({ gapsUs, sumUs }: ArrivalWindow): Us {
  return sumUs / gapsUs.length;
}

/** Standard deviation of the gaps, taken as the whole population. */
export function deviationUs(window: ArrivalWindow): Us {
  const mean = meanUs(window);
  return Math.sqrt(Math.max(0, window.squares / window.gapsUs.length - mean * mean));
}
