import type { Store } from "../components/store/store.ts";
import type { Cluster } from "./cluster.ts";
import { dialStops, promisedAt } from "./dial.ts";
import type { DialStopView, DialView } from "./view.ts";

/** The consistency dials of all stores, with what each stop is predicted to cost: worked out once, and again when told. */
export class Dials {
  readonly #cluster: Cluster;
  readonly #stops = new Map<number, DialStopView[]>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Dollars a minute that a store costs at its present stop. */
  price(store: Store): number {
    return this.#stopsOf(store).find(({ name }) => name === store.replication.stop)?.pricePerMinute ?? 0;
  }

  /** `turningTo` is the stop that it is being turned to, or undefined. */
  view(store: Store, turningTo: string | undefined): DialView {
    const stops = this.#stopsOf(store);
    const { guarantee } = this.#cluster.level.contract[store.name] ?? { guarantee: "eventual" as const };
    const names = stops.map(({ name }) => name);
    return {
      at: names.indexOf(store.replication.stop),
      turningTo: names.indexOf(turningTo ?? ""),
      promised: guarantee,
      promisedAt: promisedAt(store, guarantee),
      stops,
    };
  }

  /** Something changed on which predictions rest, such as quorum sizes. */
  forget(): void {
    this.#stops.clear();
  }

  #stopsOf(store: Store): DialStopView[] {
    let stops = this.#stops.get(store.index);
    if (stops === undefined) {
      stops = dialStops(this.#cluster, store);
      this.#stops.set(store.index, stops);
    }
    return stops;
  }
}
