import { faults, type FaultKind } from "../../../shared/faults/registry.ts";
import type { Lots } from "./lots.ts";
import { HEALED_MS, type Line, type Sketch, TROUBLE_MS } from "./sketch.ts";

/** What a fault can strike. */
type Place = Pick<Sketch, "zones" | "nodes" | "components">;
type Draw = (lots: Lots, place: Place) => Line | null;

const KINDS = Object.keys(faults) as FaultKind[];
const percent = (lots: Lots, least: number, most: number): string => `${lots.whole(least, most)}%`;
const node = (lots: Lots, { nodes }: Place): string => lots.oneOf(Object.keys(nodes).filter((name) => nodes[name]!["standby"] !== true));
const ofKinds = ({ components }: Place, kinds: readonly string[]): string[] =>
  Object.keys(components).filter((name) => kinds.includes(String(components[name]!["kind"])));

/** Two zones, most often different ones. */
function between(lots: Lots, { zones }: Place): readonly [string, string] {
  return [lots.oneOf(zones), lots.oneOf(zones)];
}

/** Everything that can go wrong, and how it is drawn; null where there is nothing for it to strike. */
const DRAWS: Readonly<Record<FaultKind, Draw>> = {
  crash: (lots, place) => ({ node: node(lots, place) }),
  restart: (lots, place) => ({ node: node(lots, place), takes: `${lots.whole(50, 1_500)}ms`, every: lots.oneOf(["0s", "400ms"]) }),
  pause: (lots, place) => ({ node: node(lots, place) }),
  slowMachine: (lots, place) => ({ node: node(lots, place), times: lots.whole(2, 20) }),
  diskFull: (lots, place) => ({ node: node(lots, place) }),
  diskCorruption: (lots, place) => ({ node: node(lots, place) }),
  clockSkew: (lots, place) => ({ node: node(lots, place), by: `${lots.whole(-800, 800)}ms` }),
  clockDrift: (lots, place) => ({ node: node(lots, place), ppm: lots.whole(-100_000, 100_000) }),
  clockJump: (lots, place) => ({ node: node(lots, place), by: `${lots.whole(-800, 800)}ms`, every: lots.oneOf(["0s", "700ms"]) }),
  zoneLoss: (lots, { zones }) => ({ zone: lots.oneOf(zones) }),
  partition: (lots, { zones }) => {
    if (zones.length < 2) return null;
    const alone = lots.oneOf(zones);
    const others = zones.filter((zone) => zone !== alone);
    const sides = lots.chance(0.2) ? zones.map((zone) => [zone]) : [[alone], others];
    const flaps = lots.chance(0.25) ? { flaps: { cut: `${lots.whole(100, 900)}ms`, open: `${lots.whole(50, 600)}ms` } } : {};
    return { sides, oneWay: lots.chance(0.3), ...flaps };
  },
  lossyLink: (lots, place) => ({ between: between(lots, place), loss: percent(lots, 5, 60) }),
  latencySpike: (lots, place) => ({ between: between(lots, place), times: lots.whole(2, 30) }),
  duplicate: (lots, place) => ({ between: between(lots, place), share: percent(lots, 5, 50) }),
  reorder: (lots, place) => ({ between: between(lots, place), share: percent(lots, 5, 50), by: `${lots.whole(20, 600)}ms` }),
  bandwidthLimit: (lots, place) => ({ between: between(lots, place), limit: lots.oneOf(["5kB/s", "30kB/s", "300kB/s"]) }),
  trafficSpike: (lots, place) => ({ ...(lots.chance(0.5) ? { zone: lots.oneOf(place.zones) } : {}), times: lots.whole(2, 8) }),
  flashCrowd: (lots, place) => ({ to: askedIn(lots, place), times: lots.whole(2, 8), halves: "1s", keys: 1 }),
  hotKey: (lots, place) => ({ to: askedIn(lots, place), share: percent(lots, 30, 95) }),
  badDeploy: (lots, place) => {
    const deployed = ofKinds(place, ["service", "worker"]);
    return deployed.length === 0 ? null : { component: lots.oneOf(deployed), errors: percent(lots, 0, 40), leak: lots.oneOf([0, 0.3]) };
  },
  partnerOutage: (lots, place) => {
    const partners = ofKinds(place, ["partner"]);
    if (partners.length === 0) return null;
    return { component: lots.oneOf(partners), refuses: percent(lots, 20, 100), ...(lots.chance(0.4) ? { times: 10 } : {}) };
  },
  forgottenMachine: (lots, { nodes }) => {
    const standbys = Object.keys(nodes).filter((name) => nodes[name]!["standby"] === true);
    return standbys.length === 0 ? null : { node: lots.oneOf(standbys) };
  },
};

/** The component that clients ask in the end. */
function askedIn(lots: Lots, place: Place): string {
  const asked = ofKinds(place, ["store", "ledger", "timeline", "eventStore", "saga", "cqrs"]);
  return lots.oneOf(asked);
}

/** None to eight faults that are all over when the cluster heals; a disk is lost in some runs, and then only one. */
export function drawFaults(lots: Lots, place: Place): Line[] {
  const lines: Line[] = [];
  for (let left = lots.whole(0, 8); left > 0; left--) {
    const kind = lots.oneOf(KINDS);
    const own = kind === "diskCorruption" ? null : DRAWS[kind](lots, place);
    if (own !== null) lines.push(timed(lots, { kind, ...own }));
  }
  if (lots.chance(0.15)) lines.push(timed(lots, diskLoss(lots, place)));
  return lines;
}

function diskLoss(lots: Lots, place: Place): Line {
  return lots.chance(0.5)
    ? { kind: "diskCorruption", ...DRAWS.diskCorruption(lots, place) }
    : { kind: "crash", ...DRAWS.crash(lots, place), diskLost: true };
}

function timed(lots: Lots, line: Line): Line {
  const atMs = lots.whole(TROUBLE_MS, HEALED_MS - 600);
  const forMs = Math.min(lots.oneOf([200, 800, 2_000, 5_000]), HEALED_MS - atMs);
  return { at: `${atMs}ms`, for: `${forMs}ms`, ...(lots.chance(0.2) ? { telegraph: "500ms" } : {}), ...line };
}
