import type { Stream } from "../../core/random.ts";
import type { Instance } from "../site.ts";

/** An instance as a balancer sees it. */
export interface Target {
  readonly instance: Instance;
  /** Requests sent there by this balancer that have not come back. */
  outstanding: number;
  /** Health checks in a row without an answer. */
  missed: number;
  healthy: boolean;
}

/** How a balancer picks among the targets that may be asked. `turns` counts this balancer's picks so far. */
export interface BalancingPolicy {
  readonly name: string;
  readonly about: string;
  readonly source: string;
  /** Index into `targets`, which is never empty; `weightOf` is above 0 for each. */
  choose(targets: readonly Target[], weightOf: (target: Target) => number, turns: number, luck: Stream): number;
}

/** Picks each index with a probability proportional to its weight. */
export function weightedPick(targets: readonly Target[], weightOf: (target: Target) => number, share: number): number {
  let total = 0;
  for (const target of targets) total += weightOf(target);
  let left = share * total;
  for (let index = 0; index < targets.length; index++) {
    left -= weightOf(targets[index]!);
    if (left < 0) return index;
  }
  return targets.length - 1;
}
