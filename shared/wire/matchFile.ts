import { z } from "zod";
import { refusal, type Refusal } from "../core/refusal.ts";
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

/** Reads the text of a match file; `name` is what the person knows it by. A mistake gives one sentence with its place. */
export function parseMatchFile(text: string, name: string): MatchFile | Refusal {
  let plain: unknown;
  try {
    plain = JSON.parse(text);
  } catch {
    return refusal("badMatchFile", `${name} is no match file: it is not JSON.`);
  }
  return readMatchFile(plain, name);
}

/** The same for what the text says, once it is read as JSON. */
export function readMatchFile(plain: unknown, name: string): MatchFile | Refusal {
  const read = MatchFile.safeParse(plain);
  if (read.success) return read.data;
  const { message, path } = read.error.issues[0]!;
  const place = path.length === 0 ? "" : ` at ${path.join(".")}`;
  return refusal("badMatchFile", `${name} is no match file: ${message.replace(/^Invalid input: /, "")}${place}.`);
}
