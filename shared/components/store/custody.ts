import type { Us } from "../../core/time.ts";
import type { Registers } from "../../protocols/registers.ts";
import type { Request } from "../../sim/message.ts";
import type { ShardMap } from "./shardMap.ts";

/** Requests that may wait at a replica until their keys have changed hands. */
const WAITING_MAX = 256;

/** A request that waits until its key has changed hands. */
interface Waiting {
  readonly request: Request;
  readonly sinceUs: Us;
}

/** What becomes of a request that waited. */
export interface TakenUp {
  readonly request: Request;
  readonly how: "here" | "elsewhere" | "tooLong";
}

/**
 * What a replica knows of whose keys are whose: those of its own shard, those that are on their way, and the requests
 * that wait for them here. A key is held once the map says so and the entry that brought it is applied; so a follower
 * that is behind answers nothing about a key from before it came.
 */
export class Custody {
  readonly #map: ShardMap;
  readonly #shard: number;
  /** Registers of the replica as they are now; undefined where keys can't change hands. */
  readonly #registers: () => Registers | undefined;
  /** Oldest first. */
  #waiting: Waiting[] = [];

  constructor(map: ShardMap, shard: number, registers: () => Registers | undefined) {
    this.#map = map;
    this.#shard = shard;
    this.#registers = registers;
  }

  isOwn(key: number): boolean {
    return this.#map.isFixed || this.#map.ownerOf(key) === this.#shard;
  }

  /** True when a read of this key may be answered from what is applied here; also while it is being given away. */
  holds(key: number): boolean {
    if (this.#map.epoch === 0) return true;
    return this.isOwn(key) && Math.abs(this.#moveHere(key)) >= this.#map.moveOf(key);
  }

  /** Lets a request wait; false when too many do. */
  wait(request: Request, sinceUs: Us): boolean {
    if (this.#waiting.length >= WAITING_MAX) return false;
    this.#waiting.push({ request, sinceUs });
    return true;
  }

  /** Takes out the requests whose wait is over, because of their keys or because they have waited since before `earliestUs`. */
  takeUp(earliestUs: Us): TakenUp[] {
    const taken: TakenUp[] = [];
    this.#waiting = this.#waiting.filter(({ request, sinceUs }) => {
      const { key } = request;
      if (!this.isOwn(key)) taken.push({ request, how: "elsewhere" });
      else if (this.holds(key) && this.#moveHere(key) >= 0) taken.push({ request, how: "here" });
      else if (sinceUs < earliestUs) taken.push({ request, how: "tooLong" });
      else return true;
      return false;
    });
    return taken;
  }

  get isAwaited(): boolean {
    return this.#waiting.length > 0;
  }

  /** The power is gone: answers with those who waited. */
  forget(): Request[] {
    return this.#waiting.splice(0).map(({ request }) => request);
  }

  #moveHere(key: number): number {
    return this.#registers()?.moved.get(key) ?? 0;
  }
}
