import { usOf, type Us } from "../../core/time.ts";
import type { DetectorSettings, FailureDetector } from "./detector.ts";
import { listening, type Heartbeat, type ListeningState, type SilenceRule } from "./heartbeats.ts";

/** A fixed patience: nothing is learned from how heartbeats come. */
const fixedTimeout: SilenceRule<null> = {
  create: () => null,
  arrived() {},
  patienceUs: (_, settings) => timeoutUs(settings),
  suspicion: (_, settings, silenceUs) => silenceUs / timeoutUs(settings),
};

/** The first heartbeat is missed `timeoutMs` after the last that came, and one more with each interval. */
function timeoutUs({ timeoutMs, missed, intervalMs }: DetectorSettings): Us {
  return usOf(timeoutMs + (missed - 1) * intervalMs);
}

/**
 * The plain detector: a member that has not been heard for a fixed time is suspected. The time is the whole choice: with
 * a short one a pause or a few lost messages look like a death, with a long one a death looks like a pause.
 */
export const heartbeat: FailureDetector<ListeningState<null>, Heartbeat> = {
  name: "heartbeat",
  about: "Suspects a member that has not been heard for a fixed time.",
  source:
    "Aguilera, Chen & Toueg 1997, Heartbeat: a timeout-free failure detector, section 1, on the common timeout detector",
  simplified: ["A beat carries no sequence number, so one that was overtaken by the next counts like any other."],
  ...listening(fixedTimeout),
};
