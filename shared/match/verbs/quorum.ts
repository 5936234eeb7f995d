import { isRefusal, refusal } from "../../core/refusal.ts";
import { findStore, placeOfComponent } from "./find.ts";
import type { Verb } from "./verb.ts";

/** Sets how many replicas must answer a read and acknowledge a write. */
export const quorum: Verb<"quorum"> = {
  name: "quorum",
  role: "data",
  about: "Set the read and write quorum of a leaderless store: together more than all replicas, and they overlap.",
  durationMs: () => 1_000,
  at: (stage, { store }) => placeOfComponent(stage, store),
  describe: (_, { store, readQuorum, writeQuorum }) => `sets ${store} to R=${readQuorum}, W=${writeQuorum}`,
  refuse(stage, { store: name, readQuorum, writeQuorum }) {
    const store = findStore(stage, name);
    if (isRefusal(store)) return store;
    if (store.protocol.name !== "quorum") return refusal("noQuorums", `${name} has no quorums to set: it replicates by ${store.protocol.name}.`);
    const replicas = store.placed.filter(({ shard }) => shard === 0).length;
    if (readQuorum > replicas || writeQuorum > replicas) return refusal("tooMany", `${name} has ${replicas} replicas, so a quorum can't be larger.`);
    const { replication } = store;
    if (replication.readQuorum === readQuorum && replication.writeQuorum === writeQuorum) {
      return refusal("alreadyThere", `${name} already works with R=${readQuorum}, W=${writeQuorum}.`);
    }
    return stage.isBusy("quorum", placeOfComponent(stage, name)) ? refusal("turning", `The quorums of ${name} are still changing.`) : null;
  },
  *options({ cluster }) {
    for (const { name: store, placed } of cluster.stores()) {
      const replicas = placed.filter(({ shard }) => shard === 0).length;
      for (let readQuorum = 1; readQuorum <= Math.min(9, replicas); readQuorum++) {
        for (let writeQuorum = 1; writeQuorum <= Math.min(9, replicas); writeQuorum++) {
          yield { verb: "quorum", store, readQuorum, writeQuorum };
        }
      }
    }
  },
  finish(stage, { store: name, readQuorum, writeQuorum }) {
    const store = findStore(stage, name);
    if (!isRefusal(store)) store.configure({ readQuorum, writeQuorum });
  },
};
