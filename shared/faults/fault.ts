import type { z } from "zod";
import type { Built } from "../components/site.ts";
import type { World } from "../sim/world.ts";

/** What a fault may reach while it is on stage. */
export interface FaultStage {
  readonly world: World;
  /** Number of this fault in the level, by which its traces are found again when it ends. */
  readonly id: number;
  zone(name: string): number;
  node(name: string): number;
  component(name: string): Built;
  /** Multiplies the requests of a zone (−1: of all zones); 1 ends it. */
  spike(zone: number, factor: number): void;
}

/** Names that a fault's fields hold. */
export interface FaultNames {
  readonly nodes?: readonly string[];
  readonly zones?: readonly string[];
  readonly components?: readonly string[];
}

/**
 * Something that goes wrong. `begin` and `end` bracket it; `telegraph` shows what a player could notice before, and is
 * over when `begin` comes.
 */
export interface Fault<Config extends z.ZodObject> {
  readonly kind: string;
  readonly about: string;
  /** Paper, book or incident that describes it, where there is one. */
  readonly source?: string;
  /** Where it departs from the real thing, a sentence each. */
  readonly simplified?: readonly string[];
  /** Its own fields in a level file, beside `at`, `for` and `telegraph`. */
  readonly config: Config;
  /** Names of the level that its fields hold, so that the level's parser can check them. */
  names(params: z.infer<Config>): FaultNames;
  /** "partition A | B C": for the timeline and the ledger. */
  describe(params: z.infer<Config>): string;
  begin(stage: FaultStage, params: z.infer<Config>): void;
  end(stage: FaultStage, params: z.infer<Config>): void;
  telegraph?(stage: FaultStage, params: z.infer<Config>): void;
}
