import type { ReplicaId, StoreRequest } from "../protocol.ts";
import type { Registers } from "../registers.ts";

/** One place of the log: the command, and the term in which a leader took it. A null command is the no-op of a new leader. */
export interface Entry {
  readonly term: number;
  readonly command: StoreRequest | null;
  /** A change of membership: who votes from this entry on. Source: dissertation, section 4.1. */
  readonly members?: readonly ReplicaId[];
}

/** What the log said up to one index, in a form that no longer grows with it. Source: section 7, figure 12. */
export interface Snapshot {
  readonly lastIncludedIndex: number;
  readonly lastIncludedTerm: number;
  /** Who votes, as of that index. */
  readonly members: readonly ReplicaId[];
  readonly registers: Readonly<Registers>;
  /** Its size: registers, and operations remembered against being applied twice. */
  readonly rows: number;
}

/** The RPCs of the paper, request and answer each a message of its own. Messages are never changed. */
export type RaftMessage =
  | RequestVote
  | Vote
  | RequestPreVote
  | PreVote
  | AppendEntries
  | Appended
  | InstallSnapshot
  | SnapshotReceived
  | TimeoutNow
  | ReadIndex
  | ReadIndexAnswer
  | DiskLost
  | Whereabouts;

/** A candidate asks for a vote. Source: figure 2, RequestVote RPC. */
export interface RequestVote {
  readonly type: "requestVote";
  readonly term: number;
  readonly lastLogIndex: number;
  readonly lastLogTerm: number;
  /** The leader itself wants this election: nobody holds back for its sake. Source: dissertation, section 4.2.3. */
  readonly isTransfer: boolean;
}

/** The answer to `requestVote`. */
export interface Vote {
  readonly type: "vote";
  readonly term: number;
  readonly voteGranted: boolean;
}

/** Would you vote for me in this term, were I to begin it? Source: dissertation, section 9.6. */
export interface RequestPreVote {
  readonly type: "requestPreVote";
  /** The term that would begin: one more than the sender's. */
  readonly term: number;
  readonly lastLogIndex: number;
  readonly lastLogTerm: number;
}

/** The answer to `requestPreVote`: with a yes the term that was asked for, with a no the term of who answers. */
export interface PreVote {
  readonly type: "preVote";
  readonly term: number;
  readonly voteGranted: boolean;
}

/** A leader replicates entries; without entries a heartbeat. Source: figure 2, AppendEntries RPC. */
export interface AppendEntries {
  readonly type: "appendEntries";
  readonly term: number;
  readonly prevLogIndex: number;
  readonly prevLogTerm: number;
  readonly entries: readonly Entry[];
  readonly leaderCommit: number;
  /** Counts the leader's rounds of sending; the answer names it, which confirms the leadership for reads. */
  readonly round: number;
}

/** The answer to `appendEntries`, sent once what it claims is durable. */
export interface Appended {
  readonly type: "appended";
  readonly term: number;
  readonly success: boolean;
  /** Success: the log is durable here and the leader's up to this index. Else: the logs part after this one at the latest. */
  readonly index: number;
  /** Newest round heard in this term. */
  readonly round: number;
}

/**
 * A leader sends the next part of its snapshot to a follower that needs entries which the leader no longer has.
 * Source: figure 13, InstallSnapshot RPC. Simplified: a part of a snapshot names its rows instead of copying them.
 */
export interface InstallSnapshot {
  readonly type: "installSnapshot";
  readonly term: number;
  readonly snapshot: Snapshot;
  /** Rows sent before this part, and rows of this part; none: a heartbeat. */
  readonly offset: number;
  readonly rows: number;
  readonly round: number;
}

/** The answer to each part but the last; that one is answered by `appended`, once the whole snapshot is durable. */
export interface SnapshotReceived {
  readonly type: "snapshotReceived";
  readonly term: number;
  readonly lastIncludedIndex: number;
  /** Rows that are here: the offset of the part to send next. */
  readonly rows: number;
  readonly round: number;
}

/** The leader asks this follower to stand for election at once. Source: dissertation, section 3.10. */
export interface TimeoutNow {
  readonly type: "timeoutNow";
  readonly term: number;
}

/** A follower asks how far it must have applied before it answers a read. Source: dissertation, section 6.4. */
export interface ReadIndex {
  readonly type: "readIndex";
  readonly term: number;
  /** The follower's own number of the read. */
  readonly request: number;
}

/** The answer to `readIndex`, once a majority confirmed that its sender still led when it was asked. */
export interface ReadIndexAnswer {
  readonly type: "readIndexAnswer";
  readonly term: number;
  readonly request: number;
  readonly readIndex: number;
}

/** A replica whose disk was lost asks where the others are. */
export interface DiskLost {
  readonly type: "diskLost";
}

/**
 * The answer to `diskLost`: this replica's term; and, if it leads that term and no change of membership is under way,
 * the end of its log and who votes, else −1 and nobody.
 */
export interface Whereabouts {
  readonly type: "whereabouts";
  readonly term: number;
  readonly leaderLastIndex: number;
  readonly members: readonly ReplicaId[];
}

/** What a leader sends as entries when there are none. */
export const NO_ENTRIES: readonly Entry[] = [];

/** Nobody: no vote given, no leader known. */
export const NOBODY: ReplicaId = -1;
