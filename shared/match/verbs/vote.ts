import { refusal } from "../../core/refusal.ts";
import type { Verb } from "./verb.ts";

/** Says aye or nay to a call on the map, so that a crew can decide without talking over one another. */
export const vote: Verb<"vote"> = {
  name: "vote",
  role: null,
  about: "Say aye or nay to somebody's call on the map.",
  durationMs: () => 0,
  at: () => "",
  describe: (_, { aye }) => (aye ? "says aye to a call" : "says nay to a call"),
  refuse: (stage, { ping }) => (stage.hasPing(ping) ? null : refusal("noSuchCall", "That call is no longer on the map.")),
  finish: (stage, { ping, aye }, operator) => stage.vote(operator, ping, aye),
};
