import { refusal } from "../../core/refusal.ts";
import type { Verb } from "./verb.ts";

/** Takes an alert: the others see who is on it. */
export const take: Verb<"take"> = {
  name: "take",
  role: null,
  about: "Take an alert, so that the others know who is on it.",
  durationMs: () => 0,
  at: () => "",
  describe: () => "takes an alert",
  refuse(stage, { alert }) {
    return stage.hasAlert(alert) ? null : refusal("noSuchAlert", "That alert is no longer in the pager.");
  },
  finish(stage, { alert }, operator) {
    stage.take(operator, alert);
  },
};
