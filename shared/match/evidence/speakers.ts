import { Replica } from "../../components/store/replica.ts";
import type { Protocol, ReplicaStatus } from "../../protocols/protocol.ts";
import type { Telling } from "../../protocols/telling.ts";
import type { ProcessId } from "../../sim/process.ts";
import type { Cluster } from "../cluster.ts";

/** How a replica stands among those of its group. */
export interface Standing {
  readonly status: ReplicaStatus;
  /** Positions behind the farthest replica; −1 where they have no log in common. */
  readonly behind: number;
  readonly replicas: number;
}

/** Who speaks in a cluster, by process: where it stands, and in which protocol's words it talks to its like. */
export class Speakers {
  readonly #cluster: Cluster;
  readonly #protocols: (Protocol<unknown, unknown> | undefined)[] = [];
  readonly #members: (readonly ProcessId[] | undefined)[] = [];

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    for (const { groups, protocol } of cluster.stores()) {
      for (const { members } of groups) {
        for (const member of members) {
          this.#protocols[member] = protocol;
          this.#members[member] = members;
        }
      }
    }
  }

  /** What a replica's messages to its group tell; undefined for everybody else. */
  telling(process: ProcessId): Telling<unknown> | undefined {
    return this.#protocols[process]?.telling;
  }

  /** Writes that a replica's message carries; 0 for everybody else. */
  payload(process: ProcessId, message: unknown): number {
    return this.#protocols[process]?.payload(message) ?? 0;
  }

  /** Where it is on the map: `n3` for a machine, `z0` for the edge of a zone. */
  place(process: ProcessId): string {
    const machine = this.machine(process);
    return machine < 0 ? `z${this.#cluster.world.zoneOf(process)}` : `n${machine}`;
  }

  /** Its machine, or −1 at the edge. */
  machine(process: ProcessId): number {
    const { world } = this.#cluster;
    return Math.max(-1, world.placeOf(process) - world.network.zones);
  }

  zone(process: ProcessId): number {
    return this.#cluster.world.zoneOf(process);
  }

  /** How a replica stands now; null for everybody else, and before it was switched on for the first time. */
  standing(process: ProcessId): Standing | null {
    const members = this.#members[process] ?? [];
    const status = this.#replica(process)?.status() ?? null;
    if (status === null) return null;
    const hasLog = this.#protocols[process]!.registers !== undefined;
    const farthest = Math.max(...members.map((member) => this.#replica(member)?.status()?.position ?? 0));
    return { status, behind: hasLog ? farthest - status.position : -1, replicas: members.length };
  }

  #replica(process: ProcessId): Replica | null {
    const found = this.#cluster.world.processes[process];
    return found instanceof Replica ? found : null;
  }
}
