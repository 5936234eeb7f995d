import type { z } from "zod";
import { crash } from "./crash.ts";
import type { Fault } from "./fault.ts";
import { latencySpike } from "./latencySpike.ts";
import { lossyLink } from "./lossyLink.ts";
import { partition } from "./partition.ts";
import { pause } from "./pause.ts";
import { slowMachine } from "./slowMachine.ts";
import { trafficSpike } from "./trafficSpike.ts";

/** Everything that can go wrong, by the `kind` that level files use. */
export const faults = { crash, pause, slowMachine, partition, lossyLink, latencySpike, trafficSpike };
export type FaultKind = keyof typeof faults;

/** The fault of a kind, for parameters that its own schema has already read. */
export function faultOf(kind: FaultKind): Fault<z.ZodObject> {
  return faults[kind];
}
