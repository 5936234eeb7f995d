import type { DataTypeName } from "../../protocols/crdt/registry.ts";
import type { Order } from "../site.ts";
import type { Adjustable } from "./settings.ts";

/** How long it takes until all replicas have the new version that knows the other data type. */
const ROLL_OUT_MS = 3_000;

/** The order by which the keys of a gossip store go over to the data type that the level offers; there is no way back. */
export function conversionOrder(store: Adjustable, to: DataTypeName): Order {
  return {
    verb: "rebuild",
    about: `Has every replica keep its keys as ${to} from now on; what had been lost stays lost, and there is no way back.`,
    durationMs: ROLL_OUT_MS,
    refuse: () => (store.replication.data === to ? "Its keys are kept like that already." : null),
    run: () => store.configure({ data: to }),
  };
}
