import { isRefusal, refusal } from "../../core/refusal.ts";
import type { Stop } from "../../protocols/protocol.ts";
import { words } from "../../core/names.ts";
import { findStore, placeOfComponent } from "./find.ts";
import type { Verb } from "./verb.ts";

/** How long replicas take to change over. */
const TURN_MS = 1_000;

/** Turns the consistency dial of a store. */
export const dial: Verb<"dial"> = {
  name: "dial",
  role: "data",
  about: "Choose what a store guarantees, and pay for it in latency, availability and money.",
  durationMs: () => TURN_MS,
  at: (stage, { store }) => placeOfComponent(stage, store),
  describe: (_, { store, stop }) => `turns ${store} to ${words(stop)}`,
  refuse(stage, { store: name, stop }) {
    const store = findStore(stage, name);
    if (isRefusal(store)) return store;
    if (!store.stops().includes(stop as Stop)) return refusal("noSuchStop", `The dial of ${name} has no stop called ${words(stop)}.`);
    if (store.replication.stop === stop) return refusal("alreadyThere", `${name} is already at ${words(stop)}.`);
    return stage.isBusy("dial", placeOfComponent(stage, name)) ? refusal("turning", `The dial of ${name} is still turning.`) : null;
  },
  *options({ cluster }) {
    for (const store of cluster.stores()) {
      for (const stop of store.stops()) yield { verb: "dial", store: store.name, stop };
    }
  },
  finish(stage, { store: name, stop }) {
    const store = findStore(stage, name);
    if (!isRefusal(store)) store.configure({ stop: stop as Stop });
  },
};
