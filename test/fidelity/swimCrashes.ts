import { invariant } from "../../shared/core/invariant.ts";
import { RandomStreams } from "../../shared/core/random.ts";
import { msOf, usOf, type Ms } from "../../shared/core/time.ts";
import type { DetectorSettings } from "../../shared/protocols/detectors/detector.ts";
import type { SwimState } from "../../shared/protocols/detectors/swim/state.ts";
import { DetectorGroup } from "../protocols/detectorGroup.ts";

const PERIOD_MS: Ms = 1_000;
/** As in the paper's analysis: targets at random, and answers long before the period ends. */
const ANALYSED: Partial<DetectorSettings> = { intervalMs: PERIOD_MS, pingTimeoutMs: 300, probing: "random" };

/** What each of many crashes, one after the other, looked like to the rest of the group. */
export interface Detections {
  /** Mean of whole protocol periods from a crash to the first ping without an answer. */
  readonly meanPeriods: number;
  readonly worstPeriods: number;
}

/**
 * Crashes one member after the other, and counts the periods until somebody's ping goes without an answer. Members do
 * not keep step, but in any span of one period each of them begins exactly one probe, so a span is a round.
 */
export function firstDetections(
  members: number,
  crashes: number,
  seed: string,
  probing: DetectorSettings["probing"] = "random",
): Detections {
  const group = new DetectorGroup({ detector: "swim", members, seed, settings: { ...ANALYSED, probing } });
  const luck = new RandomStreams(seed).stream("crash", "times");
  let sum = 0;
  let worst = 0;
  for (let crash = 0; crash < crashes; crash++) {
    const victim = Math.floor(luck() * members);
    group.run(luck() * PERIOD_MS);
    const periods = detectionOf(group, victim);
    sum += periods;
    worst = Math.max(worst, periods);
    group.restart(victim);
    // Pings that were under way at the restart still come to nothing.
    group.run(2 * PERIOD_MS);
    settle(group, `after crash ${crash} of seed ${seed}`);
  }
  return { meanPeriods: sum / crashes, worstPeriods: worst };
}

/** Runs until everybody trusts everybody again. */
function settle(group: DetectorGroup, when: string): void {
  const isSettled = (): boolean => group.agents.every((agent) => agent.suspects() === 0);
  for (let periods = 0; !isSettled(); periods++) {
    invariant(periods < 60, `swim: somebody was still suspected ${when}`);
    group.run(PERIOD_MS);
  }
}

function detectionOf(group: DetectorGroup, victim: number): number {
  const crashedAtMs = group.nowMs;
  group.crash(victim);
  group.judgements.length = 0;
  while (group.judgements.length === 0) group.run(PERIOD_MS / 2);
  const [first] = group.judgements;
  invariant(first?.member === victim, `swim: member ${first?.member} was suspected, though ${victim} crashed`);
  // A suspicion is raised when the period of its ping ends.
  return Math.ceil((first.atMs - PERIOD_MS - crashedAtMs) / PERIOD_MS);
}

/** Share of probes of members that are all alive which nobody answers, where each message may be lost. */
export function unansweredShare(setup: { loss: number; helpers: number; probes: number; seed: string }): number {
  const members = 8;
  const { loss, helpers, probes, seed } = setup;
  const settings = { ...ANALYSED, helpers, suspicionMs: 1e9 };
  const group = new DetectorGroup({ detector: "swim", members, seed, settings, loss, delayMs: [1, 1] });
  group.world.kernel.runUntil(usOf((probes / members) * PERIOD_MS));
  invariant(msOf(group.world.kernel.nowUs) >= PERIOD_MS, "swim: less than a period was run");
  const states = group.agents.map(({ state }) => state as SwimState);
  const sum = (count: (state: SwimState) => number): number => states.reduce((total, one) => total + count(one), 0);
  return sum(({ unanswered }) => unanswered) / sum(({ probes: ended }) => ended);
}
