import type { OperationKind } from "../core/operations.ts";
import type { Ms, Us } from "../core/time.ts";
import type { Command } from "./command.ts";
import type { DataTypeName } from "./crdt/registry.ts";
import type { Parcel } from "./parcel.ts";
import type { Registers } from "./registers.ts";
import type { Telling } from "./telling.ts";
import type { VectorClock } from "./vectorClock.ts";

/** Position of a replica in its group, 0 to `replicas − 1`. A store has one group per shard. */
export type ReplicaId = number;

/** What a client asks of a replica, once it has left the CPU queue of the node that received it. */
export interface StoreRequest {
  /** The same for every attempt at one operation: the idempotency key. */
  readonly operation: number;
  /** One that the store's data type takes: a register takes read, write and cas. */
  readonly kind: OperationKind;
  readonly key: number;
  /** Value to write, element to add, amount to add; null for a read. */
  readonly argument: number | null;
  /** Value that a cas expects to find. */
  readonly expected: number | null;
  /** Session token: the newest position of the log (`StoreAnswer.position`) that this session has written or read. */
  readonly sessionPosition: number;
  /** Session token of this key: context of the newest answer; left out where answers have none. */
  readonly context?: VectorClock | undefined;
  /** For a write that hands keys over to another group, or takes them from one; left out by all others. */
  readonly parcel?: Parcel;
}

/** How a replica ends a request. Refused is definite: the operation takes and takes no effect. */
export type StoreAnswer =
  | {
      readonly outcome: "ok";
      readonly value: number | null;
      /** All elements, or all siblings, where the answer is a list or a set; left out for a register's one value. */
      readonly values?: readonly number[];
      readonly position: number;
      /** quorum with siblings: what this answer was made from, for the session's next write of the key. */
      readonly context?: VectorClock | undefined;
    }
  /** A cas that found another value. */
  | { readonly outcome: "fail"; readonly position: number }
  /** Definite no; `reason` is one of the words of `RefusalReason`. */
  | { readonly outcome: "refused"; readonly reason: RefusalReason }
  /** Not here: ask that replica. The store sends the request on; the answer goes straight to the caller. */
  | { readonly outcome: "redirect"; readonly to: ReplicaId }
  /** The group has given this key away: the operation takes and takes no effect here. */
  | { readonly outcome: "elsewhere" };

/** Why a replica will not serve; each becomes a cause in the ledger of losses. */
export type RefusalReason = "noLeader" | "notPrimary" | "tooStale" | "quorumUnreachable" | "steppedDown" | "fenced" | "noLease";

/** What a replica may ask of the world. Nothing else is reachable from a protocol. */
export interface ReplicaIo<Message> {
  readonly self: ReplicaId;
  readonly replicas: number;
  /** This node's own clock: it may be wrong. */
  clockUs(): Us;
  /** May be lost, delayed, duplicated, reordered. Sending to oneself is a bug. */
  send(to: ReplicaId, message: Message): void;
  /** One timer per name and replica; setting it again replaces it. Names are small whole numbers (0–15) for speed. */
  setTimer(name: number, delayUs: Us): void;
  cancelTimer(name: number): void;
  /** Uniform in [0, 1), this replica's own stream of the match's seed. */
  random(): number;
  /**
   * Makes all that was written so far durable and then calls `Protocol.synced` with this token. Syncs are answered in
   * order; those asked for while one is under way share the next (group commit). A crash drops the ones not answered.
   */
  sync(token: number): void;
  /** Ends a request. Each request is answered at most once; one never answered times out at its caller. */
  answer(request: number, answer: StoreAnswer): void;
}

/** Places in a chain; joining is who has been let in and still catches up. */
type ChainRole = "head" | "middle" | "tail" | "joining";

