import { createFifo, type Fifo } from "../fifo.ts";
import type { ParkedRead } from "../parkedReads.ts";
import { createProgress, type Progress } from "../progress.ts";
import type { ReplicaId, ReplicaIo, ReplicationConfig } from "../protocol.ts";
import { createRegisters, type PendingRead, type Registers } from "../registers.ts";
import { NOBODY, type Entry, type RaftMessage } from "./messages.ts";

/** What a Raft replica may ask of the world. */
export type RaftIo = ReplicaIo<RaftMessage>;

/** Persistent state of figure 2 as the disk has it; the log is the first `lastIndex` entries of the log in memory. */
export interface Stable {
  currentTerm: number;
  votedFor: ReplicaId;
  lastIndex: number;
  /** Not needed for safety: lets a restarted replica show at once what it had applied. */
  commitIndex: number;
}

/** A write whose answer waits for its entry to be applied. */
export interface PendingWrite {
  readonly request: number;
  readonly index: number;
}

/** A linearizable read: waits until its round is confirmed and its index applied. */
export interface PendingRaftRead extends PendingRead {
  readonly round: number;
  readonly readIndex: number;
}

/** A replica's whole state, in the order of the paper's figure 2. Entry `index` stands at `log[index − 1]`. */
export interface RaftState {
  config: ReplicationConfig;
  role: "follower" | "candidate" | "leader";
  currentTerm: number;
  votedFor: ReplicaId;
  log: Entry[];
  commitIndex: number;
  registers: Registers;

  /** What is durable, and what will be when the sync under way ends; `saveWanted`: something came since. */
  readonly saved: Stable;
  readonly saving: Stable;
  isSaving: boolean;
  saveWanted: boolean;

  /** Leader of this term as far as known. */
  leader: ReplicaId;
  /** Follower: up to here the log is known to be the leader's. */
  verifiedIndex: number;
  /** Follower: up to here the leader was told that the log is durable. */
  toldIndex: number;
  /** Follower: newest round of the leader heard, and whether an append of its waits for an answer. */
  heardRound: number;
  owesAnswer: boolean;
  /** A vote was given and is told to `votedFor` once durable. */
  voteToTell: boolean;

  /** Candidate: who voted for it; it asks once its own vote is durable. */
  votes: boolean[];
  voteToAsk: boolean;

  /** Leader: what it knows of each follower, and whom it heard since the last check of its quorum. */
  progress: Progress;
  readonly heardSinceCheck: boolean[];
  /** Leader: index of the no-op that began its term. */
  termStartIndex: number;
  readonly writes: Fifo<PendingWrite>;
  readonly reads: Fifo<PendingRaftRead>;

  /** Session reads that wait for an index to be applied, at any replica. */
  readonly parked: ParkedRead[];

  /** The disk was lost: takes no part until all others told where they are (null: has not lost its disk). */
  whereabouts: (number | null)[] | null;
  /** After a lost disk: neither votes nor stands for election until its log has come this far. */
  electableFrom: number;
}

/** Timers of a Raft replica. */
export const TIMER = { election: 0, heartbeat: 1, checkQuorum: 2, sweep: 3, askWhereabouts: 4 } as const;

/** A follower of term 0 with an empty log. */
export function createState(replicas: number, config: ReplicationConfig): RaftState {
  return {
    config,
    role: "follower",
    currentTerm: 0,
    votedFor: NOBODY,
    log: [],
    commitIndex: 0,
    registers: createRegisters(),
    saved: { currentTerm: 0, votedFor: NOBODY, lastIndex: 0, commitIndex: 0 },
    saving: { currentTerm: 0, votedFor: NOBODY, lastIndex: 0, commitIndex: 0 },
    isSaving: false,
    saveWanted: false,
    leader: NOBODY,
    verifiedIndex: 0,
    toldIndex: 0,
    heardRound: 0,
    owesAnswer: false,
    voteToTell: false,
    votes: [],
    voteToAsk: false,
    progress: createProgress(replicas, 0),
    heardSinceCheck: new Array<boolean>(replicas).fill(false),
    termStartIndex: 0,
    writes: createFifo(),
    reads: createFifo(),
    parked: [],
    whereabouts: null,
    electableFrom: 0,
  };
}
