import { isRefusal } from "../../../shared/core/refusal.ts";
import { parseLevel } from "../../../shared/level/parse.ts";
import type { Level } from "../../../shared/level/schema.ts";

/** A cluster for measuring, by its size. */
export interface ClusterSize {
  readonly machines: number;
  /** Of all zones together. */
  readonly requestsPerSecond: number;
  readonly seconds: number;
}

const ZONES = ["A", "B", "C"];
/** Machines of one store: each leads one of its shards. */
const STORE_MACHINES = 50;

/**
 * A level of so many machines in three zones: stores of fifty machines, each with a shard a machine, three replicas a
 * shard by Raft, 7 reads to 3 writes, all linearizable and judged; no faults.
 */
export function clusterLevel(size: ClusterSize): Level {
  const level = parseLevel(JSON.stringify(draft(size)), `bench/${size.machines}-machines.yaml`);
  if (isRefusal(level)) throw new Error(level.sentence);
  return level;
}

function draft({ machines, requestsPerSecond, seconds }: ClusterSize) {
  const names = Array.from({ length: machines }, (_, machine) => `m${machine}`);
  const stores = Array.from({ length: Math.ceil(machines / STORE_MACHINES) }, (_, store) => `ledger${store}`);
  const rate = (share: number) => `${(requestsPerSecond * share) / stores.length / ZONES.length}/s`;
  return {
    version: 1,
    title: `${machines} machines`,
    teaches: ["C1"],
    operators: "1-4",
    lasts: `${seconds}s`,
    briefing: "A load for measuring.",
    zones: ZONES,
    links: { "A-B": { p50: "5ms", p99: "15ms" }, "A-C": { p50: "6ms", p99: "18ms" }, "B-C": { p50: "5ms", p99: "15ms" } },
    nodes: Object.fromEntries(names.map((name, machine) => [name, { zone: ZONES[machine % ZONES.length] }])),
    components: {
      edge: { kind: "balancer", in: ZONES, policy: "leastOutstanding", to: stores },
      ...Object.fromEntries(stores.map((name, store) => [name, storeOn(names.slice(store * STORE_MACHINES).slice(0, STORE_MACHINES))])),
      watch: { kind: "monitor", in: "A" },
    },
    workload: stores.flatMap((to) => [
      { from: ZONES, to, op: "read", rate: rate(0.7), keys: "zipf 0.99", sessions: 2_000 },
      { from: ZONES, to, op: "write", rate: rate(0.3), keys: "zipf 0.99", sessions: 2_000 },
    ]),
    contract: Object.fromEntries(stores.map((name) => [name, { guarantee: "linearizable", wrongCosts: 20, answerWithin: "400ms" }])),
    slo: { availability: "99%", correctness: "99.9%" },
    verbs: ["dial", "restart"],
    budget: 60,
    par: { spend: 50 },
    policies: { reference: [] },
    gates: { loses: ["idle"], taught: "restart" },
    debrief: "Nothing happened, quickly.",
  };
}

function storeOn(on: readonly string[]) {
  return { kind: "store", on, protocol: "raft", dial: ["linearizable"], shards: on.length, replicationFactor: 3, keys: 100_000 };
}
