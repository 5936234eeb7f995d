import { msOf, US_PER_SECOND, type Us } from "../core/time.ts";
import { buildOrder } from "../level/buildOrder.ts";
import type { Store } from "../components/store/store.ts";
import type { Machine } from "../sim/machine.ts";
import type { Cluster } from "./cluster.ts";
import { LOSSY, SLOW_TIMES } from "./monitoring.ts";
import { PartitionSight } from "./partitionSight.ts";
import { type KnownReplica, replicaViews } from "./replicaViews.ts";
import type { LaneStatus, LinkView, NodeStatus, NodeView, View } from "./view.ts";

/** Span over which the truth tells how busy a machine is: that of a usual scrape. */
const BUSY_OVER_US: Us = US_PER_SECOND;

/** The parts of a view that monitoring may be wrong about. */
export type TrueParts = Pick<View, "nodes" | "links" | "partition">;

/**
 * What was really so at a moment of a match: the machines, links, replicas and partition as the simulation has them, for
 * a debrief. Reads the cluster and changes nothing in it. It tells how busy machines are from one look to the next, so
 * look at the same ticks each time.
 * Simplified: components' own figures stay those that monitoring has, because asking some of them resets what they count.
 */
export class Truth {
  readonly #cluster: Cluster;
  readonly #partition: PartitionSight;
  readonly #stores: readonly Store[];
  readonly #busy: readonly { atUs: Us; busyUs: Us }[][];

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#partition = new PartitionSight(cluster.monitor.zone, cluster.zoneNames.length);
    const stores = cluster.stores();
    // In the order in which machines report them, so that both pictures of a node begin with the same replica.
    this.#stores = buildOrder(cluster.level.components).flatMap(
      (name) => stores.find((store) => store.name === name) ?? [],
    );
    this.#busy = cluster.world.machines.map(() => []);
  }

  /** What was really so, where `shown` is what operators are shown at this moment. */
  look(shown: View): TrueParts {
    const replicas = replicaViews(shown.nodes.map((_, node) => this.#replicasOn(node)));
    return {
      nodes: shown.nodes.map((node, index) => this.#node(node, index, replicas[index]!)),
      links: shown.links.map((link) => this.#link(link)),
      partition: this.#partition.look((from, to) => this.#lane(from, to), msOf(this.#cluster.world.kernel.nowUs)),
    };
  }

  #node(shown: NodeView, index: number, replicas: NodeView["replicas"]): NodeView {
    const machine = this.#cluster.world.machines[index]!;
    return {
      ...shown,
      status: shown.status === "restarting" ? "restarting" : statusOf(machine),
      lastSeenMsAgo: 0,
      utilisation: this.#utilisation(machine),
      queueDepth: machine.queueDepth,
      replicas,
    };
  }

  #replicasOn(node: number): KnownReplica[] {
    return this.#stores.flatMap(({ index, placed }) =>
      placed.flatMap(({ node: on, shard, replica }) => {
        const status = on === node ? replica.status() : null;
        return status === null ? [] : [{ store: index, shard, ...status }];
      }),
    );
  }

  /** Busy share of the CPU workers over the last second, or since the start, in hundredths. */
  #utilisation(machine: Machine): number {
    const looks = this.#busy[machine.index]!;
    const now = { atUs: this.#cluster.world.kernel.nowUs, busyUs: machine.busyUs() };
    looks.push(now);
    while (looks.length > 2 && looks[1]!.atUs <= now.atUs - BUSY_OVER_US) looks.shift();
    const { atUs, busyUs } = looks[0]!;
    const capacity = (now.atUs - atUs) * machine.workers;
    return capacity > 0 ? Math.round(Math.min(1, (now.busyUs - busyUs) / capacity) * 100) / 100 : 0;
  }

  #link(shown: LinkView): LinkView {
    const { network } = this.#cluster.world;
    const { a, b } = shown;
    const [there, back] = [network.lane(a, b), network.lane(b, a)];
    return {
      ...shown,
      aToB: this.#lane(a, b),
      bToA: this.#lane(b, a),
      roundTripMs:
        there.cut || back.cut ? 0 : Math.round(there.link.p50Ms * there.slowdown + back.link.p50Ms * back.slowdown),
      loss: Math.round(Math.max(there.cut ? 1 : there.loss, back.cut ? 1 : back.loss) * 100) / 100,
    };
  }

  #lane(from: number, to: number): LaneStatus {
    const { cut, loss, slowdown } = this.#cluster.world.network.lane(from, to);
    if (cut) return "cut";
    if (loss >= LOSSY) return "lossy";
    return slowdown > SLOW_TIMES ? "slow" : "ok";
  }
}

function statusOf({ state, fenced, speed }: Machine): NodeStatus {
  if (state !== "up") return state;
  if (fenced) return "fenced";
  return speed < 1 ? "slow" : "up";
}
