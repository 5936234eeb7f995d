import { refusal } from "../../core/refusal.ts";
import type { Verb } from "./verb.ts";

/** Says aye or nay to a call on the map, so that a crew can decide without talking over one another. */
export const vote: Verb<"vote"> = {
  name: "vote",
  role: null,
  about: "Say aye or nay to somebody's call on the map.",
  durationMs: () => 0,
  at: () => "",
  describe: ({ calls }, { ping, aye }) => {
    const call = calls.find(({ id }) => id === ping);
    const which = call === undefined ? "a call" : `call ${ping + 1}${call.word === "" ? "" : ` “${call.word}”`}`;
    return `says ${aye ? "aye" : "nay"} to ${which}`;
  },
  refuse: ({ calls }, { ping }) => (calls.some(({ id }) => id === ping) ? null : refusal("noSuchCall", "That call is no longer on the map.")),
  *options({ calls }) {
    for (const { id } of calls) for (const aye of [true, false]) yield { verb: "vote", ping: id, aye };
  },
  finish: (stage, { ping, aye }, operator) => stage.vote(operator, ping, aye),
};
