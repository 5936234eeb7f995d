import type { NodeView, ReplicaView, View } from "../../../shared/match/view.ts";
import { countText, percentText } from "../figures.ts";

/** Two accounts of one moment. */
export interface Accounts {
  readonly truth: View;
  readonly monitoring: View;
}

/** One figure of a place by both accounts, in words. */
export interface Compared {
  readonly name: string;
  readonly truth: string;
  readonly monitoring: string;
}

type Figures<Thing> = readonly (readonly [name: string, tell: (thing: Thing) => string])[];

/** A place of the map (`n2`, `z0`, `l1`) by both accounts. */
export function compare(accounts: Accounts, place: string): { title: string; figures: Compared[] } {
  const at = Number(place.slice(1));
  if (place.startsWith("l")) return compareLink(accounts, at);
  if (place.startsWith("z")) return compareZone(accounts, at);
  return compareNode(accounts, at);
}

function compareLink(accounts: Accounts, at: number): ReturnType<typeof compare> {
  const { links, zones } = accounts.truth;
  const [from, to] = [zones[links[at]?.a ?? -1]?.name ?? "", zones[links[at]?.b ?? -1]?.name ?? ""];
  return {
    title: `Link from ${from} to ${to}`,
    figures: both(accounts, (view) => view.links[at], [
      [`To ${to}`, ({ aToB }) => aToB],
      [`To ${from}`, ({ bToA }) => bToA],
      ["Round trip", ({ roundTripMs }) => (roundTripMs > 0 ? `${countText(roundTripMs)} ms` : "no answer")],
      ["Lost", ({ loss }) => `${Math.round(loss * 100)}%`],
    ]),
  };
}

function compareZone(accounts: Accounts, at: number): ReturnType<typeof compare> {
  const { zones } = accounts.truth;
  return {
    title: `Clients of ${zones[at]?.name ?? ""}`,
    figures: both(accounts, (view) => view.zones[at], [
      ["Requests", ({ requestsPerSecond }) => `${countText(requestsPerSecond)}/s`],
      ["Failing", ({ failedShare }) => percentText(failedShare)],
      ["Sent to", ({ routedTo }) => zones[routedTo]?.name ?? ""],
    ]),
  };
}

function compareNode(accounts: Accounts, at: number): ReturnType<typeof compare> {
  const { truth, monitoring } = accounts;
  const replicas = truth.nodes[at]?.replicas ?? [];
  return {
    title: truth.nodes[at]?.name ?? "",
    figures: [
      ...both(accounts, (view) => view.nodes[at], NODE_FIGURES),
      ...replicas.map((replica, order) => ({
        name: replicaName(truth, replica, replicas),
        truth: replicaWords(replica),
        monitoring: replicaWords(monitoring.nodes[at]?.replicas[order]),
      })),
    ],
  };
}

const NODE_FIGURES: Figures<NodeView> = [
  ["State", ({ status, drained }) => `${status}${drained ? ", drained" : ""}`],
  ["Last seen", ({ lastSeenMsAgo }) => (lastSeenMsAgo < 1_000 ? "now" : `${Math.round(lastSeenMsAgo / 1_000)} s ago`)],
  ["Queue", ({ queueDepth }) => countText(queueDepth)],
  ["Wrong answers", ({ wrong }) => countText(wrong)],
];

function both<Thing>(
  { truth, monitoring }: Accounts,
  read: (view: View) => Thing | undefined,
  figures: Figures<Thing>,
): Compared[] {
  const [so, seen] = [read(truth), read(monitoring)];
  if (so === undefined || seen === undefined) return [];
  return figures.map(([name, tell]) => ({ name, truth: tell(so), monitoring: tell(seen) }));
}

/** The store; with its shard where several of them live on the node. */
function replicaName(view: View, { store, shard }: ReplicaView, all: readonly ReplicaView[]): string {
  const name = view.components[store]?.name ?? "";
  return all.filter((other) => other.store === store).length > 1 ? `${name} ${shard}` : name;
}

function replicaWords(replica: ReplicaView | undefined): string {
  if (replica === undefined) return "nothing known";
  const { role, term, behind } = replica;
  const parts = [role, term > 0 ? `term ${term}` : "", behind > 0 ? `${countText(behind)} behind` : ""];
  return parts.filter((part) => part !== "").join(", ");
}
