import { z } from "zod";
import { Intent } from "../match/intent.ts";
import { ROLES } from "../match/roles.ts";

/**
 * A finished match as a file: all that it takes to play it again, and what it came to. `npm run replay` reads it,
 * re-simulates and compares.
 */
export const MatchFile = z.object({
  format: z.literal("split-brain-match/1"),
  /** Version of the simulation's rules: only the same version plays the same match. */
  simVersion: z.int(),
  level: z.object({ id: z.string(), version: z.int() }),
  seed: z.string(),
  crew: z.array(z.object({ name: z.string(), roles: z.array(z.enum(ROLES)) })),
  /** Ticks played; fewer than the level lasts when the match was ended early. */
  ticks: z.int().min(0),
  log: z.array(z.object({ tick: z.int().min(0), operator: z.int().min(0), intent: Intent })),
  /** State hashes along the way; files from before they were noted have none. */
  marks: z.array(z.object({ tick: z.int().min(0), hash: z.string() })).default([]),
  /** The state hash at the end. */
  hash: z.string(),
  score: z.number(),
});
export type MatchFile = z.infer<typeof MatchFile>;
