import type { FailureDetector } from "./detector.ts";
import { heartbeat } from "./heartbeat.ts";
import { phiAccrual } from "./phiAccrual.ts";
import { swim } from "./swim/swim.ts";

/** Every way in which members of a group can guess which of them have failed; a level names one of them. */
export const detectors = { heartbeat, phiAccrual, swim } satisfies Record<string, FailureDetector<unknown, unknown>>;
export type DetectorName = keyof typeof detectors;
