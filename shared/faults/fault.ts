import type { z } from "zod";
import type { Built } from "../components/site.ts";
import type { Ms } from "../core/time.ts";
import type { Focus } from "../workload/focus.ts";
import type { World } from "../sim/world.ts";

/** What a fault may reach while it is on stage. */
export interface FaultStage {
  readonly world: World;
  /** Number of this fault in the match, by which its traces are found again when it ends. */
  readonly id: number;
  zone(name: string): number;
  node(name: string): number;
  component(name: string): Built;
  /** Multiplies the requests of a zone (−1: of all) for a component (by default all); 1 ends it. */
  spike(zone: number, factor: number, target?: number): void;
  /** Draws a share of the requests to a few keys; null ends it. */
  focus(focus: Focus | null): void;
}

/** Names that a fault's fields hold. */
export interface FaultNames {
  readonly nodes?: readonly string[];
  readonly zones?: readonly string[];
  readonly components?: readonly string[];
  /** Kinds of component that fit; any by default. */
  readonly kinds?: readonly string[];
}

/** What a fault does again and again between its begin and its end: beats are numbered from 0. */
export interface Beat<Params> {
  /** Time from the beat before (for the first, from the begin) to this one; 0: there is none. */
  afterMs(params: Params, beat: number): Ms;
  strike(stage: FaultStage, params: Params, beat: number): void;
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
  readonly beat?: Beat<z.infer<Config>>;
}
