import { US_PER_SECOND, type Us } from "../../shared/core/time.ts";
import type { ProcessId } from "../../shared/sim/process.ts";
import type { World } from "../../shared/sim/world.ts";
import { uniformKeys } from "../../shared/workload/keys.ts";
import { Traffic, type Ending, type Observer } from "../../shared/workload/traffic.ts";

/**
 * Clients of zone 0 who read at a steady rate, and a note of how long each request that got an answer was in the system.
 * Requests that began before `fromUs` are the warm-up and don't count.
 */
export class TimesInSystem implements Observer {
  readonly #fromUs: Us;
  #invoked = 0;
  #sumUs = 0;
  /** Requests asked, answered and turned away after the warm-up. */
  asked = 0;
  answered = 0;
  refused = 0;
  readonly #world: World;

  constructor(world: World, fromUs: Us) {
    this.#world = world;
    this.#fromUs = fromUs;
  }

  /** Mean time in system of the answered requests, µs. */
  get meanUs(): Us {
    return this.#sumUs / this.answered;
  }

  invoked(): number {
    if (this.#world.kernel.nowUs >= this.#fromUs) this.asked++;
    return this.#invoked++;
  }

  ended({ invokedAtUs, reply }: Ending): void {
    if (invokedAtUs < this.#fromUs) return;
    if (reply?.outcome !== "ok") {
      this.refused++;
      return;
    }
    this.answered++;
    this.#sumUs += this.#world.kernel.nowUs - invokedAtUs;
  }
}

/** Readers of zone 0 with Poisson arrivals at `perSecond` until `untilUs`, who never give up. */
export function readers(world: World, entry: ProcessId, perSecond: number, untilUs: Us, observer: Observer): Traffic {
  const traffic = new Traffic(world, observer);
  traffic.add({
    zone: 0,
    target: 0,
    entry,
    kind: "read",
    shardOf: () => 0,
    ramp: { beginsUs: 0, endsUs: untilUs, fromPerSecond: perSecond, toPerSecond: perSecond },
    keys: uniformKeys(1),
    others: uniformKeys(1),
    amount: { least: 1, most: 1 },
    priority: 1,
    value: 1,
    sessions: 40,
    giveUpUs: 100_000 * US_PER_SECOND,
    name: "readers",
  });
  return traffic;
}
