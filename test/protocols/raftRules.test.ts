import { describe, expect, test } from "vitest";
import type { StoreRequest } from "../../shared/protocols/protocol.ts";
import type { AppendEntries, Entry, RaftMessage } from "../../shared/protocols/raft/messages.ts";
import { raft } from "../../shared/protocols/raft/raft.ts";
import { TIMER, type RaftState } from "../../shared/protocols/raft/state.ts";
import { CONFIG } from "./cluster.ts";
import { LoneReplica } from "./loneReplica.ts";

type Replica = LoneReplica<RaftState, RaftMessage>;

const command = (value: number): StoreRequest => ({
  operation: value,
  kind: "write",
  key: 1,
  argument: value,
  expected: null,
  sessionPosition: 0,
});
const entriesOf = (...terms: number[]): Entry[] => terms.map((term, place) => ({ term, command: command(place + 1) }));

/** A follower, number 1 of so many, with entries of these terms in its log, all durable. */
function follower({ replicas = 3, term = 1, log = [] as Entry[] } = {}): Replica {
  const replica = new LoneReplica({ protocol: raft, self: 1, replicas });
  replica.state.log = log.slice();
  replica.state.currentTerm = term;
  replica.state.saved.currentTerm = term;
  replica.state.saved.lastIndex = log.length;
  return replica;
}

/** The same, elected by replica 0 and those of greater number as far as needed. */
function leader({ replicas = 3, term = 1, log = [] as Entry[] } = {}): Replica {
  const replica = follower({ replicas, term: term - 1, log });
  replica.rings(TIMER.election);
  replica.syncs();
  const voters = replicas === 3 ? [0] : [0, 2];
  for (const from of voters) replica.hears(from, { type: "vote", term, voteGranted: true });
  return replica;
}

/** The leader of a cluster of one. */
function onlyReplica(): Replica {
  const replica = new LoneReplica({ protocol: raft, self: 0, replicas: 1 });
  replica.rings(TIMER.election);
  replica.syncs();
  return replica;
}

const append = (change: Partial<AppendEntries>): AppendEntries => ({
  type: "appendEntries",
  term: 1,
  prevLogIndex: 0,
  prevLogTerm: 0,
  entries: [],
  leaderCommit: 0,
  round: 1,
  ...change,
});
const appended = (change: Partial<Extract<RaftMessage, { type: "appended" }>>): RaftMessage => ({
  type: "appended",
  term: 1,
  success: true,
  index: 0,
  round: 1,
  ...change,
});
const termsIn = (replica: Replica): number[] => replica.state.log.map(({ term }) => term);
const messages = (replica: Replica): RaftMessage[] => replica.sent().map(({ message }) => message);

describe("section 5.1, terms", () => {
  test("a server that sees a larger term takes it over and becomes a follower", () => {
    const old = leader({ term: 3 });
    old.hears(2, append({ term: 5 }));
    expect(old.state).toMatchObject({ role: "follower", currentTerm: 5, leader: 2 });
  });

  test("a request with a stale term is rejected, and the answer tells the newer one", () => {
    const replica = follower({ term: 4 });
    replica.hears(0, append({ term: 3 }));
    replica.hears(2, { type: "requestVote", term: 3, lastLogIndex: 9, lastLogTerm: 3 });
    expect(messages(replica)).toMatchObject([
      { type: "appended", success: false, term: 4 },
      { type: "vote", voteGranted: false, term: 4 },
    ]);
  });
});

