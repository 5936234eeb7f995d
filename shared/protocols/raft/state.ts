import type { Us } from "../../core/time.ts";
import { createFifo, type Fifo } from "../fifo.ts";
import type { ParkedRead } from "../parkedReads.ts";
import { createProgress, type Progress } from "../progress.ts";
import type { ReplicaId, ReplicaIo, ReplicationConfig } from "../protocol.ts";
import { createRegisters, type PendingRead, type Registers } from "../registers.ts";
import { NOBODY, type Entry, type RaftMessage, type Snapshot } from "./messages.ts";

/** What a Raft replica may ask of the world. */
export type RaftIo = ReplicaIo<RaftMessage>;

/** Persistent state of figure 2 as the disk has it; of the log in memory it has all entries up to `lastIndex`. */
export interface Stable {
  currentTerm: number;
  votedFor: ReplicaId;
  lastIndex: number;
  /** Not needed for safety: lets a restarted replica show at once what it had applied. */
  commitIndex: number;
  /** The newest snapshot; null before the first. */
  snapshot: Snapshot | null;
}

/** What came before the first entry of the log; a durable snapshot covers it. Source: section 7. */
export interface LogBase {
  readonly index: number;
  readonly term: number;
  /** Who votes, as of that index. */
  readonly members: readonly ReplicaId[];
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
  /** Who has the read: this replica, or a follower that wants to know the read index. */
  readonly asker: ReplicaId;
}

/** A snapshot on its way from the leader: how much of it has come, and whether the sync under way takes it along. */
export interface Incoming {
  readonly snapshot: Snapshot;
  rows: number;
  isSaving: boolean;
}

/** A snapshot on its way to a follower, and how much of it that follower has. */
export interface Outgoing {
  readonly snapshot: Snapshot;
  offset: number;
}

/** A replica that catches up before it may vote. Source: dissertation, section 4.2.1. */
export interface Joining {
  readonly replica: ReplicaId;
  round: number;
  /** The round ends when the replica has the log up to here. */
  untilIndex: number;
  beganAtUs: Us;
  /** Election timeouts in a row in which it was not heard. */
  silences: number;
}

/** The start of a round of appends by the leader's own clock. */
export interface RoundStart {
  readonly round: number;
  readonly atUs: Us;
}

/** A replica's whole state, in the order of the paper's figure 2. Entry `index` stands at `log[index − 1 − base.index]`. */
export interface RaftState {
  readonly self: ReplicaId;
  config: ReplicationConfig;
  role: "follower" | "candidate" | "leader";
  currentTerm: number;
  votedFor: ReplicaId;
  base: LogBase;
  log: Entry[];
  commitIndex: number;
  registers: Registers;
  /** Newest snapshot taken or installed. */
  snapshot: Snapshot | null;

  /** Who votes, by the newest configuration in the log, and the index where it stands. */
  members: readonly ReplicaId[];
  membersIndex: number;

  /** What is durable, and what will be when the sync under way ends; `saveWanted`: something came since. */
  readonly saved: Stable;
  readonly saving: Stable;
  isSaving: boolean;
  saveWanted: boolean;

  /** Leader of this term as far as known, and when it was last heard, by this replica's own clock (null: never). */
  leader: ReplicaId;
  heardAtUs: Us | null;
  /** Follower: up to here the log is known to be the leader's. */
  verifiedIndex: number;
  /** Follower: up to here the leader was told that the log is durable. */
  toldIndex: number;
  /** Follower: newest round of the leader heard, and whether an append of its waits for an answer. */
  heardRound: number;
  owesAnswer: boolean;
  /** Follower: a snapshot that the leader is sending. */
  incoming: Incoming | null;
  /** A vote was given and is told to `votedFor` once durable. */
  voteToTell: boolean;

  /** Who would vote for this replica, while it asks (null: it does not). */
  preVotes: boolean[] | null;
  /** Candidate: who voted for it; it asks once its own vote is durable; the old leader wanted this election. */
  votes: boolean[];
  voteToAsk: boolean;
  isTransfer: boolean;

  /** Leader: what it knows of each follower, and whom it heard since the last check of its quorum. */
  progress: Progress;
  readonly heardSinceCheck: boolean[];
  /** Leader: the snapshot that each follower is being sent, or null. */
  outgoing: (Outgoing | null)[];
  /** Leader: index of the no-op that began its term. */
  termStartIndex: number;
  readonly writes: Fifo<PendingWrite>;
  readonly reads: Fifo<PendingRaftRead>;
  /** Leader: who catches up to become a member, and who was taken out by a change that is not committed yet. */
  joining: Joining | null;
  leaving: ReplicaId;
  /** Leader: to whom it hands over, and whether it has asked anybody to stand in this term. */
  transferTo: ReplicaId;
  transferAsked: boolean;
  /** Leader, lease reads: rounds that are not confirmed yet, and the start of the newest one that is. */
  readonly roundStarts: Fifo<RoundStart>;
  leaseStartUs: Us | null;

  /** Reads that wait here for an index to be applied, at any replica. */
  readonly parked: ParkedRead[];

  /** The disk was lost: takes no part until it knows where the others are (null: has not lost its disk). */
  whereabouts: { readonly terms: (number | null)[]; members: readonly ReplicaId[] | null } | null;
  /** After a lost disk: neither votes nor stands for election until its log has come this far. */
  electableFrom: number;
}

/** Timers of a Raft replica. */
export const TIMER = { election: 0, heartbeat: 1, checkQuorum: 2, sweep: 3, askWhereabouts: 4, transfer: 5 } as const;

/** A follower of term 0 with an empty log. All replicas vote but the last `config.spares`. */
export function createState({ self, replicas }: RaftIo, config: ReplicationConfig): RaftState {
  const members = Array.from({ length: Math.max(1, replicas - config.spares) }, (_, replica) => replica);
  return {
    self,
    config,
    role: "follower",
    currentTerm: 0,
    votedFor: NOBODY,
    base: { index: 0, term: 0, members },
    log: [],
    commitIndex: 0,
    registers: createRegisters(),
    snapshot: null,
    members,
    membersIndex: 0,
    saved: createStable(),
    saving: createStable(),
    isSaving: false,
    saveWanted: false,
    leader: NOBODY,
    heardAtUs: null,
    verifiedIndex: 0,
    toldIndex: 0,
    heardRound: 0,
    owesAnswer: false,
    incoming: null,
    voteToTell: false,
    preVotes: null,
    votes: [],
    voteToAsk: false,
    isTransfer: false,
    progress: createProgress(replicas, 0),
    heardSinceCheck: new Array<boolean>(replicas).fill(false),
    outgoing: new Array<Outgoing | null>(replicas).fill(null),
    termStartIndex: 0,
    writes: createFifo(),
    reads: createFifo(),
    joining: null,
    leaving: NOBODY,
    transferTo: NOBODY,
    transferAsked: false,
    roundStarts: createFifo(),
    leaseStartUs: null,
    parked: [],
    whereabouts: null,
    electableFrom: 0,
  };
}

function createStable(): Stable {
  return { currentTerm: 0, votedFor: NOBODY, lastIndex: 0, commitIndex: 0, snapshot: null };
}
