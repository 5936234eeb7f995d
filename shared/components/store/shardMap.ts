import type { Us } from "../../core/time.ts";
import { splitBy, type PartitioningRule } from "./partitioning/registry.ts";
import type { KeySpace, ShardOf } from "./partitioning/partitioning.ts";

/** Some keys that go from one shard to another in one piece. */
export interface Move {
  /** From 1 on, in the order in which moves begin. */
  readonly number: number;
  readonly from: number;
  readonly to: number;
  readonly keys: readonly number[];
}

/** What whoever asks the store does not know yet. */
interface News {
  readonly atUs: Us;
  readonly move: Move;
}

/**
 * Which shard has which key. Replicas go by the newest map; those who ask the store go by one that is a little older,
 * and are sent on where they come to the wrong shard.
 * Simplified: the map is kept by a service that does not fail, and replicas know it as soon as they do anything; those
 * who ask learn of a cut-over all at the same moment.
 * Source: Chang et al. 2006, Bigtable, section 5.1 (stale tablet locations at clients).
 */
export class ShardMap {
  readonly space: KeySpace;
  /** True where keys stay with their shards for good. */
  readonly isFixed: boolean;
  /** How often a key has changed hands in all: the configuration's number. */
  epoch = 0;
  readonly #placed: ShardOf;
  /** By key, made with the first cut-over: its shard, the newest move, and the shard as those who ask know it. */
  #owners: number[] | null = null;
  #moves: number[] = [];
  #known: number[] = [];
  #news: News[] = [];

  constructor(rule: PartitioningRule, space: KeySpace, { shards, isFixed }: { readonly shards: number; readonly isFixed: boolean }) {
    this.space = space;
    this.isFixed = isFixed;
    this.#placed = splitBy(rule, space, shards);
  }

  /** The shard that has a key now. */
  ownerOf(key: number): number {
    return this.#owners === null ? this.#placed(key) : this.#owners[key]!;
  }

  /** Number of the newest move that was about a key, 0 before the first. */
  moveOf(key: number): number {
    return this.#moves[key] ?? 0;
  }

  /** The shard to which whoever asks takes a key to belong. */
  knownOwnerOf(key: number, nowUs: Us): number {
    if (this.#owners === null) return this.#placed(key);
    while (this.#news.length > 0 && this.#news[0]!.atUs <= nowUs) {
      const { move } = this.#news.shift()!;
      for (const one of move.keys) this.#known[one] = move.to;
    }
    return this.#known[key]!;
  }

  /** A move is done: all its keys change hands at once. Whoever asks hears of it at `knownAtUs`. */
  cutOver(move: Move, knownAtUs: Us): void {
    this.#owners ??= this.#everyOwner();
    if (this.#known.length === 0) this.#known = this.#owners.slice();
    for (const key of move.keys) {
      this.#owners[key] = move.to;
      this.#moves[key] = move.number;
    }
    this.#news.push({ atUs: knownAtUs, move });
    this.epoch++;
  }

  /** How many keys each shard has. */
  sizes(shards: number): number[] {
    const sizes = new Array<number>(shards).fill(0);
    for (let key = 0; key < this.space.keys; key++) sizes[this.ownerOf(key)]! += 1;
    return sizes;
  }

  #everyOwner(): number[] {
    return Array.from({ length: this.space.keys }, (_, key) => this.#placed(key));
  }
}
