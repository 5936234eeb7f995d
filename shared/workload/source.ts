import { z } from "zod";
import { invariant } from "../core/invariant.ts";
import { Duration, Name, Rate } from "../core/units.ts";
import { ownKeys, uniformKeys, zipfKeys, type KeyChooser } from "./keys.ts";

/** How the keys of a source are spread: "uniform", "zipf 0.99", or "own" for one key per session. */
const Keys = z
  .string()
  .regex(/^(uniform|own|zipf \d+(\.\d+)?)$/, 'expected "uniform", "own" or "zipf 0.99"')
  .describe('"uniform", "zipf 0.99" or "own" (each session has its own key)');

/** One line of a level's workload: who asks what, how often, for which keys, and what an answer is worth. */
export const WorkloadLine = z.strictObject({
  from: z.union([Name.transform((name) => [name]), z.array(Name).min(1)]).describe("zones whose clients ask"),
  to: Name.describe("the store that it is for"),
  via: Name.optional().describe("the balancer asked first; by default the level's first one"),
  op: z.enum(["read", "write", "cas"]),
  rate: Rate.describe("requests a second per zone, Poisson arrivals"),
  keys: Keys.default("uniform"),
  value: z.number().min(0).default(1).describe("what a right answer in time earns"),
  sessions: z.int().min(1).max(2_000).default(40).describe("sessions per zone that ask in turn; lines of one zone and store share theirs"),
  begins: Duration.optional(),
  ends: Duration.optional(),
});
export type WorkloadLine = z.infer<typeof WorkloadLine>;

/** The chooser that a line's `keys` names, over a store with this many keys. */
export function keyChooser(keys: string, count: number): KeyChooser {
  if (keys === "uniform") return uniformKeys(count);
  if (keys === "own") return ownKeys(count);
  const exponent = /^zipf (\d+(?:\.\d+)?)$/.exec(keys)?.[1];
  invariant(exponent !== undefined, `workload: keys "${keys}" passed the schema but have no chooser`);
  return zipfKeys(count, Number(exponent));
}