describe("section 5.2, leader election", () => {
  test("a follower that hears nothing raises its term, votes for itself and asks all others", () => {
    const replica = follower({ term: 1 });
    replica.rings(TIMER.election);
    replica.syncs();
    expect(replica.state).toMatchObject({ role: "candidate", currentTerm: 2, votedFor: 1 });
    expect(replica.sent().map(({ to, message }) => [to, message.type])).toEqual([
      [0, "requestVote"],
      [2, "requestVote"],
    ]);
  });

  test("a candidate wins with votes from a majority, and not with one less", () => {
    const replica = follower({ replicas: 5, term: 0 });
    replica.rings(TIMER.election);
    replica.syncs();
    replica.hears(0, { type: "vote", term: 1, voteGranted: true });
    replica.hears(0, { type: "vote", term: 1, voteGranted: true });
    expect(replica.state.role).toBe("candidate");
    replica.hears(4, { type: "vote", term: 1, voteGranted: true });
    expect(replica.state.role).toBe("leader");
  });

  test("votes of an earlier term count for nothing", () => {
    const replica = follower({ term: 0 });
    for (let election = 0; election < 2; election++) replica.rings(TIMER.election);
    replica.syncs();
    replica.hears(0, { type: "vote", term: 1, voteGranted: true });
    expect(replica.state).toMatchObject({ role: "candidate", currentTerm: 2 });
  });

  test("each server votes for at most one candidate in a term, first come first served", () => {
    const replica = follower({ term: 0 });
    replica.hears(2, { type: "requestVote", term: 1, lastLogIndex: 0, lastLogTerm: 0 });
    replica.syncs();
    replica.hears(0, { type: "requestVote", term: 1, lastLogIndex: 0, lastLogTerm: 0 });
    expect(replica.sent()).toMatchObject([
      { to: 2, message: { voteGranted: true } },
      { to: 0, message: { voteGranted: false } },
    ]);
  });

  test("a candidate that hears from a leader of its own term becomes a follower", () => {
    const replica = follower({ term: 0 });
    replica.rings(TIMER.election);
    replica.hears(2, append({ term: 1 }));
    expect(replica.state).toMatchObject({ role: "follower", leader: 2, currentTerm: 1 });
  });

  test("a candidate that hears from a leader of an older term stays one", () => {
    const replica = follower({ term: 3 });
    replica.rings(TIMER.election);
    replica.hears(2, append({ term: 3 }));
    expect(replica.state).toMatchObject({ role: "candidate", currentTerm: 4 });
  });

  test("election timeouts are drawn anew from one to two times the setting", () => {
    const replica = follower();
    const drawn = [0, 0.5, 0.999].map((luck) => {
      replica.luck = luck;
      replica.rings(TIMER.election);
      return (replica.timersUs.get(TIMER.election) ?? 0) / 1_000 / CONFIG.electionTimeoutMs;
    });
    expect(drawn[0]).toBe(1);
    expect(drawn[1]).toBe(1.5);
    expect(drawn[2]).toBeCloseTo(1.999, 2);
  });

  test("a new leader sends heartbeats to all others at once", () => {
    const replica = leader();
    expect(
      replica
        .sent()
        .filter(({ message }) => message.type === "appendEntries")
        .map(({ to }) => to),
    ).toEqual([0, 2]);
  });
});

