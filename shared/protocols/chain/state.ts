import type { Us } from "../../core/time.ts";
import { createFifo, type Fifo } from "../fifo.ts";
import { firstMembership, type Membership } from "../membership.ts";
import type { ParkedRead } from "../parkedReads.ts";
import { createProgress, type Progress } from "../progress.ts";
import type { ReplicaId, ReplicaIo, ReplicationConfig, StoreRequest } from "../protocol.ts";
import { createRegisters, type PendingRead, type Registers } from "../registers.ts";
import type { ChainMessage } from "./messages.ts";

/** What a replica of a chain may ask of the world. */
export type ChainIo = ReplicaIo<ChainMessage>;

/** What the disk has; the history is the first `lastIndex` updates of the one in memory. */
export interface Stable {
  lastIndex: number;
  committedIndex: number;
  establishedIn: number;
  stampUs: Us;
  /** The successor's stamp to whom the chain was handed over, and the configuration in which that was. */
  handedTo: Us;
  configuration: number;
  lineage: number;
}

/** A read of a dirty key, which waits for the tail to say what counts. */
export interface PendingQuery extends PendingRead {
  readonly query: number;
  sweeps: number;
}

/**
 * A replica's whole state. `history` is the paper's Hist: update `index` stands at `history[index − 1]`. The paper's
 * Sent is its part after `committedIndex`: sent on, and not yet known to be acknowledged by the tail.
 */
export interface ChainState {
  readonly self: ReplicaId;
  config: ReplicationConfig;
  /** The chain from head to tail, as the master said last. */
  membership: Membership;
  history: StoreRequest[];
  /** Configuration, plus one, in which a head that had not everything began this history; 0 for the first. */
  lineage: number;
  /** Updates that the tail has acknowledged: the clean ones. Registers hold exactly these. */
  committedIndex: number;
  registers: Registers;
  /** By key: index of its newest update in the history; the key is dirty while that is not committed. */
  newestIndex: Map<number, number>;

  readonly saved: Stable;
  readonly saving: Stable;
  isSaving: boolean;
  saveWanted: boolean;

  /** The configuration in which this replica joined, once it holds all that counts; −1 while it catches up. */
  establishedIn: number;
  /** When it joined, by its own clock; grows with every joining. */
  stampUs: Us;
  /** Joining: where it takes over the end of the chain; −1 until its predecessor says. */
  takeOverIndex: number;

  /** What it has sent its successor, and what is known of that one: unknown after a restart and in a new configuration. */
  progress: Progress;
  successor: "unknown" | "joining" | "established";
  successorStampUs: Us;
  /** Nobody beyond the successor is established. */
  successorIsEnd: boolean;
  /** Stamp of the successor to whom the chain was handed over, up to `handOverIndex`; −1 for none. */
  handedTo: Us;
  handOverIndex: number;

  /** Newest round of the predecessor, and whether it waits for an answer. */
  heardRound: number;
  owesAnswer: boolean;
  toldIndex: number;

  /** Who acknowledged last, when by this node's clock, and as of when on the tail's. */
  tail: ReplicaId;
  heardAtUs: Us;
  asOfUs: Us;

  /** Head: writes that are answered when their update is committed. */
  readonly writes: Fifo<{ readonly request: number; readonly index: number }>;
  readonly queries: Fifo<PendingQuery>;
  query: number;
  /** Session reads that wait for an index to be committed. */
  readonly parked: ParkedRead[];
}

/** Timers of a replica. */
export const TIMER = { heartbeat: 0, sweep: 1 } as const;

/** State at the start: everybody is of the chain, in the order of the replicas. */
export function createState(io: ChainIo, config: ReplicationConfig): ChainState {
  const stable = { lastIndex: 0, committedIndex: 0, establishedIn: 0, stampUs: 0, handedTo: -1, configuration: 0, lineage: 0 };
  return {
    self: io.self,
    config,
    membership: firstMembership(io.replicas),
    history: [],
    lineage: 0,
    committedIndex: 0,
    registers: createRegisters(),
    newestIndex: new Map(),
    saved: { ...stable },
    saving: { ...stable },
    isSaving: false,
    saveWanted: false,
    establishedIn: 0,
    stampUs: 0,
    takeOverIndex: -1,
    progress: createProgress(io.replicas, 0),
    successor: "unknown",
    successorStampUs: -1,
    successorIsEnd: false,
    handedTo: -1,
    handOverIndex: 0,
    heardRound: 0,
    owesAnswer: false,
    toldIndex: 0,
    tail: io.replicas - 1,
    heardAtUs: 0,
    asOfUs: -1,
    writes: createFifo(),
    queries: createFifo(),
    query: 0,
    parked: [],
  };
}
