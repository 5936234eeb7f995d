import type { Us } from "../core/time.ts";
import { journeyOf } from "./idempotencyKey.ts";

/** Where an operation is, as far as the world can tell: the raw material for "why was this lost?". */
export const STAGE = {
  /** On its way to a node, between nodes, or back to its client. */
  travelling: 0,
  /** Waits for a CPU worker of a node, or has one. */
  queued: 1,
  /** A replica waits for its disk or for other replicas on its behalf. */
  replicating: 2,
  /** The message that carried it was lost on a lane. */
  lost: 3,
  /** The machine that had it crashed or was switched off. */
  crashed: 4,
  /** It reached a machine that was down. */
  refusedByDead: 5,
} as const;

/** Stages in which an operation spends time. */
const TIMED = 3;

/**
 * Follows each operation through the world: last node, last stage, last lane, and how long it was in each stage. Kept as
 * columns, one row an operation. Only the ledger of losses reads it; checkers never do.
 */
export class Journeys {
  #node = new Int16Array(4_096).fill(-1);
  #stage = new Uint8Array(4_096);
  #lane = new Int16Array(4_096).fill(-1);
  #reachedAt = new Float64Array(4_096);
  /** Time spent per stage, three columns wide. */
  #spent = new Float64Array(4_096 * TIMED);
  /** Node of the longest stay in a queue. */
  #queuedAt = new Int16Array(4_096).fill(-1);
  #longestQueue = new Float64Array(4_096);

  /**
   * Notes that an operation, given by any of its keys, reached a stage at a node (−1: at no node). The first time is when
   * its client asks.
   */
  reach(key: number, node: number, stage: number, atUs: Us): void {
    if (key < 0) return;
    const operation = journeyOf(key);
    if (operation >= this.#node.length) this.#grow(operation);
    if (this.#reachedAt[operation]! > 0) this.#account(operation, atUs);
    this.#node[operation] = node;
    this.#stage[operation] = stage;
    this.#reachedAt[operation] = atUs;
  }

  /** Notes that a message of an operation was lost between two zones. */
  lose(key: number, fromZone: number, toZone: number): void {
    if (key < 0) return;
    const operation = journeyOf(key);
    if (operation >= this.#node.length) this.#grow(operation);
    this.#stage[operation] = STAGE.lost;
    this.#lane[operation] = fromZone * 256 + toZone;
  }

  nodeOf(operation: number): number {
    return this.#node[operation] ?? -1;
  }

  stageOf(operation: number): number {
    return this.#stage[operation] ?? STAGE.travelling;
  }

  /** The stage in which an operation that ends now was for the longest time, and the node where it was. */
  longestStage(operation: number, endsAtUs: Us): { readonly stage: number; readonly node: number } {
    if (this.#reachedAt[operation]! > 0) this.#account(operation, endsAtUs);
    this.#reachedAt[operation] = endsAtUs;
    let stage: number = STAGE.travelling;
    for (let other = 1; other < TIMED; other++) {
      if (this.#spent[operation * TIMED + other]! > this.#spent[operation * TIMED + stage]!) stage = other;
    }
    return { stage, node: stage === STAGE.queued ? this.#queuedAt[operation]! : this.nodeOf(operation) };
  }

  /** Zones of the lane on which a message of this operation was lost last, or null. */
  laneOf(operation: number): { from: number; to: number } | null {
    const lane = this.#lane[operation] ?? -1;
    return lane < 0 ? null : { from: Math.floor(lane / 256), to: lane % 256 };
  }

  #account(operation: number, atUs: Us): void {
    const stage = this.#stage[operation]!;
    if (stage >= TIMED) return;
    const spentUs = atUs - this.#reachedAt[operation]!;
    this.#spent[operation * TIMED + stage]! += spentUs;
    if (stage !== STAGE.queued || spentUs <= this.#longestQueue[operation]!) return;
    this.#longestQueue[operation] = spentUs;
    this.#queuedAt[operation] = this.#node[operation]!;
  }

  #grow(operation: number): void {
    const size = Math.max(operation + 1, this.#node.length * 2);
    this.#node = grown(this.#node, new Int16Array(size).fill(-1));
    this.#stage = grown(this.#stage, new Uint8Array(size));
    this.#lane = grown(this.#lane, new Int16Array(size).fill(-1));
    this.#reachedAt = grown(this.#reachedAt, new Float64Array(size));
    this.#spent = grown(this.#spent, new Float64Array(size * TIMED));
    this.#queuedAt = grown(this.#queuedAt, new Int16Array(size).fill(-1));
    this.#longestQueue = grown(this.#longestQueue, new Float64Array(size));
  }
}

function grown<Column extends Int16Array | Uint8Array | Float64Array>(column: Column, larger: Column): Column {
  larger.set(column);
  return larger;
}
