import type { Us } from "../core/time.ts";
import type { Block, Cluster } from "./clusters.ts";
import { RangeMaximum } from "./rangeMaximum.ts";

/**
 * The blocks of one key that have been shown to have taken effect, kept so that they can always be put in one order.
 *
 * Block A must come before block B when an operation of A completed before one of B was invoked: when A's earliest
 * completion lies before B's latest invocation. If each must come before the other they are rivals and no linearization
 * exists; if there are no rivals, one does: a longer ring of "must come before" always holds a pair of rivals. (Take the
 * block of the ring with the latest invocation of all. The one after it must come before a third, so it completed before
 * an invocation of the third, so before that latest one: it must come before the first block too.) For clusters without
 * cas operations these are the two conditions on zones of Gibbons & Korach 1997, theorem 4.1.
 *
 * Blocks enter in the order of their earliest completion, which never changes afterwards, while the latest invocation
 * grows: so the rivals of a block lie in a prefix of the row, and one range maximum finds the worst of them.
 * Cost: O(log blocks) an answer.
 */
export class BlockOrder {
  readonly #blocks: Block[] = [];
  readonly #earliestUs: Us[] = [];
  readonly #latest = new RangeMaximum();

  /** Enters a block whose earliest completion is now. */
  enter(block: Block, nowUs: Us): void {
    block.position = this.#latest.append(block.latestStartUs);
    this.#blocks.push(block);
    this.#earliestUs.push(nowUs);
  }

  /** Notes that a cluster of a block has an operation invoked at this time. */
  started(cluster: Cluster, startUs: Us, by: number): void {
    if (startUs > cluster.lastStartUs) {
      cluster.lastStartUs = startUs;
      cluster.lastStartBy = by;
    }
    const block = cluster.block!;
    if (startUs <= block.latestStartUs) return;
    block.latest = cluster;
    block.latestStartUs = startUs;
    if (block.position >= 0) this.#latest.raise(block.position, startUs);
  }

  /** A block that could not be ordered with this one any more if this one had an operation invoked at `startUs`. */
  rivalOf(block: Block, startUs: Us): Block | undefined {
    if (block.position < 0) return undefined; // all others began before its first completion, which is now
    const latestUs = startUs > block.latestStartUs ? startUs : block.latestStartUs;
    const until = this.#firstAtOrAfter(latestUs);
    const before = this.#latest.largestBetween(0, block.position < until ? block.position : until);
    const after = this.#latest.largestBetween(block.position + 1, until);
    const earliestUs = this.#earliestUs[block.position]!;
    for (const position of [before, after]) {
      if (position >= 0 && this.#latest.at(position) > earliestUs) return this.#blocks[position]!;
    }
    return undefined;
  }

  /** How many blocks had their earliest completion before a time. */
  #firstAtOrAfter(us: Us): number {
    let low = 0;
    let high = this.#earliestUs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#earliestUs[middle]! < us) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
