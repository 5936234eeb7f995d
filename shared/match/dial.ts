import type { Guarantee } from "../checkers/registry.ts";
import type { Store } from "../components/store/store.ts";
import type { Stop, StopPrediction, Topology } from "../protocols/protocol.ts";
import { mutates, type OperationKind } from "../core/operations.ts";
import type { Cluster } from "./cluster.ts";
import type { DialStopView } from "./view.ts";

/** What each stop of a store's dial promises to cost, worked out from the level's own topology. */
export function dialStops(cluster: Cluster, store: Store): DialStopView[] {
  // Readers and writers may sit in different zones.
  const [readers, writers] = [topologyOf(cluster, store, isRead), topologyOf(cluster, store, (kind) => !isRead(kind))];
  return store.stops().map((stop) => {
    const reading = predict(store, readers, stop);
    const writing = predict(store, writers, stop);
    return {
      name: stop,
      readMsP50: round(reading.readMsP50),
      readMsP99: round(reading.readMsP99),
      writeMsP50: round(writing.writeMsP50),
      writeMsP99: round(writing.writeMsP99),
      cutOffReads: reading.cutOffReads,
      cutOffWrites: writing.cutOffWrites,
      boundMs: stop === "boundedStaleness" ? store.replication.boundMs : 0,
      pricePerMinute: priceOf(store, reading.readCost, writing.writeCost),
    };
  });
}

/**
 * The first stop that honours a promise. A session guarantee alone says nothing about what others had seen, so the order
 * of other people's writes is first honoured at causal. Sequential has no stop of its own: a side that is
 * cut off would have to refuse there as at linearizable.
 */
const HONOURS: Readonly<Partial<Record<Guarantee, Stop>>> = {
  linearizable: "linearizable",
  sequential: "linearizable",
  causal: "causal",
  pram: "causal",
  monotonicWrites: "causal",
  writesFollowReads: "causal",
  boundedStaleness: "boundedStaleness",
  session: "session",
  readYourWrites: "session",
  monotonicReads: "session",
  acknowledgedWriteLost: "linearizable",
  eventual: "eventual",
};

/** Index of the first stop of the dial that honours what clients were promised, or −1. */
export function promisedAt(store: Store, guarantee: Guarantee): number {
  const stop = HONOURS[guarantee];
  if (stop === undefined) return -1;
  const at = store.stops().indexOf(stop);
  // A dial without causal honours what is causal at linearizable, which implies it.
  return at < 0 && stop === "causal" ? store.stops().indexOf("linearizable") : at;
}

function predict(store: Store, topology: Topology, stop: Stop): StopPrediction {
  return store.protocol.predict(topology, { ...store.replication, stop });
}

/** Every replica that works on a request is paid for: half the price for reads, half for writes. */
function priceOf(store: Store, readCost: number, writeCost: number): number {
  return Math.round(store.config.price * ((readCost + writeCost) / 2) * 100) / 100;
}

function isRead(kind: OperationKind): boolean {
  return !mutates(kind);
}

/** Where the store's replicas are, and the clients whose requests are `asked`; all its clients when there are none. */
function topologyOf(cluster: Cluster, store: Store, asked: (kind: OperationKind) => boolean): Topology {
  const { network, machines } = cluster.world;
  const sources = Array.from({ length: cluster.traffic.sources }, (_, index) => cluster.traffic.source(index));
  const ours = sources.filter((source) => source.target === store.index);
  const asking = ours.filter(({ kind }) => asked(kind));
  const clientZones = new Set((asking.length > 0 ? asking : ours).map(({ zone }) => zone));
  return {
    replicaZones: store.placed.filter(({ shard }) => shard === 0).map(({ node }) => machines[node]!.zone),
    clientZones: [...clientZones],
    legMsP50: (from, to) => network.lane(from, to).link.p50Ms,
    legMsP99: (from, to) => network.lane(from, to).link.p99Ms,
    readMs: store.config.readTime,
    writeMs: store.config.writeTime,
    syncMs: Object.values(cluster.level.nodes)[store.placed[0]!.node]!.sync,
    spread: store.config.spread,
  };
}

function round(ms: number): number {
  return ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms);
}
