import { constant, exponential } from "../../core/distribution.ts";
import { invariant } from "../../core/invariant.ts";
import { usOf } from "../../core/time.ts";
import { changeMembership, firstMembership } from "../../protocols/membership.ts";
import { dataTypes, type DataTypeName } from "../../protocols/crdt/registry.ts";
import { protocols } from "../../protocols/registry.ts";
import type { Protocol, ReplicationConfig, Stop } from "../../protocols/protocol.ts";
import { WRITE_BYTES } from "../../sim/messageSize.ts";
import type { ProcessId } from "../../sim/process.ts";
import type { World } from "../../sim/world.ts";
import { refersTo, type ComponentKind } from "../component.ts";
import type { Built, Instance, Order, Setting, Site } from "../site.ts";
import { leaseProblems, StoreConfig } from "./config.ts";
import type { Supervised, Supervisor } from "./failover.ts";
import { Replica, type Group } from "./replica.ts";
import { storeSettings } from "./settings.ts";
import { failoverProblems, failoverReferences, failoverSettings, supervise } from "./supervision.ts";

/** A replica and where it stands. */
export interface Placed {
  readonly replica: Replica;
  readonly process: ProcessId;
  readonly node: number;
  readonly shard: number;
}

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
  readonly #world: World;
  readonly #groups: readonly Group[];
  /** The replicas, then the nodes that stand in for them. */
  readonly #all: readonly Placed[];
  readonly #byShard: readonly (readonly Instance[])[];
  #replication: ReplicationConfig;

  constructor(site: Site, index: number, name: string, config: StoreConfig) {
    this.index = index;
    this.name = name;
    this.config = config;
    this.keys = config.keys;
    this.orders = config.protocol === "quorum" ? [this.#repairOrder()] : [];
    this.reaches = [index];
    this.summary = summaryOf(config);
    this.protocol = protocols[config.protocol];
    this.#world = site.world;
    const nodes = config.on.map((node) => site.node(node));
    const size = Math.min(config.replicationFactor ?? nodes.length, nodes.length);
    this.#replication = replicationOf(config, nodes, config.primary === undefined ? nodes[0]! : site.node(config.primary));
    const spares = config.spares.map((node) => site.node(node));
    const replicas = size + spares.length;
    const spread = config.spread === "fixed" ? constant : exponential;
    const groups: Group[] = [];
    const placed: Placed[] = [];
    const standIns: Placed[] = [];
    for (let shard = 0; shard < config.shards; shard++) {
      const group: Group = {
        store: index,
        shard,
        protocol: this.protocol,
        members: [],
        readCostUs: spread(usOf(config.readTime)),
        writeCostUs: spread(usOf(config.writeTime)),
        config: this.#replication,
        present: null,
      };
      groups.push(group);
      for (let self = 0; self < replicas + standInsOf(config); self++) {
        // Shards start one node further each, so that no node leads them all.
        const node = spares[self - size] ?? nodes[(shard + self) % nodes.length]!;
        (self < replicas ? placed : standIns).push(placeReplica(site.world, group, node, self, replicas));
      }
    }
    this.#groups = groups;
    this.placed = placed;
    const all = [...placed, ...standIns];
    this.instances = all.map(({ process, node }) => ({ process, node, zone: site.world.machines[node]!.zone }));
    this.#byShard = groups.map((_, shard) => this.instances.filter((_, place) => all[place]!.shard === shard));
    this.#all = all;
    for (const { replica } of all) replica.begin();
    this.supervisor = supervise(site, config, this.#supervised(site));
    this.settings = [...storeSettings(this, config.protocol), ...failoverSettings(this.supervisor)];
  }

  /** Shard of a key: neighbours in popularity land on different shards. */
  shardOf(key: number): number {
    return key % this.config.shards;
  }

  instancesFor(key: number): readonly Instance[] {
    const instances = this.#byShard[this.shardOf(key)]!;
    return this.config.spares.length === 0 ? instances : instances.filter(({ process }) => !this.#standsBy(process));
  }

  get replication(): ReplicationConfig {
    return this.#replication;
  }

  /** Turns the dial or sets quorum sizes for every replica, over the management network. */
  configure(change: Partial<ReplicationConfig>): void {
    this.#replication = { ...this.#replication, ...change };
    for (const group of this.#groups) group.config = this.#replication;
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
    for (const group of this.#groups) {
      group.present = changeMembership(group.present ?? firstMembership(group.members.length), this.#members(group.shard));
    }
    for (const { replica } of this.#all) replica.catchUp();
  }

  /** One row per key that was written, in every copy. Simplified: a log counts as the rows that it comes to. */
  storedBytes(): number {
    const rowsMax = Math.ceil(this.keys / this.config.shards);
    return this.placed.reduce((sum, { replica }) => sum + WRITE_BYTES * Math.min(rowsMax, replica.status()?.position ?? 0), 0);
  }

  stops(): readonly Stop[] {
    return this.config.dial;
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
      shards: this.config.shards,
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

function placeReplica(world: World, group: Group, node: number, self: number, size: number): Placed {
  const machine = world.machines[node]!;
  let replica: Replica | undefined;
  const process = world.addProcess({ machine: node }, (id) => {
    replica = new Replica(world, id, machine, group, self, size);
    return replica;
  });
  invariant(replica !== undefined, "store: a process was added without being built");
  group.members.push(process);
  return { replica, process, node, shard: group.shard };
}

/** Nodes of a leaderless store that may stand in for the replicas of a shard. */
function standInsOf({ protocol, sloppy, on, replicationFactor }: StoreConfig): number {
  return protocol === "quorum" && sloppy ? on.length - Math.min(replicationFactor ?? on.length, on.length) : 0;
}

/** A register of a gossip store is the one whose last writer wins. */
function dataTypeOf(data: StoreConfig["data"]): DataTypeName {
  return data === "register" ? "lwwRegister" : data;
}

function replicationOf(config: StoreConfig, nodes: readonly number[], primary: number): ReplicationConfig {
  return {
    stop: config.starts ?? config.dial[0]!,
    boundMs: config.bound,
    mode: config.mode,
    ackedBackups: config.ackedBackups,
    semiSyncTimeoutMs: config.semiSyncTimeout,
    leaseMs: config.lease,
    leaseMarginMs: config.leaseMargin,
    fencingTokens: config.fencingTokens,
    readQuorum: config.readQuorum,
    writeQuorum: config.writeQuorum,
    hintedHandoff: config.hintedHandoff,
    readRepair: config.readRepair,
    hintWindowMs: config.hintWindow,
    standIns: standInsOf(config),
    antiEntropyMs: config.antiEntropy,
    conflict: config.conflict,
    data: dataTypeOf(config.data),
    gossip: { style: config.gossip.style, fanout: config.gossip.fanout, intervalMs: config.gossip.interval },
    primary: nodes.indexOf(primary),
    electionTimeoutMs: config.electionTimeout,
    heartbeatMs: config.heartbeat,
    spares: config.spares.length,
    snapshotEvery: config.snapshotEvery,
    preVote: config.preVote,
    reads: config.reads,
    leaseMarginPpm: config.leaseMarginPpm,
    requestTimeoutMs: config.requestTimeout,
  };
}

function summaryOf({ shards, protocol, mode, on, replicationFactor }: StoreConfig): string {
  const replicas = Math.min(replicationFactor ?? on.length, on.length);
  const how = { single: "one copy", primaryBackup: `primary/backup, ${mode}`, chain: "chain", quorum: "quorum, leaderless", gossip: "gossip", raft: "Raft" }[protocol];
  const copies = replicas === 1 ? "1 replica" : `${replicas} replicas`;
  return `store · ${shards > 1 ? `${shards} shards, ` : ""}${copies}${on.length > replicas ? ` on ${on.length} nodes` : ""} · ${how}`;
}

/** Stops that its protocol can't honour, a start that its dial doesn't have, and spares that can't stand by. */
function problemsOf({ protocol, dial, starts, spares, on, data }: StoreConfig): string[] {
  const honoured = protocols[protocol].stops as readonly string[];
  const beyond = dial.filter((stop) => !honoured.includes(stop));
  const twice = spares.filter((node, at) => on.includes(node) || spares.indexOf(node) !== at);
  const astray = starts !== undefined && !dial.includes(starts);
  return [
    ...beyond.map((stop) => `dial: ${protocol} can't honour ${stop}, only ${honoured.join(", ")}`),
    ...(spares.length > 0 && protocol !== "raft" ? [`spares: only raft can take them in, not ${protocol}`] : []),
    ...twice.map((node) => `spares: "${node}" holds a replica already`),
    ...(data !== "register" && protocol !== "gossip" ? [`data: ${protocol} keeps registers; only gossip keeps ${data}`] : []),
    ...(astray ? [`starts: there is no stop on the dial "${starts}", only ${dial.join(", ")}`] : []),
  ];
}

export const store: ComponentKind<StoreConfig, Store> = {
  kind: "store",
  about: "Keeps a register per key on replicas that agree by a protocol; sharded or not.",
  config: StoreConfig,
  takes: ({ protocol, data }) => (protocol === "gossip" ? ["read", ...dataTypes[dataTypeOf(data)].takes] : ["read", "write", "cas"]),
  references: (config) => [
    ...refersTo("node", "on", config.on),
    ...refersTo("node", "spares", config.spares),
    ...failoverReferences(config),
  ],
  problems: (config) => [
    ...problemsOf(config),
    ...failoverProblems(config),
    ...leaseProblems(config),
    ...(config.primary === undefined || config.on.includes(config.primary)
      ? []
      : [`primary: there is no node "${config.primary}", only ${config.on.join(", ")}`]),
  ],
  build: (site, index, name, config) => new Store(site, index, name, config),
};
