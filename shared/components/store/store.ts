import { changeMembership, firstMembership } from "../../protocols/membership.ts";
import { dataTypes } from "../../protocols/crdt/registry.ts";
import { protocols } from "../../protocols/registry.ts";
import type { Protocol, ReplicationConfig, Stop } from "../../protocols/protocol.ts";
import { WRITE_BYTES } from "../../sim/messageSize.ts";
import type { ProcessId } from "../../sim/process.ts";
import type { World } from "../../sim/world.ts";
import { refersTo, type ComponentKind } from "../component.ts";
import type { Built, Instance, Order, Setting, Site } from "../site.ts";
import { dataTypeOf, StoreConfig } from "./config.ts";
import { conversionOrder } from "./conversion.ts";
import type { Supervised, Supervisor } from "./failover.ts";
import { GAUGES, gaugesOf } from "./gauges.ts";
import type { Gathering } from "./gatherer.ts";
import { gatheringSettings, placeGatherers } from "./gathering.ts";
import { placeGroups, type Placed } from "./groups.ts";
import { Loads } from "./loads.ts";
import { storeProblems } from "./problems.ts";
import type { Group } from "./replica.ts";
import { replicationOf } from "./replication.ts";
import { Resharder } from "./resharder.ts";
import { storeSettings } from "./settings.ts";
import { ShardMap } from "./shardMap.ts";
import { failoverReferences, failoverSettings, supervise } from "./supervision.ts";

/** A store that was built, and what operators may do to it over the management network. */
export class Store implements Built {
  readonly kind = "store";
  readonly index: number;
  readonly name: string;
  readonly config: StoreConfig;
  readonly protocol: Protocol<unknown, unknown>;
  readonly placed: readonly Placed[];
  readonly instances: readonly Instance[];
  readonly summary: string;
  readonly keys: number;
  readonly settings: readonly Setting[];
  readonly orders: readonly Order[];
  readonly reaches: readonly number[];
  /** Who replaces a primary that failed; null when operators do. */
  readonly supervisor: Supervisor | null;
  /** Which shard has which key. */
  readonly map: ShardMap;
  /** How often keys were asked for lately. */
  readonly loads = new Loads();
  /** The replicas of each shard that there may ever be. */
  readonly groups: readonly Group[];
  /** Who moves keys between shards; null where they stay. */
  readonly resharder: Resharder | null;
  /** How scans are put together; null where keys are asked for one at a time. */
  readonly gathering: Gathering | null;
  readonly #world: World;
  /** The replicas, then the nodes that stand in for them. */
  readonly #all: readonly Placed[];
  readonly #byShard: readonly (readonly Instance[])[];
  #replication: ReplicationConfig;