/** What a replica shows to monitoring. */
export interface ReplicaStatus {
  readonly role: "single" | "primary" | "backup" | "replica" | "leader" | "follower" | "candidate" | "learner" | ChainRole;
  /** Raft's term, the primary's view number, the chain's configuration; 0 where there is none. */
  readonly term: number;
  /** How far this replica's data has come: index of its newest applied entry, or count of applied writes. */
  readonly position: number;
  /** Whom it follows, or −1. */
  readonly follows: ReplicaId;
}

/** Stops of the consistency dial, weakest first. */
export const STOPS = [
  "eventual",
  "consistentPrefix",
  "session",
  "causal",
  "boundedStaleness",
  "sequential",
  "linearizable",
] as const;
export type Stop = (typeof STOPS)[number];

/** How a store is set: by the level at first, by operators later (the dial, quorum sizes). */
export interface ReplicationConfig {
  readonly stop: Stop;
  /** Bound of `boundedStaleness`, ms. */
  readonly boundMs: Ms;
  /**
   * primaryBackup: when a write is acknowledged: before any backup has it (`async`), after `ackedBackups` of them have
   * it (`semiSync`), or after every one has it (`sync`).
   */
  readonly mode: "async" | "semiSync" | "sync";
  /** primaryBackup, semiSync: backups that must have a write on disk, ≥ 1; as many as there are if that is less. */
  readonly ackedBackups: number;
  /** primaryBackup, semiSync: after so long without an acknowledgement the primary goes on as in async, ms. */
  readonly semiSyncTimeoutMs: Ms;
  /**
   * primaryBackup: how long a backup's word that it follows lets the primary serve, ms; 0: the primary needs no lease.
   * Several times heartbeatMs, or a lease ends between two heartbeats; a promotion waits as long before it serves.
   */
  readonly leaseMs: Ms;
  /** primaryBackup: how far clocks may part during one lease before two can hold it, ms; less than leaseMs. */
  readonly leaseMarginMs: Ms;
  /** primaryBackup: a write counts once a majority of disks has checked that no later view has written there. */
  readonly fencingTokens: boolean;
  /** quorum: how many replicas answer before a read or write does. */
  readonly readQuorum: number;
  readonly writeQuorum: number;
  /** quorum: keep writes for unreachable replicas and hand them over later; repair the stale ones seen by a read. */
  readonly hintedHandoff: boolean;
  readonly readRepair: boolean;
  /** quorum: how long a hint is kept, ms, by the clock of whoever keeps it. */
  readonly hintWindowMs: Ms;
  /**
   * quorum, at eventual: numbers `replicas` to `replicas + standIns − 1` are nodes that stand in for replicas that do not
   * answer; 0: the quorum is strict.
   */
  readonly standIns: number;
  /** quorum: each replica compares itself with another one so often, ms; 0: only when an operator orders it. */
  readonly antiEntropyMs: Ms;
  /** quorum: what becomes of writes that did not know of each other: the later clock wins, or all are kept. */
  readonly conflict: "lastWriteWins" | "siblings";
  /** gossip: what a key holds. */
  readonly data: DataTypeName;
  readonly gossip: GossipConfig;
  /** Replica that starts as primary. */
  readonly primary: ReplicaId;
  /** raft: an election starts after a silence of electionTimeoutMs to twice that; ≥ 5 × heartbeatMs and ≫ a round trip. */
  readonly electionTimeoutMs: Ms;
  readonly heartbeatMs: Ms;
  /** raft: the last so many replicas stand by outside the first configuration, until an operator adds one. */
  readonly spares: number;
  /** raft: a replica takes a snapshot of what it applied, and shortens its log, every so many entries; 0: never. */
  readonly snapshotEvery: number;
  /** raft: who would stand for election first asks whether it could win, so that a replica that was away deposes nobody. */
  readonly preVote: boolean;
  /**
   * raft, at linearizable: how a read makes sure that it is not stale. `readIndex`: the leader has a quorum confirm it;
   * `lease`: it trusts its clock since the last confirmation; `follower`: any replica asks the leader for a read index.
   */
  readonly reads: "readIndex" | "lease" | "follower";
  /** raft, lease: clocks of two replicas are taken to drift apart by less than this, parts per million. */
  readonly leaseMarginPpm: number;
  /** How long a replica waits for others on behalf of one request before it gives up, ms. */
  readonly requestTimeoutMs: Ms;
}

