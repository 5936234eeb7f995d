import { normalQuantile, pow } from "../../core/maths.ts";
import { usOf, type Us } from "../../core/time.ts";
import { addGap, createWindow, deviationUs, meanUs, type ArrivalWindow } from "./arrivalWindow.ts";
import type { DetectorSettings, FailureDetector } from "./detector.ts";
import { listening, type Heartbeat, type ListeningState, type SilenceRule } from "./heartbeats.ts";
import { lnNormalTail } from "./normalTail.ts";

const LN10 = 2.302585092994046;

/**
 * Suspicion φ after a silence: −log₁₀ of the chance that a heartbeat comes later still, as the gaps so far are spread.
 * Source: Hayashibara et al. 2004, The φ accrual failure detector, section 4.2; Cassandra for the exponential law.
 */
export function phi(window: ArrivalWindow, settings: DetectorSettings, silenceUs: Us): number {
  const excessUs = silenceUs - usOf(settings.acceptablePauseMs);
  if (settings.law === "exponential") return Math.max(0, excessUs) / (meanUs(window) * LN10);
  return -lnNormalTail((excessUs - meanUs(window)) / spreadUs(window, settings)) / LN10;
}

/** Silence after which φ reaches the threshold: the inverse of `phi`. */
export function silenceAtThresholdUs(window: ArrivalWindow, settings: DetectorSettings): Us {
  const { acceptablePauseMs, threshold, law } = settings;
  const forgivenUs = usOf(acceptablePauseMs);
  if (law === "exponential") return forgivenUs + threshold * LN10 * meanUs(window);
  return forgivenUs + meanUs(window) - normalQuantile(pow(10, -threshold)) * spreadUs(window, settings);
}

function spreadUs(window: ArrivalWindow, settings: DetectorSettings): Us {
  return Math.max(deviationUs(window), usOf(settings.minDeviationMs));
}

/** A patience learned from how heartbeats come. */
const learned: SilenceRule<ArrivalWindow> = {
  create: ({ windowSize, intervalMs }) => createWindow(windowSize, usOf(intervalMs)),

  /**
   * What passed while a member was down is no gap between heartbeats, and would make the patience too long.
   * Differs: Akka leaves out every gap that ended in a suspicion, and so never learns that a link is lossy.
   */
  arrived(window, gapUs, opinion) {
    if (opinion !== "dead") addGap(window, gapUs);
  },

  patienceUs: silenceAtThresholdUs,
  suspicion: (window, settings, silenceUs) => phi(window, settings, silenceUs) / settings.threshold,
};

/**
 * The accrual detector: instead of a yes or no, a level of suspicion that grows with silence, in the light of how
 * regularly heartbeats came so far. The threshold says how likely a mistake may be: φ = 1 is one in ten, 3 one in 1,000.
 */
export const phiAccrual: FailureDetector<ListeningState<ArrivalWindow>, Heartbeat> = {
  name: "phiAccrual",
  about: "Learns how heartbeats come, and suspects a member whose silence is too unlikely to be chance.",
  source: "Hayashibara et al. 2004, The φ accrual failure detector, sections 4 and 5; as set in Akka and Cassandra",
  simplified: [
    "The chance is the exact tail of the law: φ = 8 lies 5.61 deviations out. Akka's logistic curve puts it at 5.22.",
    "Gaps that ended in a suspicion are learned from, where Akka leaves them out.",
  ],
  ...listening(learned),
};
