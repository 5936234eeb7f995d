import { z } from "zod";
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
