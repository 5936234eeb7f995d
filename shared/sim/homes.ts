import type { Lane } from "./lane.ts";
import type { Machine } from "./machine.ts";
import type { Network } from "./network.ts";
import type { ProcessId } from "./process.ts";

/**
 * Where a process runs: on a machine, or at the edge of a zone, where nothing fails. Of those at the edge, clients and
 * their balancers use the public network, and instruments the backbone.
 */
export type Home = { readonly machine: number } | { readonly zone: number; readonly network: "public" | "backbone" };

/** The homes of all processes of a world, as columns, and by which lanes they reach each other. */
export class Homes {
  readonly #network: Network;
  readonly #zoneOf: number[] = [];
  readonly #machineOf: number[] = [];
  readonly #public: boolean[] = [];

  constructor(network: Network) {
    this.#network = network;
  }

  /** The home of the next process. */
  add(home: Home, machines: readonly Machine[]): void {
    this.#machineOf.push("machine" in home ? home.machine : -1);
    this.#zoneOf.push("machine" in home ? machines[home.machine]!.zone : home.zone);
    this.#public.push("network" in home && home.network === "public");
  }

  zoneOf(process: ProcessId): number {
    return this.#zoneOf[process]!;
  }

  /** Machine of a process, or −1 at the edge. */
  machineOf(process: ProcessId): number {
    return this.#machineOf[process]!;
  }

  /** Where a process is drawn: its machine, or the clients of its zone. */
  placeOf(process: ProcessId): number {
    const machine = this.#machineOf[process]!;
    return machine < 0 ? this.#zoneOf[process]! : this.#network.zones + machine;
  }

  /** Lane by which a message goes that is no part of a connection. */
  lane(from: ProcessId, to: ProcessId): Lane {
    const fromZone = this.#zoneOf[from]!;
    const toZone = this.#zoneOf[to]!;
    if (this.#public[from]!) return this.#network.asks(fromZone, toZone);
    return this.#public[to]! ? this.#network.answers(fromZone, toZone) : this.#network.lane(fromZone, toZone);
  }

  /** Lane of the connection between two nodes. */
  backbone(from: ProcessId, to: ProcessId): Lane {
    return this.#network.lane(this.#zoneOf[from]!, this.#zoneOf[to]!);
  }
}
