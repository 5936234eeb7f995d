import { z } from "zod";
import { Duration } from "../core/units.ts";
import { faultLines } from "../faults/registry.ts";
import { Moment } from "./moment.ts";

/** Something that the director may let loose: a fault with its own fields, how long it lasts and what it costs him. */
const menu = {
  for: Duration.describe("how long it lasts"),
  telegraph: Duration.refine((ms) => ms >= 1_000, "expected at least 1 s")
    .default(5_000)
    .describe("how long before it announces itself"),
  costs: z.int().min(1).max(100).default(1).describe("what it takes out of the director's budget"),
};

/** A director who lets faults loose as fast as the team can bear them. */
export const Chaos = z.strictObject({
  budget: z.int().min(1).max(200).describe("what all that he plans may cost together"),
  kinds: z.array(faultLines(menu)).min(1).describe("what he may plan; the seed chooses"),
  from: Duration.default(30_000).describe("nothing of his begins before"),
  until: Duration.optional().describe("nothing of his begins after; by default the end of the match"),
  every: Moment.describe("how long a team of middling strength has between two: a time, or a span such as 20s..40s"),
  atOnce: z
    .int()
    .min(1)
    .max(3)
    .default(1)
    .describe("troubles at once, those of the level counted, beyond which he waits"),
});
export type Chaos = z.infer<typeof Chaos>;
