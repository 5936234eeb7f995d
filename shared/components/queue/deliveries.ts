import type { ProcessId } from "../../sim/process.ts";
import type { Delivery, Fetch, Place } from "./messages.ts";
import { cursorOf, endOf, type Letter, type Partition } from "./partition.ts";

/** Somebody who asked for messages. */
interface Asking {
  readonly to: ProcessId;
  readonly fetch: Fetch;
}

/**
 * What a broker remembers of its deliveries while it is up: who waits for messages, which generation holds a partition,
 * and how often each message was delivered.
 * Simplified: counts of deliveries do not survive a crash of the broker.
 */
export class Deliveries {
  /** By partition, then group. */
  readonly #asking = new Map<number, Map<number, Asking>>();
  readonly #generations = new Map<string, number>();
  readonly #counts = new Map<string, number>();
  readonly #ends = new Map<string, number>();
  readonly #endsSeen = new Map<number, number>();

  /** True for the newest generation that has spoken about a partition; remembers it. */
  holds({ partition, group, generation }: Place): boolean {
    const place = `${partition}/${group}`;
    if (generation < (this.#generations.get(place) ?? 0)) return false;
    this.#generations.set(place, generation);
    return true;
  }

  /** A consumer asks for messages; what it asked before is forgotten. */
  ask(to: ProcessId, fetch: Fetch, life: number): void {
    const { partition, group } = fetch.at;
    const groups = this.#asking.get(partition) ?? new Map<number, Asking>();
    this.#asking.set(partition, groups);
    groups.set(group, { to, fetch: fetch.at.life === life ? fetch : { ...fetch, from: -1 } });
  }

  /** Takes those who can be answered now: there is something for them, or they would rather hear that there is nothing. */
  takeReady(number: number, partition: Partition): Asking[] {
    this.#endsSeen.set(number, endOf(partition));
    const ready: Asking[] = [];
    for (const [group, asking] of this.#asking.get(number) ?? []) {
      const { from, wait } = asking.fetch;
      const begins = from < 0 ? cursorOf(partition, group).committed : from;
      if (wait && begins >= endOf(partition)) continue;
      this.#asking.get(number)!.delete(group);
      ready.push(asking);
    }
    return ready;
  }

  /** End of a partition when those who wait were last looked after. */
  endSeen(partition: number): number {
    return this.#endsSeen.get(partition) ?? 0;
  }

  /** Counts one more delivery of a message; beyond the most allowed it is dead. */
  deliver(letter: Letter, { partition, group }: Place, most: number): Delivery {
    const name = `${partition}/${group}/${letter.offset}`;
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    const place = `${partition}/${group}`;
    this.#ends.set(place, Math.max(this.#ends.get(place) ?? 0, letter.offset + 1));
    return { letter, dead: count > most };
  }

  /** A group is done with everything before an offset: its counts are not needed any more. */
  committed(partition: number, group: number, offset: number): void {
    for (let done = offset - 1; this.#counts.delete(`${partition}/${group}/${done}`); done--);
  }

  /** Messages that were delivered and not yet committed, over all groups. */
  inFlight(number: number, { cursors }: Partition): number {
    return cursors.reduce((sum, { committed }, group) => sum + Math.max(0, (this.#ends.get(`${number}/${group}`) ?? 0) - committed), 0);
  }

  forget(): void {
    this.#asking.clear();
    this.#generations.clear();
    this.#counts.clear();
    this.#ends.clear();
    this.#endsSeen.clear();
  }
}
