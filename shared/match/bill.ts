import type { Ms } from "../core/time.ts";
import type { Cluster } from "./cluster.ts";
import type { Jobs } from "./jobs.ts";
import type { Scene } from "./scene.ts";

/** What the cluster costs: machines by the minute while they are on (or booting), and stores by the stop of their dial. */
export class Bill {
  readonly #cluster: Cluster;
  readonly #jobs: Jobs;
  readonly #scene: Scene;
  /** Dollars so far. */
  spent = 0;

  constructor(cluster: Cluster, jobs: Jobs, scene: Scene) {
    this.#cluster = cluster;
    this.#jobs = jobs;
    this.#scene = scene;
  }

  /** Dollars a minute as things stand. */
  get perMinute(): number {
    const { rents, world } = this.#cluster;
    const machines = rents.reduce((sum, rent, node) => {
      const off = world.machines[node]!.state === "off" && !this.#jobs.isBusy("power", `n${node}`);
      return off ? sum : sum + rent.sizes[rent.size]!.price;
    }, 0);
    return this.#cluster.stores().reduce((sum, store) => sum + this.#scene.dialPrice(store), machines);
  }

  /** Something that is paid once. */
  fine(dollars: number): void {
    this.spent += dollars;
  }

  /** Lets time pass. */
  pass(ms: Ms): void {
    this.spent += (this.perMinute * ms) / 60_000;
  }
}
