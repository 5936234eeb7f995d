import { isRefusal, refusal, type Refusal } from "../../core/refusal.ts";
import { partitionings, PartitioningRule } from "../../components/store/partitioning/registry.ts";
import type { Resharder } from "../../components/store/resharder.ts";
import { findStore, placeOfComponent } from "./find.ts";
import type { IntentOf, Stage, Verb } from "./verb.ts";

/** Who moves the keys of a store, or why nobody does. */
export function resharderOf(stage: Stage, name: string): Resharder | Refusal {
  const store = findStore(stage, name);
  if (isRefusal(store)) return store;
  return store.resharder ?? refusal("fixedShards", `The keys of ${name} stay with their shards.`);
}

/** The rule that an intent names, or why it is none. */
function ruleOf({ by, spread }: IntentOf<"reshard">): PartitioningRule | Refusal {
  const read = PartitioningRule.safeParse(spread === undefined ? { by } : { by, spread });
  if (read.success) return read.data;
  const known = Object.keys(partitionings).join(", ");
  return refusal("noSuchPartitioning", `Keys can be split by ${known}; only composite takes a spread.`);
}

/** Over how many shards somebody would spread the buckets of one customer. */
const SPREADS = [2, 4];

/** Splits the keys of a store over more or fewer shards, or by another rule, while clients go on. */
export const reshard: Verb<"reshard"> = {
  name: "reshard",
  role: "data",
  about: "Split the keys of a store over more shards, or by another rule: the hottest cools down, once the keys have moved.",
  durationMs: () => 1_000,
  at: (stage, { store }) => placeOfComponent(stage, store),
  describe: (_, { store, shards, by, spread }) => {
    const each = spread === undefined ? "" : `, each customer over ${spread}`;
    return `splits the keys of ${store} over ${shards} ${shards === 1 ? "shard" : "shards"} by ${by}${each}`;
  },
  refuse(stage, intent) {
    const resharder = resharderOf(stage, intent.store);
    if (isRefusal(resharder)) return resharder;
    const rule = ruleOf(intent);
    if (isRefusal(rule)) return rule;
    const reason = resharder.refuse(intent.shards, rule);
    if (reason !== null) return refusal("noSense", reason);
    return stage.isBusy("reshard", placeOfComponent(stage, intent.store)) ? refusal("turning", `${intent.store} is being split already.`) : null;
  },
  *options({ cluster }) {
    for (const { name: store, resharder, groups } of cluster.stores()) {
      if (resharder === null) continue;
      for (let shards = 1; shards <= groups.length; shards++) {
        for (const by of Object.keys(partitionings)) yield { verb: "reshard", store, shards, by };
        for (const spread of SPREADS) yield { verb: "reshard", store, shards, by: "composite", spread };
      }
    }
  },
  finish(stage, intent) {
    const resharder = resharderOf(stage, intent.store);
    const rule = ruleOf(intent);
    if (!isRefusal(resharder) && !isRefusal(rule)) resharder.reshard(intent.shards, rule);
  },
};
