import type { Cell } from "./cell.ts";

/** Children of a node, and levels below the root: 4,096 leaves. */
const FANOUT = 16;
export const LEAF_LEVEL = 3;
const LEAVES = FANOUT * FANOUT * FANOUT;

/**
 * Hashes of all that a replica holds, in a tree over ranges of tokens (a key's token is its hash, so that any keys fill
 * the leaves evenly): `levels[0]` is the root, `levels[3]` the leaves. Two replicas whose roots are equal hold the same;
 * where two nodes differ, some of their children do. A range that holds nothing has hash 0.
 * Source: Merkle 1987, "A digital signature based on a conventional encryption function"; DeCandia et al. 2007, "Dynamo",
 * section 4.7. Simplified: hashes have 32 bits, so one difference in four billion stays hidden.
 */
export interface MerkleTree {
  readonly levels: readonly (readonly number[])[];
}

/** The tree of what a replica holds. */
export function merkleTree(cells: ReadonlyMap<number, Cell>): MerkleTree {
  let level = new Array<number>(LEAVES).fill(0);
  for (const [key, cell] of cells) {
    const leaf = leafOf(key);
    level[leaf] = (level[leaf]! + cellHash(key, cell)) | 0;
  }
  const levels = [level];
  while (level.length > 1) levels.unshift((level = parentsOf(level)));
  return { levels };
}

/** Those of the nodes of a level, with the hashes of another tree, in which this tree differs. */
export function differing(
  tree: MerkleTree,
  level: number,
  nodes: readonly number[],
  hashes: readonly number[],
): number[] {
  return nodes.filter((node, place) => tree.levels[level]![node] !== hashes[place]);
}

/** The children of some nodes, one level below them. */
export function childrenOf(nodes: readonly number[]): number[] {
  return nodes.flatMap((node) => Array.from({ length: FANOUT }, (_, child) => node * FANOUT + child));
}

/** The leaf whose range of tokens a key falls in. */
export function leafOf(key: number): number {
  const token = mix(key + 1) >>> 0;
  return Math.floor(token / (4_294_967_296 / LEAVES));
}

function parentsOf(level: readonly number[]): number[] {
  const parents = new Array<number>(level.length / FANOUT).fill(0);
  level.forEach((hash, node) => {
    const parent = Math.floor(node / FANOUT);
    if (hash !== 0) parents[parent] = (parents[parent]! + mix(hash ^ Math.imul(node + 1, 0x85ebca6b))) | 0;
  });
  return parents;
}

/** Equal on two replicas that hold the same of a key, whatever order it came in. */
function cellHash(key: number, cell: Cell): number {
  const versions = cell.causal?.siblings ?? [cell];
  return versions.reduce((sum, { stampUs, coordinator, operation }) => {
    const stamp = mix((stampUs % 4_294_967_296) ^ mix(Math.floor(stampUs / 4_294_967_296)));
    return (sum + mix(key ^ mix(stamp ^ mix(operation ^ Math.imul(coordinator + 1, 0x9e3779b1))))) | 0;
  }, 0);
}

/** Source: Appleby, MurmurHash3, 2011: the finaliser. */
function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
