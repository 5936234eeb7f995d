import { isRefusal, refusal } from "../../core/refusal.ts";
import { findZone } from "./find.ts";
import type { IntentOf, Stage, Verb } from "./verb.ts";

/** Place of the link between two zones, as the view lists them: pairs in order of the zones. */
function linkPlace({ cluster }: Stage, { a, b }: IntentOf<"repairLink">): string {
  const [one, other] = [cluster.zone(a), cluster.zone(b)].sort((x, y) => x - y) as [number, number];
  const zones = cluster.zoneNames.length;
  let index = 0;
  for (let zone = 0; zone < one; zone++) index += zones - zone - 1;
  return `l${index + other - one - 1}`;
}

/** Sends a repair crew to a link; crews are few, so choose which. */
export const repairLink: Verb<"repairLink"> = {
  name: "repairLink",
  role: "infra",
  about: "Send a crew to mend the link between two zones; it is away for 40 s.",
  durationMs: () => 40_000,
  at: linkPlace,
  describe: (_, { a, b }) => `sends a crew to link ${a}–${b}`,
  refuse(stage, intent) {
    const a = findZone(stage, intent.a);
    if (isRefusal(a)) return a;
    const b = findZone(stage, intent.b);
    if (isRefusal(b)) return b;
    if (a === b) return refusal("noSuchLink", "A link joins two different zones.");
    if (stage.isBusy("repairLink", linkPlace(stage, intent))) return refusal("turning", "A crew is at that link already.");
    return stage.crewsFree <= 0 ? refusal("crewBusy", "Every repair crew is out.") : null;
  },
  *options({ cluster }) {
    const { zoneNames } = cluster;
    for (const [one, a] of zoneNames.entries()) {
      for (const b of zoneNames.slice(one + 1)) yield { verb: "repairLink", a, b };
    }
  },
  finish({ cluster }, { a, b }) {
    for (const lane of cluster.world.network.link(cluster.zone(a), cluster.zone(b))) lane.mend();
  },
};
