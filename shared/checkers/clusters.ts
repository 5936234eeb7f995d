import type { Us } from "../core/time.ts";
import type { Operation } from "../history/operation.ts";
import { WrittenValue } from "./writtenValue.ts";

/**
 * A write together with the reads of its value. Nothing else may come between them in a linearization, because a value
 * is written once: so what has to be ordered are clusters, not operations (Gibbons & Korach 1997, section 4).
 * `shownAtUs` is the earliest completion in the cluster, `lastStartUs` the latest invocation.
 */
export class Cluster extends WrittenValue {
  /** What the write expected to find, when it is a cas. */
  readonly expected: number | null;
  lastStartUs: Us;
  lastStartBy: number;
  /** The cluster that `shownBy` belongs to: this one, or a later one of the chain; undefined until it is shown. */
  shownIn: Cluster | undefined = undefined;
  /** Undefined for a cas while nothing shows that it took effect: then it may as well never have happened. */
  block: Block | undefined = undefined;
  /** Neighbours in the chain of successful cas operations, and the distance from its beginning. */
  previous: Cluster | undefined = undefined;
  next: Cluster | undefined = undefined;
  place = 0;
  /** The later cluster of the chain that was the first to be shown: from then on this value is overwritten. */
  overtakenBy: Cluster | undefined = undefined;

  /** The cluster of a write or cas at its invocation: a write stands alone, a cas waits for proof of its effect. */
  constructor(write?: Operation) {
    super(write);
    this.expected = write?.expected ?? null;
    this.lastStartUs = this.startUs;
    this.lastStartBy = this.write;
    if (write?.kind !== "cas") standAlone(this);
  }
}

/**
 * Clusters that must stand side by side in a linearization: a write, and the successful cas operations that replaced
 * one value by the next. The block as a whole lies between its earliest completion and its latest invocation.
 */
export interface Block {
  /** Position in the order of first showing; −1 while nothing shows that any of it took effect. */
  position: number;
  /** The cluster with the block's earliest completion. */
  earliest: Cluster;
  /** The cluster with the block's latest invocation, and when that was. */
  latest: Cluster;
  latestStartUs: Us;
}

/** Makes a cluster a block of its own. */
export function standAlone(cluster: Cluster): Block {
  cluster.block = { position: -1, earliest: cluster, latest: cluster, latestStartUs: cluster.lastStartUs };
  return cluster.block;
}

/** Puts a cas directly behind the cluster whose value it replaced. */
export function link(cluster: Cluster, behind: Cluster): void {
  cluster.previous = behind;
  behind.next = cluster;
  cluster.place = behind.place + 1;
  cluster.block = behind.block;
}

/** The clusters of a chain from one to another, both included, in the order of the chain. */
export function chainBetween(one: Cluster, other: Cluster): Cluster[] {
  const [first, last] = one.place <= other.place ? [one, other] : [other, one];
  const chain = [last];
  for (let cluster = last; cluster !== first && cluster.previous !== undefined;) {
    cluster = cluster.previous;
    chain.push(cluster);
  }
  return chain.reverse();
}