describe("section 5.3, log replication", () => {
  test("a leader appends a command to its log and sends it to all followers", () => {
    const replica = leader();
    replica.sent();
    replica.asked({ kind: "write", argument: 7 });
    const sent = messages(replica) as AppendEntries[];
    expect(sent).toHaveLength(2);
    for (const { prevLogIndex, entries } of sent) {
      expect(prevLogIndex).toBe(1);
      expect(entries.map((entry) => entry.command?.argument)).toEqual([7]);
    }
  });

  test("a write is answered when its entry is committed and applied, not before", () => {
    const replica = leader({ replicas: 5 });
    const write = replica.asked({ kind: "write", argument: 7 });
    replica.syncs();
    replica.hears(0, appended({ index: 2 }));
    expect(replica.answers.has(write)).toBe(false);
    replica.hears(2, appended({ index: 2 }));
    expect(replica.answers.get(write)).toMatchObject({ outcome: "ok", position: 2 });
  });

  test("a follower without the entry before the new ones refuses them", () => {
    const replica = follower({ log: entriesOf(1) });
    replica.hears(0, append({ prevLogIndex: 3, prevLogTerm: 1, entries: entriesOf(1) }));
    expect(messages(replica)).toMatchObject([{ success: false, index: 1 }]);
    expect(termsIn(replica)).toEqual([1]);
  });

  test("a follower deletes a conflicting entry and all that follow it", () => {
    const replica = follower({ term: 4, log: entriesOf(1, 1, 2, 2, 2) });
    replica.hears(0, append({ term: 4, prevLogIndex: 2, prevLogTerm: 1, entries: entriesOf(3, 4) }));
    expect(termsIn(replica)).toEqual([1, 1, 3, 4]);
  });

  test("an old message that repeats what a follower has deletes nothing", () => {
    const replica = follower({ log: entriesOf(1, 1, 1) });
    replica.hears(0, append({ prevLogIndex: 0, prevLogTerm: 0, entries: replica.state.log.slice(0, 1) }));
    expect(termsIn(replica)).toEqual([1, 1, 1]);
  });

  test("a follower names the end of the conflicting term, so that the leader skips it in one step", () => {
    const replica = follower({ term: 6, log: entriesOf(1, 2, 2, 2, 2) });
    replica.hears(0, append({ term: 6, prevLogIndex: 5, prevLogTerm: 5 }));
    expect(messages(replica)).toMatchObject([{ success: false, index: 1 }]);
  });

  test("a refused leader tries again further back until the logs agree", () => {
    const replica = leader({ term: 3, log: entriesOf(1, 1, 2) });
    replica.sent();
    replica.hears(0, appended({ term: 3, success: false, index: 1 }));
    expect(messages(replica)).toMatchObject([{ prevLogIndex: 1, prevLogTerm: 1, entries: { length: 3 } }]);
  });

  test("a follower commits what the leader committed, as far as its log is the leader's", () => {
    const replica = follower({ term: 2, log: entriesOf(1, 1, 1) });
    replica.hears(0, append({ term: 2, prevLogIndex: 1, prevLogTerm: 1, leaderCommit: 3 }));
    expect(replica.state.commitIndex).toBe(1);
  });

  test("the next append leaves before the last was answered", () => {
    const replica = leader();
    replica.sent();
    replica.asked({ kind: "write", argument: 7 });
    replica.asked({ kind: "write", argument: 8 });
    const toFollower = replica.sent().filter(({ to }) => to === 0);
    expect(toFollower).toMatchObject([{ message: { prevLogIndex: 1 } }, { message: { prevLogIndex: 2 } }]);
  });

  test("entries that come while the window is full go together", () => {
    const replica = leader();
    replica.sent();
    for (let value = 1; value <= 20; value++) replica.asked({ kind: "write", argument: value });
    const before = replica.sent().filter(({ to }) => to === 0).length;
    replica.hears(0, appended({ index: 4, round: 4 }));
    const after = replica.sent().filter(({ to }) => to === 0);
    expect(before).toBeLessThan(10);
    expect(after).toHaveLength(1);
    expect((after[0]!.message as AppendEntries).entries.length).toBeGreaterThan(10);
  });
});

describe("section 5.4.1, election restriction", () => {
  test.each([
    { candidate: "a last entry of a later term, in a shorter log", lastLogTerm: 3, lastLogIndex: 1, granted: true },
    { candidate: "the same last entry", lastLogTerm: 2, lastLogIndex: 3, granted: true },
    { candidate: "the same last term in a longer log", lastLogTerm: 2, lastLogIndex: 4, granted: true },
    { candidate: "the same last term in a shorter log", lastLogTerm: 2, lastLogIndex: 2, granted: false },
    { candidate: "an earlier last term in a longer log", lastLogTerm: 1, lastLogIndex: 9, granted: false },
  ])("a candidate with $candidate: vote $granted", ({ lastLogTerm, lastLogIndex, granted }) => {
    const replica = follower({ term: 4, log: entriesOf(1, 2, 2) });
    replica.hears(0, { type: "requestVote", term: 5, lastLogIndex, lastLogTerm });
    replica.syncs();
    expect(messages(replica)).toMatchObject([{ type: "vote", voteGranted: granted }]);
  });
});

describe("section 5.4.2, committing entries from previous terms", () => {
  test("an entry of an earlier term on a majority is not committed until one of this term is (figure 8)", () => {
    const replica = leader({ replicas: 5, term: 4, log: entriesOf(1, 2) });
    replica.syncs();
    for (const from of [0, 2]) replica.hears(from, appended({ term: 4, index: 2 }));
    expect(replica.state.commitIndex).toBe(0);
    for (const from of [0, 2]) replica.hears(from, appended({ term: 4, index: 3 }));
    expect(replica.state.commitIndex).toBe(3);
  });
});

