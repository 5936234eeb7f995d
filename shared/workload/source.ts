import { z } from "zod";
import { invariant } from "../core/invariant.ts";
import { OPERATION_KINDS } from "../core/operations.ts";
import { Duration, Name, Rate } from "../core/units.ts";
import { compositeKeys, ownKeys, uniformKeys, zipfKeys, type KeyChooser } from "./keys.ts";

/**
 * How the keys of a source are spread: "uniform", "zipf 0.99", or "own" for one key per session; "zipf 0.99 x 16" spreads
 * customers like that, each of whom has 16 keys.
 */
const Keys = z
  .string()
  .regex(/^(uniform|own|zipf \d+(\.\d+)?)( x [1-9]\d{0,2})?$/, 'expected "uniform", "own", "zipf 0.99" or "zipf 0.99 x 16"')
  .describe('"uniform", "zipf 0.99" or "own" (each session has its own key); "zipf 0.99 x 16": customers of 16 keys each');

/** How much an operation is about: "5", or "1..20" for a whole number that luck draws between the two. */
const Amount = z
  .union([z.int().min(1), z.string().regex(/^\d+\.\.\d+$/, 'expected a number, or a span such as "1..20"')])
  .transform((text) => {
    const [least, most] = String(text).split("..").map(Number);
    return { least: least!, most: most ?? least! };
  });

/** One line of a level's workload: who asks what, how often, for which keys, and what an answer is worth. */
export const WorkloadLine = z.strictObject({
  from: z.union([Name.transform((name) => [name]), z.array(Name).min(1)]).describe("zones whose clients ask"),
  to: Name.describe("the component that it is for in the end"),
  via: Name.optional().describe("the balancer asked first; by default the level's first one"),
  op: z.enum(OPERATION_KINDS),
  rate: Rate.describe("requests a second per zone, Poisson arrivals"),
  keys: Keys.default("uniform"),
  others: Keys.default("uniform").describe("second keys, for operations that have one: who is paid, who is followed"),
  amount: Amount.default({ least: 1, most: 1 }).describe("for operations that have one: money, votes, megabytes"),
  priority: z.int().min(0).max(2).default(1).describe("what is shed first: 0 background work, 1 usual, 2 must not fail"),
  value: z.number().min(0).default(1).describe("what a right answer in time earns"),
  sessions: z.int().min(1).max(2_000).default(40).describe("sessions per zone that ask in turn; lines of one zone and store share theirs"),
  begins: Duration.optional(),
  ends: Duration.optional(),
});
export type WorkloadLine = z.infer<typeof WorkloadLine>;

/** The chooser that a line's `keys` names, over a store with this many keys. */
export function keyChooser(keys: string, count: number): KeyChooser {
  const [customers = keys, buckets] = keys.split(" x ");
  if (buckets !== undefined) return compositeKeys(keyChooser(customers, Math.max(1, Math.floor(count / Number(buckets)))), Number(buckets));
  if (keys === "uniform") return uniformKeys(count);
  if (keys === "own") return ownKeys(count);
  const exponent = /^zipf (\d+(?:\.\d+)?)$/.exec(keys)?.[1];
  invariant(exponent !== undefined, `workload: keys "${keys}" passed the schema but have no chooser`);
  return zipfKeys(count, Number(exponent));
}
