import type { ProcessId } from "../sim/process.ts";
import type { World } from "../sim/world.ts";

/** One place where a component can be asked. */
export interface Instance {
  readonly process: ProcessId;
  /** Machine it stands on. */
  readonly node: number;
  readonly zone: number;
}

/** A component that was built: where it stands and whom to ask for a key. */
export interface Built {
  readonly index: number;
  readonly name: string;
  readonly kind: string;
  readonly instances: readonly Instance[];
  /** The instances that can answer for a key: those of its shard, or all. */
  instancesFor(key: number): readonly Instance[];
}

/** What a component may know while it is built: the world, and what was built before it. */
export interface Site {
  readonly world: World;
  /** Index of a zone or machine by its name in the level; the level's parser has made sure that it exists. */
  zone(name: string): number;
  node(name: string): number;
  /** A component that stands earlier in the order of building: what is called is built before its callers. */
  built(name: string): Built;
}
