import type { Us } from "../core/time.ts";

/** Where an operation is, as far as the world can tell: the raw material for "why was this lost?". */
export const STAGE = {
  /** Sent, not yet arrived anywhere. */
  travelling: 0,
  /** Waits for a CPU worker of a node. */
  queued: 1,
  /** Being served on a node's CPU. */
  working: 2,
  /** A replica waits for other replicas on its behalf. */
  replicating: 3,
  /** The message that carried it was lost on a lane. */
  lost: 4,
  /** The machine that had it crashed or was switched off. */
  crashed: 5,
  /** It reached a machine that was down. */
  refusedByDead: 6,
} as const;

/**
 * Follows each operation through the world: last node, last stage, last lane. Kept as columns, one row an operation.
 * Only the ledger of losses reads it; checkers never do.
 */
export class Journeys {
  #node = new Int16Array(4_096).fill(-1);
  #stage = new Uint8Array(4_096);
  #lane = new Int16Array(4_096).fill(-1);
  #reachedAt = new Float64Array(4_096);

  /** Notes that an operation reached a stage at a node (−1: at no node). */
  reach(operation: number, node: number, stage: number, atUs: Us): void {
    if (operation < 0) return;
    if (operation >= this.#node.length) this.#grow(operation);
    this.#node[operation] = node;
    this.#stage[operation] = stage;
    this.#reachedAt[operation] = atUs;
  }

  /** Notes that a message of an operation was lost between two zones. */
  lose(operation: number, fromZone: number, toZone: number): void {
    if (operation < 0) return;
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

  /** When it reached its last stage. */
  reachedAtUs(operation: number): Us {
    return this.#reachedAt[operation] ?? 0;
  }

  /** Zones of the lane on which a message of this operation was lost last, or null. */
  laneOf(operation: number): { from: number; to: number } | null {
    const lane = this.#lane[operation] ?? -1;
    return lane < 0 ? null : { from: Math.floor(lane / 256), to: lane % 256 };
  }

  #grow(operation: number): void {
    const size = Math.max(operation + 1, this.#node.length * 2);
    const node = new Int16Array(size).fill(-1);
    node.set(this.#node);
    this.#node = node;
    const stage = new Uint8Array(size);
    stage.set(this.#stage);
    this.#stage = stage;
    const lane = new Int16Array(size).fill(-1);
    lane.set(this.#lane);
    this.#lane = lane;
    const reachedAt = new Float64Array(size);
    reachedAt.set(this.#reachedAt);
    this.#reachedAt = reachedAt;
  }
}
