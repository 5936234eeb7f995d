import type { View } from "../../../../shared/match/view.ts";
import type { Helm } from "../helm.ts";
import { nodeName, zoneName, zoneWords } from "../levelName.ts";
import { RepairVerb } from "./repairVerb.tsx";
import { VerbButton } from "./verbButton.tsx";

interface RemedyVerbsProps {
  readonly view: View;
  readonly helm: Helm;
  /** Index of the store that hurts. */
  readonly store: number;
}

/**
 * The verbs that a hurting store most likely calls for, one tap away: fence whoever still leads, send the clients of the
 * worst zone elsewhere, repair the worst link. Everything else is done at its own place.
 */
export function RemedyVerbs({ view, helm, store }: RemedyVerbsProps) {
  const leader = leaderToFence(view, store);
  const link = worstLink(view);
  const zone = worstZone(view);
  const refuge = zone < 0 ? -1 : refugeOf(view, zone);
  return (
    <>
      {leader >= 0 && <FenceVerb view={view} helm={helm} node={leader} />}
      {zone >= 0 && refuge >= 0 && (
        <VerbButton
          view={view}
          helm={helm}
          glyph="reroute"
          title="Reroute"
          note={`${zoneWords(view.zones[zone])} → ${zoneName(view.zones[refuge]!)}`}
          intent={{ verb: "route", from: zoneName(view.zones[zone]!), to: zoneName(view.zones[refuge]!) }}
          at={`z${zone}`}
        />
      )}
      {link >= 0 && <RepairVerb view={view} helm={helm} link={link} />}
    </>
  );
}

/** Fence a node, or let it back in. */
export function FenceVerb({
  view,
  helm,
  node: at,
}: {
  readonly view: View;
  readonly helm: Helm;
  readonly node: number;
}) {
  const node = view.nodes[at]!;
  const fenced = node.status === "fenced";
  return (
    <VerbButton
      view={view}
      helm={helm}
      glyph="fence"
      title={fenced ? `Let ${node.name} back in` : `Fence ${node.name}`}
      note={fenced ? "it serves again" : "it serves nobody"}
      intent={{ verb: "fence", node: nodeName(node), fenced: !fenced }}
      at={`n${at}`}
    />
  );
}

/** The leader as monitoring knows it, an unreachable one first, since that one may still be serving somebody. */
function leaderToFence(view: View, store: number): number {
  const leads = view.nodes.map((node) =>
    node.replicas.some(
      (replica) => replica.store === store && (replica.role === "leader" || replica.role === "primary"),
    ),
  );
  const lost = view.nodes.findIndex((node, at) => leads[at] === true && node.status === "unknown");
  return lost >= 0 ? lost : leads.indexOf(true);
}

/** The link that does worst: cut, then lossy, then slow; the first one when all is well. */
function worstLink(view: View): number {
  const trouble = { cut: 4, lossy: 3, slow: 2, unknown: 1, ok: 0 } as const;
  const worth = view.links.map((link) => Math.max(trouble[link.aToB], trouble[link.bToA]));
  return worth.indexOf(Math.max(...worth));
}

/** The zone whose clients fail most; the last one when all is well. */
function worstZone(view: View): number {
  if (view.zones.length < 2) return -1;
  const worst = Math.max(...view.zones.map((zone) => zone.failedShare));
  return worst > 0 ? view.zones.findIndex((zone) => zone.failedShare === worst) : view.zones.length - 1;
}

/** Where to send a zone's clients: another zone than now, the one that fares best. */
function refugeOf(view: View, zone: number): number {
  const now = view.zones[zone]!.routedTo;
  const others = view.zones.map((one, at) => ({ at, failed: one.failedShare })).filter(({ at }) => at !== now);
  return others.toSorted((a, b) => a.failed - b.failed)[0]?.at ?? -1;
}
