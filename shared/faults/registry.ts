import { z } from "zod";
import { badDeploy } from "./badDeploy.ts";
import { bandwidthLimit } from "./bandwidthLimit.ts";
import { clockDrift } from "./clockDrift.ts";
import { clockJump } from "./clockJump.ts";
import { clockSkew } from "./clockSkew.ts";
import { crash } from "./crash.ts";
import { diskCorruption } from "./diskCorruption.ts";
import { diskFull } from "./diskFull.ts";
import { duplicate } from "./duplicate.ts";
import type { Fault } from "./fault.ts";
import { flashCrowd } from "./flashCrowd.ts";
import { forgottenMachine } from "./forgottenMachine.ts";
import { hotKey } from "./hotKey.ts";
import { latencySpike } from "./latencySpike.ts";
import { lossyLink } from "./lossyLink.ts";
import { partition } from "./partition.ts";
import { partnerOutage } from "./partnerOutage.ts";
import { pause } from "./pause.ts";
import { reorder } from "./reorder.ts";
import { restart } from "./restart.ts";
import { slowMachine } from "./slowMachine.ts";
import { trafficSpike } from "./trafficSpike.ts";
import { zoneLoss } from "./zoneLoss.ts";

/** Everything that can go wrong, by the `kind` that level files use. */
export const faults = {
  crash,
  restart,
  pause,
  slowMachine,
  diskFull,
  diskCorruption,
  clockSkew,
  clockDrift,
  clockJump,
  zoneLoss,
  partition,
  lossyLink,
  latencySpike,
  duplicate,
  reorder,
  bandwidthLimit,
  trafficSpike,
  flashCrowd,
  hotKey,
  badDeploy,
  partnerOutage,
  forgottenMachine,
};
export type FaultKind = keyof typeof faults;

type AnyConfig = (typeof faults)[FaultKind]["config"];

/** The lines of any fault in a level file, each with these fields beside its own. */
export function faultLines<Shape extends z.ZodRawShape>(shape: Shape) {
  const lines = Object.values(faults).map(({ config }) => config.extend(shape));
  return z.discriminatedUnion("kind", lines as unknown as readonly [Extended<AnyConfig, Shape>]);
}

/** A fault's schema with more fields; over all faults it is a union. */
type Extended<Config, Shape extends z.ZodRawShape> = Config extends z.ZodObject<infer Own>
  ? z.ZodObject<Own & Shape, z.core.$strict>
  : never;

/** The fault of a kind, for parameters that its own schema has already read. */
export function faultOf(kind: FaultKind): Fault<z.ZodObject> {
  return faults[kind];
}
