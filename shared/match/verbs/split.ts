import { isRefusal, refusal } from "../../core/refusal.ts";
import { placeOfComponent } from "./find.ts";
import { resharderOf } from "./reshard.ts";
import type { Verb } from "./verb.ts";

/** Splits one hot range of keys in two, so that another group of replicas takes half of its requests. */
export const split: Verb<"split"> = {
  name: "split",
  role: "data",
  about: "Split one hot range of keys in two by its traffic; nothing else moves.",
  durationMs: () => 1_000,
  at: (stage, { store }) => placeOfComponent(stage, store),
  describe: (_, { store, shard }) => `splits shard ${shard} of ${store} in two`,
  refuse(stage, { store, shard }) {
    const resharder = resharderOf(stage, store);
    if (isRefusal(resharder)) return resharder;
    const reason = resharder.refuseSplit(shard);
    if (reason !== null) return refusal("noSense", reason);
    return stage.isBusy("split", placeOfComponent(stage, store)) ? refusal("turning", `A shard of ${store} is being split.`) : null;
  },
  *options({ cluster }) {
    for (const { name: store, resharder, groups } of cluster.stores()) {
      if (resharder === null) continue;
      for (const shard of groups.keys()) yield { verb: "split", store, shard };
    }
  },
  finish(stage, { store, shard }) {
    const resharder = resharderOf(stage, store);
    if (!isRefusal(resharder) && resharder.refuseSplit(shard) === null) resharder.split(shard);
  },
};
