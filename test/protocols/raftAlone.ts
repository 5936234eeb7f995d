import type { ReplicationConfig, StoreRequest } from "../../shared/protocols/protocol.ts";
import type {
  AppendEntries,
  Entry,
  RaftMessage,
  RequestVote,
  Whereabouts,
} from "../../shared/protocols/raft/messages.ts";
import { raft } from "../../shared/protocols/raft/raft.ts";
import { TIMER, type RaftState } from "../../shared/protocols/raft/state.ts";
import { LoneReplica } from "./loneReplica.ts";

/** One Raft replica with nobody around it. */
export type Replica = LoneReplica<RaftState, RaftMessage>;

/** A write of a value to key 1. */
export const command = (value: number): StoreRequest => ({
  operation: value,
  kind: "write",
  key: 1,
  argument: value,
  expected: null,
  sessionPosition: 0,
});
/** Entries of these terms. */
export const entriesOf = (...terms: number[]): Entry[] =>
  terms.map((term, place) => ({ term, command: command(place + 1) }));

/** How a replica stands at first. */
export interface Standing {
  readonly replicas?: number;
  readonly term?: number;
  readonly log?: readonly Entry[];
  readonly config?: Partial<ReplicationConfig>;
}

/** A follower, number 1 of so many, with these entries in its log, all durable. */
export function follower({ replicas = 3, term = 1, log = [], config = {} }: Standing = {}): Replica {
  const replica = new LoneReplica({ protocol: raft, self: 1, replicas, config });
  replica.state.log = log.slice();
  replica.state.currentTerm = term;
  replica.state.saved.currentTerm = term;
  replica.state.saved.lastIndex = log.length;
  return replica;
}

/** The same, elected by replica 0 and those of greater number as far as needed. */
export function leader({ replicas = 3, term = 1, log = [], config = {} }: Standing = {}): Replica {
  const replica = follower({ replicas, term: term - 1, log, config });
  replica.rings(TIMER.election);
  replica.syncs();
  const voters = replicas - (config.spares ?? 0) <= 3 ? [0] : [0, 2];
  if (config.preVote) for (const from of voters) replica.hears(from, { type: "preVote", term, voteGranted: true });
  replica.syncs();
  for (const from of voters) replica.hears(from, { type: "vote", term, voteGranted: true });
  return replica;
}

/** The leader of a cluster of one. */
export function onlyReplica(config: Partial<ReplicationConfig> = {}): Replica {
  const replica = new LoneReplica({ protocol: raft, self: 0, replicas: 1, config });
  replica.rings(TIMER.election);
  replica.syncs();
  return replica;
}

/** A candidate's request of term 1, with an empty log, or what it is changed to. */
export const requestVote = (change: Partial<RequestVote>): RequestVote => ({
  type: "requestVote",
  term: 1,
  lastLogIndex: 0,
  lastLogTerm: 0,
  isTransfer: false,
  ...change,
});
/** Where a follower of three is, or what it is changed to. */
export const whereabouts = (change: Partial<Whereabouts>): Whereabouts => ({
  type: "whereabouts",
  term: 1,
  leaderLastIndex: -1,
  members: [0, 1, 2],
  ...change,
});
/** A heartbeat of term 1, or what it is changed to. */
export const append = (change: Partial<AppendEntries>): AppendEntries => ({
  type: "appendEntries",
  term: 1,
  prevLogIndex: 0,
  prevLogTerm: 0,
  entries: [],
  leaderCommit: 0,
  round: 1,
  ...change,
});
/** A success of term 1, or what it is changed to. */
export const appended = (change: Partial<Extract<RaftMessage, { type: "appended" }>>): RaftMessage => ({
  type: "appended",
  term: 1,
  success: true,
  index: 0,
  round: 1,
  ...change,
});
/** Terms of the entries in its log. */
export const termsIn = (replica: Replica): number[] => replica.state.log.map(({ term }) => term);
/** What it has sent since the last time, whoever to. */
export const messages = (replica: Replica): RaftMessage[] => replica.sent().map(({ message }) => message);
