import type { ReplicaId } from "../protocol.ts";
import { ITSELF } from "./messages.ts";
import { storeHere } from "./replica.ts";
import type { Coordination, QuorumIo, QuorumState } from "./state.ts";

/** Whose part of a request somebody is asked for, and who: the replica itself or a node that stands in for it. */
export interface Part {
  readonly one: Coordination;
  readonly replica: ReplicaId;
  readonly node: ReplicaId;
}

/** Asks a node for a replica's part of the present phase. What this node is to fetch from itself is its own to answer. */
export function askFor(state: QuorumState, io: QuorumIo, { one, replica, node }: Part): void {
  const { token, body, attempt, cell } = one;
  const { key } = body;
  const standsFor = node === replica ? ITSELF : replica;
  one.asked[replica] = node;
  if (one.phase === "fetch") {
    if (node !== io.self) io.send(node, { type: "fetch", token, key, operation: operationOf(one), attempt, standsFor });
  } else if (node === io.self) storeHere(state, io, { key, cell: cell!, from: node, token, standsFor, handoff: null });
  else io.send(node, { type: "store", token, key, cell: cell!, standsFor });
}

/** The replica whose part a node answered for; −1 when its part was given to another one since. */
export function partOf(io: QuorumIo, one: Coordination, node: ReplicaId): ReplicaId {
  return node < io.replicas ? node : one.asked.indexOf(node);
}

/** Parts that this node is to fetch from itself and has not yet. */
export function ownParts(io: QuorumIo, one: Coordination): ReplicaId[] {
  if (one.phase !== "fetch") return [];
  return one.asked.flatMap((node, replica) => (node === io.self && !one.answered[replica] ? replica : []));
}

/** The write on whose behalf replicas are asked, or −1 for a read. */
export function operationOf({ body }: Coordination): number {
  return body.kind === "read" ? -1 : body.operation;
}

/** Counts a replica's answer to the present phase; false when it had answered before, or nobody asked it. */
export function countAnswer(one: Coordination, replica: ReplicaId): boolean {
  if (one.answered[replica] !== false) return false;
  one.answered[replica] = true;
  one.answers += 1;
  return true;
}
