import { refusal } from "../../core/refusal.ts";
import { clockText } from "../../core/time.ts";
import type { Verb } from "./verb.ts";

/** Takes an alert: the others see who is on it. */
export const take: Verb<"take"> = {
  name: "take",
  role: null,
  about: "Take an alert, so that the others know who is on it.",
  durationMs: () => 0,
  at: () => "",
  describe({ alerts }, { alert: id }) {
    const alert = alerts.find((one) => one.id === id);
    return alert === undefined ? "takes an alert" : `takes “${alert.text}” of ${clockText(alert.sinceMs)}`;
  },
  refuse(stage, { alert }) {
    return stage.alerts.some(({ id }) => id === alert) ? null : refusal("noSuchAlert", "That alert is no longer in the pager.");
  },
  *options({ alerts }) {
    for (const { id, clearedMs } of alerts) if (clearedMs === 0) yield { verb: "take", alert: id };
  },
  finish(stage, { alert }, operator) {
    stage.take(operator, alert);
  },
};
