import { type Ms, usOf } from "../../core/time.ts";
import type { ReplicaId } from "../protocol.ts";
import { isNewer, type KeyedCell } from "./cell.ts";
import { childrenOf, differing, LEAF_LEVEL, leafOf, merkleTree, type MerkleTree } from "./merkle.ts";
import { ITSELF, NO_ANSWER, type Compare, type Exchange } from "./messages.ts";
import { storeHere } from "./replica.ts";
import { TIMER, type QuorumIo, type QuorumState } from "./state.ts";

/** Replicas meet no more often than this. */
const INTERVAL_MS_MIN: Ms = 100;
/** Writes in one message; a range of keys is never divided. */
const WRITES_PER_EXCHANGE = 64;

/**
 * Anti-entropy: two replicas compare their Merkle trees from the root down, and only where leaves differ do they show
 * each other what they hold. Brings what no hint and no read brought: a lost disk, hints given up, keys nobody reads.
 * No state is kept between messages, so a lost one costs nothing but the wait for the next comparison.
 * Source: DeCandia et al. 2007, "Dynamo", section 4.7. Simplified: building a tree takes no CPU time.
 */
export function beginComparison(state: QuorumState, io: QuorumIo, peer: ReplicaId): void {
  io.send(peer, compareNodes(treeOf(state), 0, [0]));
}

/** The timer rang: the next of the other replicas is met. */
export function meetNext(state: QuorumState, io: QuorumIo): void {
  setComparisonTimer(state, io);
  state.comparisons += 1;
  beginComparison(state, io, (io.self + 1 + (state.comparisons % (io.replicas - 1))) % io.replicas);
}

/** An operator's order: everybody else is met now. */
export function meetAll(state: QuorumState, io: QuorumIo): void {
  for (let peer = 0; peer < io.replicas; peer++) if (peer !== io.self) beginComparison(state, io, peer);
}

/** Sets the timer of a replica that meets others; one that has nobody to meet, or is told not to, has none. */
export function setComparisonTimer(state: QuorumState, io: QuorumIo): void {
  const { antiEntropyMs } = state.config;
  if (antiEntropyMs === 0 || io.self >= io.replicas || io.replicas === 1) io.cancelTimer(TIMER.antiEntropy);
  else io.setTimer(TIMER.antiEntropy, usOf(Math.max(INTERVAL_MS_MIN, antiEntropyMs)));
}

/** Another replica's hashes came: the answer goes one level down, or shows what is in the leaves. */
export function receiveCompare(state: QuorumState, io: QuorumIo, from: ReplicaId, message: Compare): void {
  const tree = treeOf(state);
  const { level } = message;
  const nodes = differing(tree, level, message.nodes, message.hashes);
  if (nodes.length === 0) return;
  if (level < LEAF_LEVEL) io.send(from, compareNodes(tree, level + 1, childrenOf(nodes)));
  else for (const exchange of exchangesOf(state, nodes)) io.send(from, exchange);
}

/** Another replica shows what it holds in some leaves: what is newer is taken over, what it lacks is sent back. */
export function receiveExchange(state: QuorumState, io: QuorumIo, from: ReplicaId, message: Exchange): void {
  const told = new Map(message.writes.map(({ key, cell }) => [key, cell]));
  for (const [key, cell] of told) {
    if (!isNewer(cell, state.cells.get(key) ?? null)) continue;
    storeHere(state, io, { key, cell, from, token: NO_ANSWER, standsFor: ITSELF, handoff: null });
  }
  if (message.isAnswer) return;
  const lacking = heldIn(state, message.leaves).filter(({ key, cell }) => isNewer(cell, told.get(key) ?? null));
  if (lacking.length > 0) io.send(from, { type: "exchange", leaves: [], writes: lacking, isAnswer: true });
}

/** The tree is built when somebody asks for it after a change. */
function treeOf(state: QuorumState): MerkleTree {
  state.tree ??= merkleTree(state.cells);
  return state.tree;
}

function compareNodes(tree: MerkleTree, level: number, nodes: readonly number[]): Compare {
  return { type: "compare", level, nodes, hashes: nodes.map((node) => tree.levels[level]![node]!) };
}

/** All that is held in some leaves, as many leaves to a message as go into one. */
function exchangesOf(state: QuorumState, leaves: readonly number[]): Exchange[] {
  const byLeaf = new Map(leaves.map((leaf) => [leaf, [] as KeyedCell[]]));
  for (const write of heldIn(state, leaves)) byLeaf.get(leafOf(write.key))!.push(write);
  const exchanges: Exchange[] = [];
  let [some, writes]: [number[], KeyedCell[]] = [[], []];
  for (const [leaf, held] of byLeaf) {
    some.push(leaf);
    writes.push(...held);
    if (writes.length < WRITES_PER_EXCHANGE) continue;
    exchanges.push({ type: "exchange", leaves: some, writes, isAnswer: false });
    [some, writes] = [[], []];
  }
  if (some.length > 0) exchanges.push({ type: "exchange", leaves: some, writes, isAnswer: false });
  return exchanges;
}

function heldIn(state: QuorumState, leaves: readonly number[]): KeyedCell[] {
  const wanted = new Set(leaves);
  const held: KeyedCell[] = [];
  for (const [key, cell] of state.cells) if (wanted.has(leafOf(key))) held.push({ key, cell });
  return held;
}