describe("sections 5.5 and 5.6, crashes and stable storage", () => {
  test("a vote is told once it is durable, and survives a crash", () => {
    const replica = follower({ term: 0 });
    replica.hears(2, { type: "requestVote", term: 1, lastLogIndex: 0, lastLogTerm: 0 });
    expect(replica.sent()).toEqual([]);
    replica.syncs();
    expect(messages(replica)).toMatchObject([{ voteGranted: true }]);
    replica.crashesAndRestarts();
    replica.hears(0, { type: "requestVote", term: 1, lastLogIndex: 0, lastLogTerm: 0 });
    expect(messages(replica)).toMatchObject([{ voteGranted: false }]);
  });

  test("a candidate asks for votes once its own is durable", () => {
    const replica = follower();
    replica.rings(TIMER.election);
    expect(replica.sent()).toEqual([]);
    replica.syncs();
    expect(messages(replica)).toMatchObject([{ type: "requestVote" }, { type: "requestVote" }]);
  });

  test("entries are acknowledged once they are durable; a crash before that loses them", () => {
    const replica = follower();
    replica.hears(0, append({ entries: entriesOf(1, 1) }));
    expect(replica.sent()).toEqual([]);
    replica.syncs();
    expect(messages(replica)).toMatchObject([{ success: true, index: 2 }]);
    replica.hears(0, append({ prevLogIndex: 2, prevLogTerm: 1, entries: entriesOf(1) }));
    replica.crashesAndRestarts();
    expect(termsIn(replica)).toEqual([1, 1]);
  });

  test("a heartbeat does not acknowledge entries whose sync is still under way", () => {
    const replica = follower();
    replica.hears(0, append({ entries: entriesOf(1) }));
    replica.hears(0, append({ prevLogIndex: 1, prevLogTerm: 1, round: 2 }));
    expect(messages(replica)).toMatchObject([{ success: true, index: 0, round: 2 }]);
  });

  test("a leader's own disk counts like any other: it commits without it when the others suffice", () => {
    const replica = leader({ replicas: 3 });
    const write = replica.asked({ kind: "write", argument: 7 });
    for (const from of [0, 2]) replica.hears(from, appended({ index: 2 }));
    expect(replica.answers.get(write)).toMatchObject({ outcome: "ok" });
  });

  test("a leader does not count its own entry before it is durable", () => {
    const replica = leader({ replicas: 3 });
    const write = replica.asked({ kind: "write", argument: 7 });
    replica.hears(0, appended({ index: 2 }));
    expect(replica.answers.has(write)).toBe(false);
    replica.syncs();
    expect(replica.answers.get(write)).toMatchObject({ outcome: "ok" });
  });
});

