import { refusal } from "../../core/refusal.ts";
import { isPlace } from "./find.ts";
import type { Verb } from "./verb.ts";

/** Points at a place of the map with a word, so that the others look. */
export const ping: Verb<"ping"> = {
  name: "ping",
  role: null,
  about: "Point at a place of the map with a word.",
  durationMs: () => 0,
  at: (_, { at }) => at,
  describe: (_, { word }) => (word === "" ? "points at the map" : `calls “${word}”`),
  refuse: (stage, { at }) => (isPlace(stage, at) ? null : refusal("noSuchPlace", "There is no such place on the map.")),
  finish: (stage, { at, word }, operator) => stage.ping(operator, at, word),
};
