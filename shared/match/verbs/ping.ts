import { refusal } from "../../core/refusal.ts";
import { isPlace, nameOfPlace } from "./find.ts";
import type { Verb } from "./verb.ts";

/** Points at a place of the map with a word, so that the others look. */
export const ping: Verb<"ping"> = {
  name: "ping",
  role: null,
  about: "Point at a place of the map with a word.",
  durationMs: () => 0,
  at: (_, { at }) => at,
  describe: (stage, { at, word }) => (word === "" ? `points at ${nameOfPlace(stage, at)}` : `calls “${word}”`),
  refuse: (stage, { at }) => (isPlace(stage, at) ? null : refusal("noSuchPlace", "There is no such place on the map.")),
  *options({ cluster }) {
    const zones = cluster.zoneNames.length;
    const places = (letter: string, count: number) => Array.from({ length: count }, (_, index) => `${letter}${index}`);
    const all = [
      ...places("n", cluster.nodeNames.length),
      ...places("z", zones),
      ...places("l", (zones * (zones - 1)) / 2),
      ...places("c", cluster.components.length),
    ];
    for (const at of all) yield { verb: "ping", at, word: "" };
  },
  finish: (stage, { at, word }, operator) => stage.ping(operator, at, word),
};
