import type { ComponentView, NodeView, ReplicaView } from "../../shared/match/view.ts";
import type { Lamp } from "./tower.ts";

/** What a lighthouse shows of a node: all of it derived from what monitoring last scraped. */
export interface NodeState {
  readonly standing: "up" | "crashed" | "unknown" | "off";
  readonly lamp: Lamp;
  /** Courses missing from the tower, 0 to 4. */
  readonly missing: number;
  /** Leader or primary of the store in view: beam and pennant. */
  readonly leads: boolean;
  readonly slow: boolean;
  readonly restarting: boolean;
  readonly fenced: boolean;
  readonly drained: boolean;
  /** The line under the name, such as "leader · term 4". */
  readonly words: string;
  /** The same without its details, such as "leader", for where there is less room. */
  readonly brief: string;
  /** True when the words tell of trouble and so go before others where there is little room. */
  readonly notable: boolean;
}

/** Entries behind from which one more course of the tower is missing. */
const BEHIND_STEPS = [10, 50, 250, 1_250] as const;

/** How many of a tower's five courses are missing for a replica so many entries behind. */
export function missingCourses(behind: number): number {
  return BEHIND_STEPS.filter((step) => behind >= step).length;
}

/** Reads a node's state. `store` is the selected store's index; without one (-1) the node's own first replica speaks. */
export function nodeState(node: NodeView, store: number, components: readonly ComponentView[]): NodeState {
  const replica = replicaInView(node, store);
  const alive = node.status === "up" || node.status === "slow" || node.status === "fenced";
  const leads = alive && node.replicas.some((held) => (store < 0 || held.store === store) && isLeading(held));
  const behind = replica?.behind ?? 0;
  const words = wordsOf(node, replica, components);
  const waiting = node.queueDepth >= Math.max(4, node.workers * 2);
  return {
    standing: node.status === "crashed" || node.status === "unknown" || node.status === "off" ? node.status : "up",
    lamp: node.status === "restarting" || node.status === "paused" ? "covered" : node.status === "slow" ? "half" : "lit",
    missing: missingCourses(behind),
    leads,
    slow: node.status === "slow",
    restarting: node.status === "restarting",
    fenced: node.status === "fenced",
    drained: node.drained && node.status !== "off",
    words,
    brief: words.split(" · ")[0] ?? words,
    notable: node.status !== "up" || behind >= BEHIND_STEPS[0] || waiting,
  };
}

/** The whole state in words, for a screen reader: "Oak, up, leader, term 4". */
export function spokenState(node: NodeView, state: NodeState): string {
  const failing = node.failing > 0 ? [`${node.failing} failing: ${node.failingWhy}`] : [];
  const wrong = node.wrong > 0 ? [`${node.wrong} wrong answers`] : [];
  return [node.name, node.status, state.words, ...(state.drained ? ["drained"] : []), ...failing, ...wrong]
    .filter((part, at, parts) => part !== "" && parts.indexOf(part) === at)
    .join(", ");
}

function replicaInView(node: NodeView, store: number): ReplicaView | undefined {
  const chosen = node.replicas.filter((replica) => replica.store === store);
  const held = chosen.length > 0 ? chosen : node.replicas;
  return (
    held.find(isLeading) ??
    held.reduce<ReplicaView | undefined>(
      (most, replica) => (most === undefined || replica.behind > most.behind ? replica : most),
      undefined,
    )
  );
}

function isLeading(replica: ReplicaView): boolean {
  return replica.role === "leader" || replica.role === "primary";
}

function wordsOf(node: NodeView, replica: ReplicaView | undefined, components: readonly ComponentView[]): string {
  if (node.status === "unknown") return `last seen ${agoText(node.lastSeenMsAgo)}`;
  if (node.status === "crashed" || node.status === "restarting" || node.status === "off") return node.status;
  const queue = node.queueDepth >= Math.max(4, node.workers * 2) ? ` · queue ${node.queueDepth}` : "";
  const role = replica === undefined ? hosted(node) : roleText(replica, components);
  if (node.status === "fenced" || node.status === "paused") return node.status;
  if (node.status === "slow") return `slow${queue}`;
  if (node.drained) return `drained${queue}`;
  return queue === "" ? role : queue.slice(3);
}

function roleText(replica: ReplicaView, components: readonly ComponentView[]): string {
  if (replica.behind >= BEHIND_STEPS[0]) return `${grouped(replica.behind)} behind`;
  if (isLeading(replica) && replica.term > 0)
    return `${replica.role} · ${replica.role === "primary" ? "view" : "term"} ${replica.term}`;
  return replica.role === "" ? (components[replica.store]?.name ?? "") : replica.role;
}

function hosted(node: NodeView): string {
  return node.hosts.slice(0, 2).join(", ");
}

/** "812" or "1,250": thousands are set off by a comma on every machine alike. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

function agoText(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  return seconds < 90 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
}