  constructor(site: Site, index: number, name: string, config: StoreConfig) {
    this.index = index;
    this.name = name;
    this.config = config;
    this.keys = config.keys;
    this.orders = [
      ...(config.protocol === "quorum" ? [this.#repairOrder()] : []),
      ...(config.becomes === undefined ? [] : [conversionOrder(this, config.becomes)]),
    ];
    this.reaches = [index];
    this.summary = summaryOf(config);
    this.protocol = protocols[config.protocol];
    this.#world = site.world;
    this.#replication = replicationOf(config);
    const space = { keys: config.keys, buckets: config.buckets };
    this.map = new ShardMap(config.partitioning, space, { shards: config.shards, isFixed: config.resharding === undefined });
    const { map, loads } = this;
    const gatherers = new Map<number, ProcessId>();
    const { groups, placed, all } = placeGroups({ site, index, config, replication: this.#replication, map, loads, gatherers });
    this.groups = groups;
    this.placed = placed;
    this.instances = all.map((one) => this.#instanceOf(one));
    this.#byShard = groups.map((_, shard) => this.instances.filter((_, place) => all[place]!.shard === shard));
    this.#all = all;
    for (const { replica } of all) replica.begin();
    this.supervisor = supervise(site, config, this.#supervised(site));
    this.resharder = config.resharding === undefined ? null : new Resharder(site, this, config.resharding);
    this.gathering = config.scans === undefined ? null : placeGatherers(site, this, config.scans, gatherers);
    this.settings = [
      ...storeSettings(this, config.protocol),
      ...failoverSettings(this.supervisor),
      ...(this.resharder?.settings() ?? []),
      ...gatheringSettings(this.gathering),
    ];
  }

  /** The shard that has a key now. */
  shardOf(key: number): number {
    return this.map.ownerOf(key);
  }

  /** The replicas of the shard that has a key as far as those who ask know. */
  instancesFor(key: number): readonly Instance[] {
    const instances = this.#byShard[this.map.knownOwnerOf(key, this.#world.kernel.nowUs)]!;
    return this.config.spares.length === 0 ? instances : instances.filter(({ process }) => !this.#standsBy(process));
  }

  get replication(): ReplicationConfig {
    return this.#replication;
  }

  /** Turns the dial or sets quorum sizes for every replica, over the management network. */
  configure(change: Partial<ReplicationConfig>): void {
    this.#replication = { ...this.#replication, ...change };
    for (const group of this.groups) group.config = this.#replication;
  }

  /** Orders the replicas on a node to lead their groups. False when this protocol takes no such order. */
  promote(node: number): boolean {
    let taken = false;
    for (const placed of this.#on(node)) taken = this.#promote(placed) || taken;
    return taken;
  }

  /** Orders all replicas to compare themselves with each other. False when this protocol takes no such order. */
  repair(): boolean {
    let taken = false;
    for (const { replica } of this.placed) taken = replica.command({ type: "repair" }) || taken;
    return taken;
  }

  /** Orders the leader on a node to hand its office to the replica on another. False when nobody took the order. */
  transfer(from: number, to: number): boolean {
    let taken = false;
    for (const { replica, shard } of this.#on(from)) {
      const heir = this.#on(to).find((placed) => placed.shard === shard);
      if (heir !== undefined) taken = replica.command({ type: "transfer", to: heir.replica.self }) || taken;
    }
    return taken;
  }

  /** Gives the replicas on a node a vote, or takes it away; the leader of each shard takes the order, if there is one. */
  changeMember(node: number, joined: boolean): boolean {
    let taken = false;
    for (const { replica: changed, shard } of this.#on(node)) {
      for (const { replica } of this.placed.filter((placed) => placed.shard === shard)) {
        const type = joined ? "addReplica" : "removeReplica";
        taken = replica.command({ type, replica: changed.self }) || taken;
      }
    }
    return taken;
  }

  /** Tells every group who is left after a node was fenced or came back; whoever stands still now learns it later. */
  membersChanged(): void {
    for (const group of this.groups) {
      group.present = changeMembership(group.present ?? firstMembership(group.members.length), this.#members(group.shard));
    }
    for (const { replica } of this.#all) replica.catchUp();
  }

  /** One row per key that was written, in every copy. Simplified: a log counts as the rows that it comes to. */
  storedBytes(): number {
    const rowsMax = Math.ceil(this.keys / this.config.shards);
    return this.placed.reduce((sum, { replica }) => sum + WRITE_BYTES * Math.min(rowsMax, replica.status()?.position ?? 0), 0);
  }

  /** Tells all replicas that keys have changed hands; whoever stands still now learns it later. */
  mapChanged(): void {
    for (const { replica } of this.#all) replica.catchUp();
  }

  stops(): readonly Stop[] {
    return this.config.dial;
  }

  #instanceOf(placed: Placed): Instance {
    const { process, node } = placed;
    const zone = this.#world.machines[node]!.zone;
    return { process, node, zone, gauges: () => gaugesOf(this, placed, this.#world.kernel.nowUs) };
  }

  #repairOrder(): Order {
    return {
      verb: "repair",
      about: "Has every replica compare itself with the others and mend what differs.",
      durationMs: 1_000,
      refuse: () => null,
      run: () => void this.repair(),
    };
  }

  #promote({ replica, shard }: Placed): boolean {
    return replica.command({ type: "promote", members: this.#members(shard) });
  }

  /** What a supervisor may do to this store. A fence concerns every store on the node. */
  #supervised(site: Site): Supervised {
    return {
      candidates: this.placed,
      shards: this.groups.length,
      promote: (replica) => this.#promote(this.placed.find(({ process }) => process === replica)!),
      fence: (node) => {
        this.#world.machines[node]!.fenced = true;
        for (const built of site.everything()) if (built instanceof Store) built.membersChanged();
      },
    };
  }

  /** True for a replica that is outside its group's configuration, as far as it knows: clients are not sent there. */
  #standsBy(process: ProcessId): boolean {
    const placed = this.#all.find((one) => one.process === process);
    return placed?.replica.status()?.role === "learner";
  }

  #on(node: number): readonly Placed[] {
    return this.placed.filter((placed) => placed.node === node);
  }

  /** Replicas of a shard that are not fenced. */
  #members(shard: number): number[] {
    return this.placed
      .filter((placed) => placed.shard === shard && !this.#world.machines[placed.node]!.fenced)
      .map(({ replica }) => replica.self);
  }
}

function summaryOf({ shards, protocol, mode, on, replicationFactor }: StoreConfig): string {
  const replicas = Math.min(replicationFactor ?? on.length, on.length);
  const how = { single: "one copy", primaryBackup: `primary/backup, ${mode}`, chain: "chain", quorum: "quorum, leaderless", gossip: "gossip", raft: "Raft" }[protocol];
  const copies = replicas === 1 ? "1 replica" : `${replicas} replicas`;
  return `store · ${shards > 1 ? `${shards} shards, ` : ""}${copies}${on.length > replicas ? ` on ${on.length} nodes` : ""} · ${how}`;
}

export const store: ComponentKind<StoreConfig, Store> = {
  kind: "store",
  about: "Keeps a register per key on replicas that agree by a protocol; sharded or not.",
  config: StoreConfig,
  takes: (config) => {
    if (config.protocol === "gossip") return ["read", ...dataTypes[dataTypeOf(config)].takes];
    return config.scans === undefined ? ["read", "write", "cas"] : ["read", "write", "cas", "scan"];
  },
  references: (config) => [
    ...refersTo("node", "on", config.on),
    ...refersTo("node", "spares", config.spares),
    ...failoverReferences(config),
  ],
  problems: storeProblems,
  gauges: GAUGES,
  build: (site, index, name, config) => new Store(site, index, name, config),
};
