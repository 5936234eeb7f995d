import type { World } from "../sim/world.ts";
import type { Order } from "./site.ts";

/** How long it takes to bring the old version to all instances, one after the other, ms. */
const ROLLOUT_MS = 8_000;

/** The order to go back to the version that a component ran before. Done in vain it costs the time it takes, no more. */
export function rollbackOrder({ releases }: World, component: number): Order {
  return {
    verb: "rollback",
    about: "Go back to the version that ran before; it takes 8 s to reach all instances.",
    durationMs: ROLLOUT_MS,
    refuse: () => null,
    run: () => releases.rollBack(component),
  };
}
