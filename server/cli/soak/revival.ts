import { invariant } from "../../../shared/core/invariant.ts";
import { mutates } from "../../../shared/core/operations.ts";
import { usOf } from "../../../shared/core/time.ts";
import { componentOf, type ComponentName } from "../../../shared/components/registry.ts";
import type { Built } from "../../../shared/components/site.ts";
import type { Placed } from "../../../shared/components/store/groups.ts";
import type { Replica } from "../../../shared/components/store/replica.ts";
import type { Store } from "../../../shared/components/store/store.ts";
import type { Match } from "../../../shared/match/match.ts";
import { dataTypes } from "../../../shared/protocols/crdt/registry.ts";
import type { GossipState } from "../../../shared/protocols/gossip/state.ts";
import type { QuorumState } from "../../../shared/protocols/quorum/state.ts";
import type { RaftState } from "../../../shared/protocols/raft/state.ts";
import type { Registers } from "../../../shared/protocols/registers.ts";
import { disksStay } from "./promises.ts";
import { SETTLED_MS } from "./sketch.ts";

/** After the match, with nobody asking any more, copies have this long to become the same. */
const REST_MS = 60_000;
/** Time between two looks whether they are, ms. */
const STEP_MS = 2_000;
/** Fewer questions than this after the cluster has settled say nothing. */
const ASKED_LEAST = 8;

/**
 * Good at last: after all trouble is over and was put right, every component answers again, those who look and those who
 * change something; then the replicas of every store become equal, and nothing is left half done.
 */
export function checkRevival(match: Match): void {
  const { history } = match.record;
  const tally = new Map<string, { component: string; asked: number; ok: number }>();
  for (const { component, kind, invokedAtUs, outcome } of history) {
    if (invokedAtUs < usOf(SETTLED_MS)) continue;
    const what = `${component} ${mutates(kind) ? "writes" : "reads"}`;
    const counted = tally.get(what) ?? { component, asked: 0, ok: 0 };
    counted.asked += 1;
    if (outcome === "ok") counted.ok += 1;
    tally.set(what, counted);
  }
  for (const [what, { component, asked, ok }] of tally) {
    invariant(asked < ASKED_LEAST || ok > 0 || isLost(match, component), `liveness: none of ${asked} ${what} was answered after healing`);
  }
  comeToRest(match);
}

/**
 * True for a group that has a disk the less and no majority without it: it must not begin anew by itself, since nobody
 * knows what was lost. Source: Ongaro & Ousterhout 2014, section 5.1 (a majority, or nothing).
 */
function isLost({ level, cluster, log }: Match, component: string): boolean {
  const store = cluster.stores().find(({ name }) => name === component);
  if (store?.protocol.name !== "raft" || disksStay(level)) return false;
  return store.config.on.length < 3 || log.some(({ intent }) => intent.verb === "member");
}

/** Lets time pass, with nobody asking any more, until all is at rest; throws what is not when that has taken too long. */
function comeToRest(match: Match): void {
  const { kernel } = match.cluster.world;
  const untilUs = kernel.nowUs + usOf(REST_MS);
  for (;;) {
    kernel.runUntil(kernel.nowUs + usOf(STEP_MS));
    const restless = whatIsLeft(match);
    if (restless === null) return;
    invariant(kernel.nowUs < untilUs, restless);
  }
}

/** What is not at rest yet, as a sentence; null when all is. */
function whatIsLeft(match: Match): string | null {
  for (const store of match.cluster.stores()) {
    const different = converges(store) && !isLost(match, store.name) ? whatDiffers(match, store) : null;
    if (different !== null) return different;
  }
  // What was under way on a disk that is gone is under way for ever: the others can't know how it ended.
  return disksStay(match.level) ? halfDone(match) : null;
}

/** Replicas that are told of every write become equal; leaderless ones only if they compare themselves with each other. */
function converges({ protocol, replication, config }: Store): boolean {
  if (protocol.name !== "quorum") return config.resharding === undefined;
  return replication.antiEntropyMs > 0 && replication.antiEntropyMs <= STEP_MS;
}

function whatDiffers({ cluster }: Match, { name, groups, placed, protocol }: Store): string | null {
  for (const { shard } of groups) {
    const copies = placed
      .filter((one) => one.shard === shard && belongs(one, placed))
      .map(({ replica, node }) => ({ node: cluster.nodeNames[node]!, copy: copyOf(protocol.name, replica) }));
    const first = copies[0];
    const other = copies.find(({ copy }) => copy !== first?.copy);
    if (first === undefined || other === undefined) continue;
    return `convergence: shard ${shard} of ${name} stays different at ${first.node} and ${other.node}: ${first.copy} and ${other.copy}`;
  }
  return null;
}

/** Operators may have taken a replica of Raft out of its group: then nobody sends it anything any more. */
function belongs({ replica, shard }: Placed, placed: readonly Placed[]): boolean {
  const leader = placed.find((one) => one.shard === shard && one.replica.status()?.role === "leader");
  return leader === undefined || (leader.replica.state as RaftState).members.includes(replica.self);
}

/** What a replica holds, key by key, as one text. */
function copyOf(protocol: string, { state }: Replica): string {
  if (protocol === "quorum") return textOf([...(state as QuorumState).cells].map(([key, { value }]) => [key, value]));
  if (protocol === "gossip") {
    const { entries, config } = state as GossipState;
    return textOf([...entries].map(([key, entry]) => [key, dataTypes[config.data].value(entry.state as never)]));
  }
  const { registers } = state as { readonly registers?: Registers };
  return registers === undefined ? "" : textOf([...registers.values]);
}

function textOf(cells: readonly (readonly [number, unknown])[]): string {
  return [...cells]
    .sort(([a], [b]) => a - b)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(" ");
}

/** Gauges that must read 0 once nobody asks any more: what waits, what is locked, what is open or in doubt. */
const AT_REST: readonly string[] = ["in doubt", "locks held", "waiting for locks", "open orders", "being undone", "calls in flight"];

function halfDone({ cluster }: Match): string | null {
  for (const component of cluster.components as readonly Built[]) {
    const cards = componentOf(component.kind as ComponentName).gauges ?? [];
    for (const { gauges, node } of component.instances) {
      const left = (gauges?.() ?? []).findIndex((value, place) => value > 0 && AT_REST.includes(cards[place]?.name ?? ""));
      if (left >= 0) return `liveness: ${component.name} on ${cluster.nodeNames[node]} still has ${cards[left]!.name} after healing`;
    }
  }
  return null;
}
