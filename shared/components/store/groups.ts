import { constant, exponential, type Distribution } from "../../core/distribution.ts";
import { invariant } from "../../core/invariant.ts";
import { usOf } from "../../core/time.ts";
import { protocols } from "../../protocols/registry.ts";
import type { ReplicationConfig } from "../../protocols/protocol.ts";
import type { ProcessId } from "../../sim/process.ts";
import type { Site } from "../site.ts";
import type { StoreConfig } from "./config.ts";
import type { Gatherers } from "./inside.ts";
import type { Loads } from "./loads.ts";
import { Replica, type Group } from "./replica.ts";
import type { ShardMap } from "./shardMap.ts";

/** A replica and where it stands. */
export interface Placed {
  readonly replica: Replica;
  readonly process: ProcessId;
  readonly node: number;
  readonly shard: number;
}

/** What all groups of a store share. */
export interface GroupSetup {
  readonly site: Site;
  /** Index of the store. */
  readonly index: number;
  readonly config: StoreConfig;
  readonly replication: ReplicationConfig;
  readonly map: ShardMap;
  readonly loads: Loads;
  readonly gatherers: Gatherers;
}

/** The groups of a store, the replicas that clients reach, and all, with the nodes that only stand in for them. */
export interface PlacedGroups {
  readonly groups: readonly Group[];
  readonly placed: readonly Placed[];
  readonly all: readonly Placed[];
}

/**
 * Puts a group of replicas in place for every shard that there may ever be; shards start one node further each, so that
 * no node leads them all. A group beyond the shards in use has no keys, and only sends its heartbeats.
 */
export function placeGroups(setup: GroupSetup): PlacedGroups {
  const { site, config, replication } = setup;
  const nodes = config.on.map((node) => site.node(node));
  const spares = config.spares.map((node) => site.node(node));
  const size = Math.min(config.replicationFactor ?? nodes.length, nodes.length);
  const replicas = size + spares.length;
  const groups: Group[] = [];
  const placed: Placed[] = [];
  const standIns: Placed[] = [];
  for (let shard = 0; shard < groupsOf(config); shard++) {
    const group = groupOf(setup, shard, groups);
    groups.push(group);
    for (let self = 0; self < replicas + replication.standIns; self++) {
      const node = spares[self - size] ?? nodes[(shard + self) % nodes.length]!;
      (self < replicas ? placed : standIns).push(placeReplica(site, group, { node, self, replicas }));
    }
  }
  return { groups, placed, all: [...placed, ...standIns] };
}

/** How many shards a store may ever have. */
export function groupsOf({ shards, resharding }: StoreConfig): number {
  return Math.max(shards, resharding?.shardsMax ?? 0);
}

/** CPU times of a read and of a write. */
export function costsOf({ spread, readTime, writeTime }: StoreConfig): { readonly readCostUs: Distribution; readonly writeCostUs: Distribution } {
  const times = spread === "fixed" ? constant : exponential;
  return { readCostUs: times(usOf(readTime)), writeCostUs: times(usOf(writeTime)) };
}

function groupOf({ index, config, replication, map, loads, gatherers }: GroupSetup, shard: number, groups: readonly Group[]): Group {
  const { readCostUs, writeCostUs } = costsOf(config);
  return {
    store: index,
    shard,
    protocol: protocols[config.protocol],
    members: [],
    groups,
    map,
    loads,
    gatherers,
    readCostUs,
    writeCostUs,
    config: replication,
    present: null,
  };
}

function placeReplica(
  { world }: Site,
  group: Group,
  { node, self, replicas }: { readonly node: number; readonly self: number; readonly replicas: number },
): Placed {
  const machine = world.machines[node]!;
  let replica: Replica | undefined;
  const process = world.addProcess({ machine: node }, (id) => {
    replica = new Replica(world, id, machine, group, self, replicas);
    return replica;
  });
  invariant(replica !== undefined, "store: a process was added without being built");
  group.members.push(process);
  return { replica, process, node, shard: group.shard };
}