/** gossip: how news goes round. */
export interface GossipConfig {
  /** Who tells whom when two replicas meet: the caller (`push`), the one called (`pull`), or both. */
  readonly style: "push" | "pull" | "pushPull";
  /** Replicas that each calls in a round, ≥ 1. */
  readonly fanout: number;
  /** Time between two rounds of a replica, ms. */
  readonly intervalMs: Ms;
}

/** Where the replicas of a group stand, for predictions: one-way delays between zones and costs of a request. */
export interface Topology {
  /** Zone of each replica. */
  readonly replicaZones: readonly number[];
  /** Zones with clients. */
  readonly clientZones: readonly number[];
  legMsP50(fromZone: number, toZone: number): Ms;
  legMsP99(fromZone: number, toZone: number): Ms;
  readonly readMs: Ms;
  readonly writeMs: Ms;
  readonly syncMs: Ms;
  /** How CPU times vary around `readMs` and `writeMs`. */
  readonly spread: "exponential" | "fixed";
}

/** What a stop promises to cost, worked out from the level's own topology. */
export interface StopPrediction {
  readonly readMsP50: Ms;
  readonly readMsP99: Ms;
  readonly writeMsP50: Ms;
  readonly writeMsP99: Ms;
  /** What clients on the cut-off side of a partition (the side without the primary, leader or quorum) get. */
  readonly cutOffReads: "serves" | "refuses" | "bounded";
  readonly cutOffWrites: "serves" | "refuses";
  /** Replicas that work on one read and one write: the price of a stop grows with them. */
  readonly readCost: number;
  readonly writeCost: number;
}

/**
 * How replicas agree: a step from (state, event) to (state, messages), with no network, disk or clock of its own.
 * Methods change the state in place; state is plain data, so that a match can be copied and hashed.
 */
export interface Protocol<State, Message> {
  readonly name: string;
  /** One sentence for the catalogue. */
  readonly about: string;
  /** Paper and section. */
  readonly source: string;
  /** Where it departs from its sources, a sentence each, for the catalogue. */
  readonly simplified?: readonly string[];
  /** True when replicas talk over connections that keep their order, as TCP does; false when each message travels alone. */
  readonly ordered: boolean;
  /** Stops that this protocol can honour, weakest first. */
  readonly stops: readonly Stop[];
  start(io: ReplicaIo<Message>, config: ReplicationConfig): State;
  /** After a crash: keeps what was durable, loses the rest, and starts again. `diskLost` keeps nothing. */
  recover(state: State, io: ReplicaIo<Message>, diskLost: boolean): State;
  receive(state: State, io: ReplicaIo<Message>, from: ReplicaId, message: Message): void;
  timer(state: State, io: ReplicaIo<Message>, name: number): void;
  synced(state: State, io: ReplicaIo<Message>, token: number): void;
  /** A client's request, to be answered now or later through `io.answer(request, …)`. */
  request(state: State, io: ReplicaIo<Message>, request: number, body: StoreRequest): void;
  /** The dial was turned, or quorum sizes were set. */
  configure(state: State, io: ReplicaIo<Message>, config: ReplicationConfig): void;
  /** False when this protocol has no such order. */
  command(state: State, io: ReplicaIo<Message>, command: Command): boolean;
  status(state: State): ReplicaStatus;
  /** The registers that the log feeds; left out by protocols without a log, whose keys can't change hands. */
  registers?(state: State): Registers;
  /** What its messages say, for who looks from outside. */
  readonly telling: Telling<Message>;
  /** Number of writes that this message carries, for drawing and for byte counts; 0 for heartbeats and answers. */
  payload(message: Message): number;
  predict(topology: Topology, config: ReplicationConfig): StopPrediction;
}
