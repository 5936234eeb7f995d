import type { Distribution } from "../../core/distribution.ts";
import type { Ms, Us } from "../../core/time.ts";
import type { ProcessId } from "../../sim/process.ts";
import type { FanOut } from "./config.ts";
import type { FollowGraph } from "./graph.ts";
import type { Errand } from "./shelf.ts";

/** What all nodes of a timeline have in common; operators may change some of it. */
export interface TimelinePlan {
  readonly name: string;
  readonly graph: FollowGraph;
  readonly newest: number;
  /** Zones with nodes, and their nodes in the order of the level. */
  readonly zones: Map<number, ProcessId[]>;
  readonly postCostUs: Distribution;
  readonly readCostUs: Distribution;
  readonly perFollowerUs: Us;
  readonly perFolloweeUs: Us;
  readonly repeatEveryMs: Ms;
  readonly timeoutMs: Ms;
  fanOut: FanOut;
  threshold: number;
}

/** What nodes tell one another. */
export type TimelineMessage =
  | { readonly type: "errand"; readonly id: string; readonly errand: Errand }
  | { readonly type: "done"; readonly id: string }
  /** A read asks for the newest posts of some authors. */
  | { readonly type: "ask"; readonly read: number; readonly authors: readonly number[] }
  | { readonly type: "found"; readonly read: number; readonly posts: readonly number[] };

/** The node that keeps a user in a zone. */
export function homeOf({ zones }: TimelinePlan, user: number, zone: number): ProcessId {
  const nodes = zones.get(zone)!;
  return nodes[user % nodes.length]!;
}

/** The nodes that keep a user, one in each zone. */
export function homesOf(plan: TimelinePlan, user: number): ProcessId[] {
  return [...plan.zones.keys()].map((zone) => homeOf(plan, user, zone));
}

/** True when posts of an author with this many followers are copied into feeds as they come. */
export function copiesOnWrite({ fanOut, threshold }: TimelinePlan, followers: number): boolean {
  return fanOut === "onWrite" || (fanOut === "hybrid" && followers < threshold);
}