describe("section 8, client interaction", () => {
  test("followers send clients to the leader, and refuse while they know none", () => {
    const replica = follower();
    const early = replica.asked({ kind: "write", argument: 1 });
    replica.hears(2, append({}));
    const later = replica.asked({ kind: "write", argument: 2 });
    expect(replica.answers.get(early)).toEqual({ outcome: "refused", reason: "noLeader" });
    expect(replica.answers.get(later)).toEqual({ outcome: "redirect", to: 2 });
  });

  test("a leader begins its term with a no-op", () => {
    expect(leader({ term: 2, log: entriesOf(1) }).state.log.at(-1)).toEqual({ term: 2, command: null });
  });

  test("a new leader answers reads only after its no-op is committed", () => {
    const replica = leader({ term: 2, log: entriesOf(1) });
    const read = replica.asked({});
    replica.hears(0, appended({ term: 2, index: 1, round: 99 }));
    expect(replica.answers.has(read)).toBe(false);
    replica.syncs();
    replica.hears(0, appended({ term: 2, index: 2, round: 99 }));
    expect(replica.answers.get(read)).toMatchObject({ outcome: "ok", value: 1 });
  });

  test("a read is answered after a majority confirmed the leader in a round sent after the read came", () => {
    const replica = leader({ replicas: 5 });
    replica.syncs();
    for (const from of [0, 2]) replica.hears(from, appended({ index: 1, round: 1 }));
    const { round } = replica.state.progress;
    const read = replica.asked({});
    for (const from of [0, 2, 3]) replica.hears(from, appended({ index: 1, round }));
    expect(replica.answers.has(read)).toBe(false);
    for (const from of [0, 2]) replica.hears(from, appended({ index: 1, round: round + 1 }));
    expect(replica.answers.get(read)).toMatchObject({ outcome: "ok", value: null });
  });

  test("a deposed leader refuses the reads it holds, and never answers its writes", () => {
    const replica = leader();
    const read = replica.asked({});
    const write = replica.asked({ kind: "write", argument: 7 });
    replica.hears(2, append({ term: 9 }));
    expect(replica.answers.get(read)).toEqual({ outcome: "refused", reason: "steppedDown" });
    expect(replica.answers.has(write)).toBe(false);
  });

  test("a command that comes twice is applied once and answered twice", () => {
    const replica = onlyReplica();
    const first = replica.asked({ operation: 5, kind: "cas", argument: 7 });
    const again = replica.asked({ operation: 5, kind: "cas", argument: 7 });
    replica.syncs();
    const late = replica.asked({ operation: 5, kind: "cas", argument: 7 });
    for (const request of [first, again, late]) {
      expect(replica.answers.get(request)).toMatchObject({ outcome: "ok", position: 2 });
    }
  });

  test("a cas that finds another value fails and changes nothing", () => {
    const replica = onlyReplica();
    replica.asked({ kind: "write", argument: 1 });
    const cas = replica.asked({ kind: "cas", expected: 2, argument: 3 });
    replica.syncs();
    expect(replica.answers.get(cas)).toEqual({ outcome: "fail", position: 3 });
    const read = replica.asked({});
    expect(replica.answers.get(read)).toMatchObject({ value: 1 });
  });
});

describe("dissertation, section 6.2, stepping down without a quorum", () => {
  test("a leader that hears from no majority for an election timeout steps down", () => {
    const replica = leader({ replicas: 5 });
    replica.hears(0, appended({ index: 1 }));
    replica.hears(2, appended({ index: 1 }));
    replica.rings(TIMER.checkQuorum);
    expect(replica.state.role).toBe("leader");
    replica.hears(0, appended({ index: 1, round: 2 }));
    replica.rings(TIMER.checkQuorum);
    expect(replica.state).toMatchObject({ role: "follower", leader: -1 });
  });
});

describe("a replica that lost its disk", () => {
  test("gives no vote and acknowledges nothing until all others have told where they are", () => {
    const replica = follower({ term: 3, log: entriesOf(1, 3) });
    replica.crashesAndRestarts(true);
    expect(messages(replica)).toEqual([{ type: "diskLost" }, { type: "diskLost" }]);
    replica.hears(0, { type: "requestVote", term: 9, lastLogIndex: 9, lastLogTerm: 9 });
    replica.hears(2, append({ term: 3 }));
    replica.hears(0, { type: "whereabouts", term: 3, leaderLastIndex: -1 });
    replica.syncs();
    expect(replica.sent()).toEqual([]);
    replica.hears(2, { type: "whereabouts", term: 3, leaderLastIndex: 2 });
    replica.hears(2, append({ term: 3 }));
    replica.syncs();
    expect(messages(replica)).toMatchObject([{ type: "appended", term: 3, success: true }]);
  });

  test("gives no vote either until its log is as long as that leader's was", () => {
    const replica = follower({ term: 3, log: entriesOf(1, 3) });
    replica.crashesAndRestarts(true);
    replica.hears(0, { type: "whereabouts", term: 3, leaderLastIndex: -1 });
    replica.hears(2, { type: "whereabouts", term: 3, leaderLastIndex: 2 });
    replica.hears(0, { type: "requestVote", term: 4, lastLogIndex: 2, lastLogTerm: 3 });
    replica.syncs();
    expect(messages(replica).filter(({ type }) => type === "vote")).toMatchObject([{ voteGranted: false }]);
    replica.hears(2, append({ term: 5, entries: entriesOf(1, 3) }));
    replica.syncs();
    replica.hears(0, { type: "requestVote", term: 6, lastLogIndex: 2, lastLogTerm: 3 });
    replica.syncs();
    expect(messages(replica).filter(({ type }) => type === "vote")).toMatchObject([{ voteGranted: true }]);
  });
});
