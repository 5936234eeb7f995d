import type { z } from "zod";
import type { World } from "../sim/world.ts";

/** What a fault may reach while it is on stage. */
export interface FaultStage {
  readonly world: World;
  /** Number of this fault in the level, by which its traces are found again when it ends. */
  readonly id: number;
  zone(name: string): number;
  node(name: string): number;
  /** Multiplies the requests of a zone (−1: of all zones); 1 ends it. */
  spike(zone: number, factor: number): void;
}

/**
 * Something that goes wrong. `begin` and `end` bracket it; `telegraph` shows what a player could notice before, and is
 * over when `begin` comes.
 */
export interface Fault<Config extends z.ZodObject> {
  readonly kind: string;
  readonly about: string;
  /** Its own fields in a level file, beside `at`, `for` and `telegraph`. */
  readonly config: Config;
  /** "partition A | B C": for the timeline and the ledger. */
  describe(params: z.infer<Config>): string;
  begin(stage: FaultStage, params: z.infer<Config>): void;
  end(stage: FaultStage, params: z.infer<Config>): void;
  telegraph?(stage: FaultStage, params: z.infer<Config>): void;
}
