import type { ReplicaId, StoreRequest } from "../protocol.ts";

/** One place of the log: the command, and the term in which a leader took it. A null command is the no-op of a new leader. */
export interface Entry {
  readonly term: number;
  readonly command: StoreRequest | null;
}

/** The RPCs of the paper's figure 2, request and answer each a message of its own. Messages are never changed. */
export type RaftMessage = RequestVote | Vote | AppendEntries | Appended | DiskLost | Whereabouts;

/** A candidate asks for a vote. Source: figure 2, RequestVote RPC. */
export interface RequestVote {
  readonly type: "requestVote";
  readonly term: number;
  readonly lastLogIndex: number;
  readonly lastLogTerm: number;
}

/** The answer to `requestVote`. */
export interface Vote {
  readonly type: "vote";
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

/** A replica whose disk was lost asks where the others are. */
export interface DiskLost {
  readonly type: "diskLost";
}

/** The answer to `diskLost`: this replica's term, and the end of its log if it leads that term, else −1. */
export interface Whereabouts {
  readonly type: "whereabouts";
  readonly term: number;
  readonly leaderLastIndex: number;
}

/** What a leader sends as entries when there are none. */
export const NO_ENTRIES: readonly Entry[] = [];

/** Nobody: no vote given, no leader known. */
export const NOBODY: ReplicaId = -1;
