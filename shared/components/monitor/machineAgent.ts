import { msOf, type Ms } from "../../core/time.ts";
import type { ReplicaStatus } from "../../protocols/protocol.ts";
import { FLOW } from "../../sim/flows.ts";
import type { Machine } from "../../sim/machine.ts";
import type { Probe } from "../../sim/message.ts";
import { CHANNEL, type Process, type ProcessId } from "../../sim/process.ts";
import type { World } from "../../sim/world.ts";
import type { Built, Instance } from "../site.ts";
import type { Placed } from "../store/groups.ts";
import { Store } from "../store/store.ts";

/** What a machine tells of itself when it is scraped. */
export interface MachineReport {
  /** Busy share of the CPU workers since the last scrape, 0 to 1. */
  readonly utilisation: number;
  readonly queueDepth: number;
  /** True when the CPU is throttled or stolen: it runs below its normal speed. */
  readonly slow: boolean;
  /** How far its clock is ahead of the monitor's time server, ms; negative when it is behind. */
  readonly clockErrorMs: Ms;
  /** Share of its disk in use, 0 to 1; full at 1. */
  readonly diskUsed: number;
  readonly replicas: readonly ({ readonly store: number; readonly shard: number } & ReplicaStatus)[];
  /** What the instances here tell of themselves, by component: one figure per gauge of its kind. */
  readonly gauges: readonly { readonly component: number; readonly values: readonly number[] }[];
}

/** The exporter on a machine: answers scrapes from what it can see locally, and stops when its machine does. */
export class MachineAgent implements Process {
  readonly #world: World;
  readonly #self: ProcessId;
  readonly #machine: Machine;
  readonly #replicas: readonly { store: number; placed: Placed }[];
  readonly #instances: readonly { component: number; instance: Instance }[];
  #busyUs = 0;
  #sinceUs = 0;

  constructor(world: World, self: ProcessId, machine: Machine, watched: readonly Built[]) {
    this.#world = world;
    this.#self = self;
    this.#machine = machine;
    const stores = watched.filter((built) => built instanceof Store);
    this.#replicas = stores.flatMap((store) =>
      store.placed.filter(({ node }) => node === machine.index).map((placed) => ({ store: store.index, placed })),
    );
    this.#instances = watched.flatMap(({ index, instances }) =>
      instances.filter(({ node }) => node === machine.index).map((instance) => ({ component: index, instance })),
    );
  }

  receive(from: ProcessId, message: unknown): void {
    const { call } = message as Probe;
    this.#world.send(this.#self, from, { type: "probeReply", call, report: this.#report() }, CHANNEL.requests, -1, FLOW.none);
  }

  timer(): void {}
  workDone(): void {}
  synced(): void {}
  crashed(): void {}

  restarted(): void {
    this.#busyUs = this.#machine.busyUs();
    this.#sinceUs = this.#world.kernel.nowUs;
  }

  #report(): MachineReport {
    const now = this.#world.kernel.nowUs;
    const busyUs = this.#machine.busyUs();
    const capacity = (now - this.#sinceUs) * this.#machine.workers;
    const utilisation = capacity > 0 ? Math.min(1, (busyUs - this.#busyUs) / capacity) : 0;
    this.#busyUs = busyUs;
    this.#sinceUs = now;
    const replicas = this.#replicas.flatMap(({ store, placed }) => {
      const status = placed.replica.status();
      return status === null ? [] : [{ store, shard: placed.shard, ...status }];
    });
    const gauges = this.#instances.flatMap(({ component, instance }) => {
      const values = instance.gauges?.();
      return values === undefined ? [] : [{ component, values }];
    });
    const { queueDepth, speed, disk } = this.#machine;
    const clockErrorMs = msOf(this.#machine.clockErrorUs());
    return { utilisation, queueDepth, slow: speed < 1, clockErrorMs, diskUsed: disk.used, replicas, gauges };
  }
}
