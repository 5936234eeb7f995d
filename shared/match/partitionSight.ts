import type { Ms } from "../core/time.ts";
import type { LaneStatus, PartitionView } from "./view.ts";

/** How the lane from one zone to another fares, as somebody knows it. */
export type LaneKnown = (from: number, to: number) => LaneStatus;

/**
 * Sees partitions from one zone: whoever does not talk with it both ways, directly or over others, is away. Remembers
 * since when, so look at the same ticks in every match.
 */
export class PartitionSight {
  readonly #home: number;
  readonly #zones: number;
  #sinceMs: Ms = -1;
  #seen: PartitionView | null = null;

  constructor(home: number, zones: number) {
    this.#home = home;
    this.#zones = zones;
  }

  look(lane: LaneKnown, nowMs: Ms): PartitionView | null {
    const group = this.#reached(lane);
    const away = Array.from({ length: this.#zones }, (_, zone) => zone).filter((zone) => !group.includes(zone));
    if (away.length === 0) {
      this.#sinceMs = -1;
      this.#seen = null;
      return null;
    }
    if (this.#sinceMs < 0) this.#sinceMs = nowMs;
    const oneWay = group.every((near) => away.every((far) => lane(near, far) === "ok" || lane(far, near) === "ok"));
    const sides = [group, away];
    const same =
      this.#seen !== null && JSON.stringify(this.#seen.sides) === JSON.stringify(sides) && this.#seen.oneWay === oneWay;
    if (!same) this.#seen = { sides, sinceMs: this.#sinceMs, oneWay };
    return this.#seen;
  }

  /** Zones that talk with the home zone both ways, directly or over others. */
  #reached(lane: LaneKnown): number[] {
    const isOpen = (from: number, to: number): boolean => !["cut", "unknown"].includes(lane(from, to));
    const group = [this.#home];
    for (const near of group) {
      for (let far = 0; far < this.#zones; far++) {
        if (!group.includes(far) && isOpen(near, far) && isOpen(far, near)) group.push(far);
      }
    }
    return group.sort((a, b) => a - b);
  }
}
