import { isRefusal, refusal } from "../../core/refusal.ts";
import { findZone } from "./find.ts";
import type { Verb } from "./verb.ts";

/** Sends the clients of a zone to the nodes of another zone. */
export const route: Verb<"route"> = {
  name: "route",
  role: "traffic",
  about: "Send the clients of one zone to the nodes of another; it costs them the way there.",
  durationMs: () => 1_000,
  at: (stage, { from }) => `z${stage.cluster.zone(from)}`,
  describe: (_, { from, to }) => (from === to ? `sends clients of ${from} home` : `sends clients of ${from} to ${to}`),
  refuse(stage, { from, to }) {
    const source = findZone(stage, from);
    if (isRefusal(source)) return source;
    const target = findZone(stage, to);
    if (isRefusal(target)) return target;
    const already = stage.cluster.balancers().every(({ spread }) => spread.route[source] === target);
    if (already) return refusal("alreadyThere", `Clients of ${from} already go to ${to}.`);
    return stage.isBusy("route", `z${source}`) ? refusal("turning", `Clients of ${from} are still being sent elsewhere.`) : null;
  },
  *options({ cluster }) {
    for (const from of cluster.zoneNames) for (const to of cluster.zoneNames) yield { verb: "route", from, to };
  },
  finish(stage, { from, to }) {
    const source = stage.cluster.zone(from);
    for (const { spread } of stage.cluster.balancers()) spread.route[source] = stage.cluster.zone(to);
  },
};
