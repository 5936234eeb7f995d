import { shown } from "../core/names.ts";
import type { Cluster } from "./cluster.ts";
import type { Instrumentation } from "./instrumentation.ts";
import type { Monitoring } from "./monitoring.ts";
import type { MatchRecord } from "./record.ts";
import { replicaViews } from "./replicaViews.ts";
import type { FlowView, NodeStatus, NodeView, ReplicaView, ZoneView } from "./view.ts";

/** What the scene shows to somebody: the lead alone sees the checker's buoys. */
export interface Sight {
  readonly buoys: boolean;
  readonly status: (node: number) => NodeStatus;
}

/** Draws up the parts of a view that the map shows: zones, nodes and what flows between them. */
export class Scene {
  readonly #cluster: Cluster;
  readonly #monitoring: Monitoring;
  readonly #record: MatchRecord;
  readonly #instrumentation: Instrumentation;
  /** Names of what stands on each node beside replicas. */
  readonly #hosts: readonly (readonly string[])[];

  constructor(cluster: Cluster, monitoring: Monitoring, record: MatchRecord, instrumentation: Instrumentation) {
    this.#instrumentation = instrumentation;
    this.#hosts = cluster.nodeNames.map((_, node) => hostedBy(cluster, node));
    this.#cluster = cluster;
    this.#monitoring = monitoring;
    this.#record = record;
  }

  zones(): ZoneView[] {
    const spread = this.#cluster.balancers()[0]?.spread;
    return this.#cluster.zoneNames.map((name, zone) => ({
      name,
      requestsPerSecond: this.#record.zones[zone]!.reading.ratePerSecond,
      failedShare: round(this.#record.zones[zone]!.failedShare, 1_000),
      routedTo: spread?.route[zone] ?? zone,
    }));
  }

  nodes(sight: Sight): NodeView[] {
    const replicas = replicaViews(this.#cluster.nodeNames.map((_, node) => this.#monitoring.report(node)?.replicas ?? []));
    return this.#cluster.nodeNames.map((name, node) => this.#node(name, node, sight, replicas));
  }

  /** What was sent since the flows were taken last. */
  flows(): FlowView[] {
    const { world, zoneNames } = this.#cluster;
    const zones = zoneNames.length;
    const name = (place: number) => (place < zones ? `z${place}` : `n${place - zones}`);
    const zoneOf = (place: number) => (place < zones ? place : world.machines[place - zones]!.zone);
    return world.flows.take().map(({ from, to, counts }) => ({
      from: name(from),
      to: name(to),
      reads: counts[0]!,
      writes: counts[1]!,
      retries: counts[2]!,
      refused: counts[3]!,
      lost: counts[4]!,
      replication: counts[5]!,
      delayMs: world.network.lane(zoneOf(from), zoneOf(to)).link.p50Ms,
    }));
  }

  #node(name: string, node: number, sight: Sight, replicas: readonly (readonly ReplicaView[])[]): NodeView {
    const machine = this.#cluster.world.machines[node]!;
    const rent = this.#cluster.rents[node]!;
    const spread = this.#cluster.balancers()[0]?.spread;
    const report = this.#monitoring.report(node);
    const meter = this.#record.nodes[node]!;
    return {
      name: shown(name),
      zone: machine.zone,
      status: sight.status(node),
      // Whole scrapes, so that a quiet view stays quiet on the wire.
      lastSeenMsAgo: Math.floor(this.#monitoring.lastSeenMsAgo(node) / 1_000) * 1_000,
      utilisation: round(report?.utilisation ?? 0, 100),
      queueDepth: report?.queueDepth ?? 0,
      queueCap: machine.queueCap,
      workers: machine.workers,
      pricePerMinute: rent.sizes[rent.size]!.price,
      size: rent.size,
      sizes: rent.sizes.map(({ workers, price }) => ({ workers, pricePerMinute: price })),
      drained: spread?.drained[node] ?? false,
      weight: spread?.weights[node] ?? 1,
      replicas: replicas[node]!,
      hosts: this.#hosts[node]!,
      wrong: sight.buoys ? this.#record.wrongAtNode[node]! : 0,
      failing: meter.failed,
      failingWhy: meter.failed > 0 && this.#hasLogs(node) ? this.#record.nodeComplaints[node]! : "",
    };
  }

  /** True when something on a node says what goes wrong there. */
  #hasLogs(node: number): boolean {
    return this.#cluster.components.some(
      ({ name, instances }) => this.#instrumentation.sees(name, "logs") && instances.some((place) => place.node === node),
    );
  }
}

function round(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}

function hostedBy({ components }: Cluster, node: number): string[] {
  return components
    .filter(({ kind, instances }) => kind !== "store" && instances.some((instance) => instance.node === node))
    .map(({ name }) => name);
}
