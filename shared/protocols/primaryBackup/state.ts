import type { Us } from "../../core/time.ts";
import { createFifo, type Fifo } from "../fifo.ts";
import type { ParkedRead } from "../parkedReads.ts";
import { createProgress, type Progress } from "../progress.ts";
import type { ReplicaId, ReplicaIo, ReplicationConfig } from "../protocol.ts";
import { createRegisters, type PendingRead, type Registers } from "../registers.ts";
import { createLeaseState, type LeaseState } from "./leases.ts";
import type { Entry, PrimaryBackupMessage } from "./messages.ts";

/** What a replica of a primary-backup group may ask of the world. */
export type PrimaryBackupIo = ReplicaIo<PrimaryBackupMessage>;

/** What the disk has; the log is the first `lastIndex` entries of the log in memory. */
export interface Stable {
  view: number;
  leading: boolean;
  lastIndex: number;
  committedIndex: number;
}

/** A write that is answered when its entry is committed. */
export interface PendingWrite {
  readonly request: number;
  readonly index: number;
}

/** A read that waits at the primary until its index is committed and, in mode sync, every member confirmed its round. */
export interface PendingConfirmedRead extends PendingRead {
  readonly round: number;
  readonly index: number;
  sweeps: number;
}

/** A replica's whole state. Entry `index` stands at `log[index − 1]`. */
export interface PrimaryBackupState {
  config: ReplicationConfig;
  /** View as far as known. Its primary is the replica `view mod replicas`, so no two replicas lead the same view. */
  view: number;
  /** This replica is the primary of `view` and serves as such. */
  leading: boolean;
  /** Primary of `view`, or −1 when it is known to lead no more. */
  primary: ReplicaId;
  log: Entry[];
  /** Entries that count: applied, and answered if they were asked for here. */
  committedIndex: number;
  registers: Registers;

  /** What is durable, and what will be when the sync under way ends; `saveWanted`: something came since. */
  readonly saved: Stable;
  readonly saving: Stable;
  isSaving: boolean;
  saveWanted: boolean;

  /** Primary: who must have a write before it is committed in mode sync; this replica included. */
  members: readonly ReplicaId[];
  progress: Progress;
  /** Primary: length of the log when its view began. */
  inheritedIndex: number;
  readonly writes: Fifo<PendingWrite>;
  readonly reads: Fifo<PendingConfirmedRead>;
  /** Primary in mode semiSync: a write waits for backups; none answered in time, so writes wait no longer. */
  isWaiting: boolean;
  isDegraded: boolean;
  readonly lease: LeaseState;

  /** Backup: up to here the log is known to be the primary's, and the primary was told that it is durable. */
  verifiedIndex: number;
  toldIndex: number;
  heardRound: number;
  owesAnswer: boolean;
  /** Backup: time on the primary's clock as of which this replica has all; −1 before it has. */
  asOfUs: Us;
  /** Backup: this node's clock when the primary was last heard. */
  heardAtUs: Us;
  /** The disk was lost and the primary's log has not been copied yet: what is here is no answer to anything. */
  isCopying: boolean;

  /** Session reads that wait for an index to be applied. */
  readonly parked: ParkedRead[];
}

/** Timers of a replica. */
export const TIMER = { heartbeat: 0, sweep: 1, degrade: 2 } as const;

/** State at the start of the first view, whose primary is the replica `config.primary`. */
export function createState(io: PrimaryBackupIo, config: ReplicationConfig): PrimaryBackupState {
  const leading = io.self === config.primary;
  return {
    config,
    view: config.primary,
    leading,
    primary: config.primary,
    log: [],
    committedIndex: 0,
    registers: createRegisters(),
    saved: { view: config.primary, leading, lastIndex: 0, committedIndex: 0 },
    saving: { view: config.primary, leading, lastIndex: 0, committedIndex: 0 },
    isSaving: false,
    saveWanted: false,
    members: Array.from({ length: io.replicas }, (_, replica) => replica),
    progress: createProgress(io.replicas, 0),
    inheritedIndex: 0,
    writes: createFifo(),
    reads: createFifo(),
    isWaiting: false,
    isDegraded: false,
    lease: createLeaseState(io.replicas),
    verifiedIndex: 0,
    toldIndex: 0,
    heardRound: 0,
    owesAnswer: false,
    asOfUs: -1,
    heardAtUs: 0,
    isCopying: false,
    parked: [],
  };
}

/** Who leads a view. Source: Liskov & Cowling 2012, section 4: the primary is determined by the view number. */
export function primaryOf(view: number, io: PrimaryBackupIo): ReplicaId {
  return view % io.replicas;
}
