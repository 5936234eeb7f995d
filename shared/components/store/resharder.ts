import { usOf } from "../../core/time.ts";
import type { ReplicationConfig } from "../../protocols/protocol.ts";
import type { World } from "../../sim/world.ts";
import { figure } from "../setting.ts";
import type { Setting, Site } from "../site.ts";
import type { StoreConfig } from "./config.ts";
import type { Loads } from "./loads.ts";
import { Mover, type MovePace } from "./mover.ts";
import { splitBy, type PartitioningRule } from "./partitioning/registry.ts";
import type { Group } from "./replica.ts";
import { splitPlan } from "./resharding.ts";
import type { Move, ShardMap } from "./shardMap.ts";

/** What the resharder needs of its store. */
export interface Reshardable {
  readonly index: number;
  readonly config: StoreConfig;
  readonly map: ShardMap;
  readonly loads: Loads;
  readonly groups: readonly Group[];
  readonly replication: ReplicationConfig;
  /** Tells all replicas that the map is another one. */
  mapChanged(): void;
}

/** Draws up where keys are to go when operators order it, and has them carried there while clients go on. */
export class Resharder {
  readonly mover: Mover;
  readonly #world: World;
  readonly #store: Reshardable;
  /** How keys are split, or will be once all have moved; null after a shard was split in two by its traffic. */
  #rule: PartitioningRule | null;
  #shards: number;

  constructor(site: Site, store: Reshardable, { batch, pause, from }: NonNullable<StoreConfig["resharding"]>) {
    const { world } = site;
    this.#world = world;
    this.#store = store;
    this.#rule = store.config.partitioning;
    this.#shards = store.config.shards;
    const zone = from === undefined ? world.machines[site.node(store.config.on.at(-1)!)]!.zone : site.zone(from);
    const pace: MovePace = { batch, pauseMs: pause, isGoing: true };
    const process = world.addProcess({ zone, network: "backbone" }, (self) => new Mover(world, self, this.#movable(), pace));
    this.mover = world.processes[process] as Mover;
  }

  /** Why keys can't be split like this now, in a sentence; null when they can. */
  refuse(shards: number, rule: PartitioningRule): string | null {
    if (shards > this.#store.groups.length) return `There are replicas for ${this.#store.groups.length} shards at most.`;
    if (rule.by === "composite" && this.#store.config.buckets === 1) return "Its keys have one part only, so there is no bucket to go by.";
    const isSame = JSON.stringify(rule) === JSON.stringify(this.#rule) && shards === this.#shards;
    return isSame ? "Its keys are split like that already." : this.#refuseMoves();
  }

  /** Why a shard can't be split in two now, in a sentence; null when it can. */
  refuseSplit(shard: number): string | null {
    const sizes = this.#store.map.sizes(this.#store.groups.length);
    if ((sizes[shard] ?? 0) === 0) return `There is no shard ${shard} with keys in it.`;
    if (sizes[shard] === 1) return "A shard with one key can't be split.";
    if (this.mover.keysLeft > 0) return "Keys are moving: one thing after the other.";
    if (this.#rule !== null && this.#rule.by !== "range") return "Only ranges of keys can be split in two; all others are split by a rule.";
    return sizes.includes(0) ? this.#refuseMoves() : `All ${sizes.length} groups of replicas have keys already.`;
  }

  /** Has the keys split over so many shards by a rule, in place of whatever was under way. */
  reshard(shards: number, rule: PartitioningRule): void {
    const { map } = this.#store;
    const wantedOf = splitBy(rule, map.space, shards);
    this.#rule = rule;
    this.#shards = shards;
    const wanted = Array.from({ length: map.space.keys }, (_, key) => wantedOf(key));
    this.mover.follow({ wanted, ownerOf: (key) => map.ownerOf(key) });
  }

  /** Has the upper part of a range carried to a group without keys, so that both get half of its requests. */
  split(shard: number): void {
    const { map, loads } = this.#store;
    const heir = this.#heir();
    const ranges = { keys: map.space.keys, ownerOf: (key: number) => map.ownerOf(key), loadOf: (key: number) => loads.of(key) };
    this.#rule = null;
    this.#shards++;
    this.mover.follow(splitPlan(ranges, shard, heir));
  }

  /** Of the groups without keys the one on the least busy node; groups count where their first replica stands. */
  #heir(): number {
    const { map, loads, groups } = this.#store;
    const nodes = groups.map(({ members }) => this.#world.placeOf(members[0]!));
    const shares = loads.shares(groups.length, (key) => map.ownerOf(key), this.#world.kernel.nowUs);
    const busyness = (shard: number): number => shares.reduce((sum, share, one) => (nodes[one] === nodes[shard] ? sum + share : sum), 0);
    const free = map.sizes(groups.length).flatMap((size, shard) => (size === 0 ? [shard] : []));
    return free.reduce((best, shard) => (busyness(shard) < busyness(best) ? shard : best));
  }

  settings(): Setting[] {
    const { pace } = this.mover;
    return [
      {
        name: "moving",
        about: "Keys go on to where they are to be; off: a move under way is finished, and no other begins.",
        unit: "switch",
        min: 0,
        max: 1,
        get: () => (pace.isGoing ? 1 : 0),
        set: (value) => (value === 1 ? this.mover.go() : this.mover.interrupt()),
      },
      {
        name: "moveBatch",
        about: "Keys that move in one piece: many are sooner done, but writes of all of them wait.",
        unit: "count",
        min: 1,
        max: 1_000,
        get: () => pace.batch,
        set: (value) => this.mover.resize(value),
      },
      figure(pace, "pauseMs", { name: "movePause", about: "Rest between two moves, in which clients get their turn.", unit: "ms", min: 0, max: 10_000 }),
    ];
  }

  #refuseMoves(): string | null {
    const { config, replication } = this.#store;
    const mayForget = config.protocol === "primaryBackup" && replication.mode !== "sync";
    return mayForget ? `A primary in mode ${replication.mode} may lose the keys that it takes in: set the mode to sync first.` : null;
  }

  #movable() {
    return {
      index: this.#store.index,
      membersOf: (shard: number) => this.#store.groups[shard]!.members,
      cutOver: (move: Move) => {
        const delayUs = usOf(this.#store.config.resharding?.mapDelay ?? 0);
        this.#store.map.cutOver(move, this.#world.kernel.nowUs + delayUs);
        this.#store.mapChanged();
      },
    };
  }
}
