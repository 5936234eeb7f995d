import type { Distribution } from "../../shared/core/distribution.ts";
import { invariant } from "../../shared/core/invariant.ts";
import type { Instance } from "../../shared/components/site.ts";
import { Loads } from "../../shared/components/store/loads.ts";
import { Replica, type Group } from "../../shared/components/store/replica.ts";
import { ShardMap } from "../../shared/components/store/shardMap.ts";
import type { Protocol, ReplicaId, ReplicationConfig } from "../../shared/protocols/protocol.ts";
import type { World } from "../../shared/sim/world.ts";

/** A setting for protocols that leaves nothing on by itself: no repair, no hints, and all the time of the world. */
export const BARE: ReplicationConfig = {
  stop: "eventual",
  boundMs: 2_000,
  mode: "async",
  ackedBackups: 1,
  semiSyncTimeoutMs: 10_000,
  leaseMs: 0,
  leaseMarginMs: 0,
  fencingTokens: false,
  readQuorum: 1,
  writeQuorum: 1,
  hintedHandoff: false,
  readRepair: false,
  hintWindowMs: 10_800_000,
  standIns: 0,
  antiEntropyMs: 0,
  conflict: "lastWriteWins",
  data: "lwwRegister",
  gossip: { style: "pushPull", fanout: 1, intervalMs: 1_000 },
  primary: 0,
  electionTimeoutMs: 1_000,
  heartbeatMs: 150,
  spares: 0,
  snapshotEvery: 0,
  preVote: false,
  reads: "readIndex",
  leaseMarginPpm: 1_000,
  requestTimeoutMs: 1e8,
};

/** An empty group of replicas whose reads and writes cost this much of a CPU, µs. */
export function groupOf(
  protocol: Protocol<unknown, unknown>,
  config: ReplicationConfig,
  costUs: Distribution,
  shard = 0,
): Group {
  const map = new ShardMap({ by: "modulo" }, { keys: 1, buckets: 1 }, { shards: 1, isFixed: true });
  const costs = { readCostUs: costUs, writeCostUs: costUs };
  return { store: 0, shard, protocol, members: [], groups: [], map, loads: new Loads(), gatherers: new Map(), ...costs, config, present: null };
}

/** Puts the store's own replica process on a machine, as number `self` of `replicas`. */
export function place(world: World, group: Group, node: number, self: ReplicaId, replicas: number): Instance {
  const machine = world.machines[node];
  invariant(machine !== undefined, `fidelity: there is no machine ${node}`);
  let replica: Replica | undefined;
  const process = world.addProcess({ machine: node }, (id) => {
    replica = new Replica(world, id, machine, group, self, replicas);
    return replica;
  });
  group.members.push(process);
  replica?.begin();
  return { process, node, zone: machine.zone };
}
