import { describe, expect, test } from "vitest";
import type { AppendEntries } from "../../shared/protocols/raft/messages.ts";
import { TIMER } from "../../shared/protocols/raft/state.ts";
import { append, appended, entriesOf, follower, leader, messages, requestVote, termsIn } from "./raftAlone.ts";

/** Figure 2 of the Raft paper from top to bottom, a line a test. */

describe("figure 2, state", () => {
  test("current term, vote and log are on disk before an answer leaves, and are there after a crash", () => {
    const replica = follower({ term: 1 });
    replica.hears(2, requestVote({ term: 4 }));
    replica.hears(2, append({ term: 4, entries: entriesOf(2, 4) }));
    expect(replica.sent()).toEqual([]);
    replica.syncs();
    expect(messages(replica).map(({ type }) => type)).toContain("vote");
    replica.crashesAndRestarts();
    expect(replica.state).toMatchObject({ currentTerm: 4, votedFor: 2 });
    expect(termsIn(replica)).toEqual([2, 4]);
  });

  test("what a leader knows of followers begins anew at each election: nextIndex after its last entry, matchIndex 0", () => {
    const { state } = leader({ term: 3, log: entriesOf(1, 2) });
    expect(state.progress.nextIndex).toEqual([4, 3, 4]);
    expect(state.progress.matchIndex[0]).toBe(0);
  });
});

describe("figure 2, AppendEntries RPC, receiver implementation", () => {
  test("1. reply false if term < currentTerm", () => {
    const replica = follower({ term: 3 });
    replica.hears(0, append({ term: 2, entries: entriesOf(2) }));
    expect(messages(replica)).toMatchObject([{ type: "appended", success: false, term: 3 }]);
    expect(termsIn(replica)).toEqual([]);
  });

  test("2. reply false if the log has no entry at prevLogIndex whose term is prevLogTerm", () => {
    const replica = follower({ term: 2, log: entriesOf(1, 1) });
    replica.hears(0, append({ term: 2, prevLogIndex: 2, prevLogTerm: 2, entries: entriesOf(2) }));
    expect(messages(replica)).toMatchObject([{ success: false }]);
    expect(termsIn(replica)).toEqual([1, 1]);
  });

  test("3. and 4. conflicting entries go, entries that are there stay, new ones are appended", () => {
    const replica = follower({ term: 3, log: entriesOf(1, 1, 2) });
    const kept = replica.state.log[1];
    replica.hears(0, append({ term: 3, prevLogIndex: 1, prevLogTerm: 1, entries: entriesOf(1, 3, 3) }));
    expect(termsIn(replica)).toEqual([1, 1, 3, 3]);
    expect(replica.state.log[1]).toBe(kept);
  });

  test("5. if leaderCommit > commitIndex, commitIndex is the smaller of it and the index of the last new entry", () => {
    const replica = follower();
    replica.hears(0, append({ entries: entriesOf(1, 1), leaderCommit: 9 }));
    expect(replica.state.commitIndex).toBe(2);
    replica.hears(0, append({ prevLogIndex: 2, prevLogTerm: 1, entries: entriesOf(1, 1), leaderCommit: 3 }));
    expect(replica.state.commitIndex).toBe(3);
    replica.hears(0, append({ prevLogIndex: 1, prevLogTerm: 1, leaderCommit: 1 }));
    expect(replica.state.commitIndex).toBe(3);
  });
});

describe("figure 2, RequestVote RPC, receiver implementation", () => {
  test("1. reply false if term < currentTerm", () => {
    const replica = follower({ term: 3 });
    replica.hears(0, requestVote({ term: 2, lastLogIndex: 9, lastLogTerm: 2 }));
    expect(messages(replica)).toMatchObject([{ type: "vote", voteGranted: false, term: 3 }]);
  });

  test("2. a vote for whom it has voted already is given again", () => {
    const replica = follower({ term: 0 });
    for (let time = 0; time < 2; time++) {
      replica.hears(2, requestVote({ term: 1 }));
      replica.syncs();
      expect(messages(replica)).toMatchObject([{ type: "vote", voteGranted: true, term: 1 }]);
    }
  });
});

describe("figure 2, rules for all servers", () => {
  test("what is committed is applied, in the order of the log", () => {
    const replica = follower();
    replica.hears(0, append({ entries: entriesOf(1, 1, 1), leaderCommit: 2 }));
    expect(replica.state.registers.appliedIndex).toBe(2);
    expect(replica.state.registers.values.get(1)).toBe(2);
  });

  test.each([
    { rpc: "a request for votes", message: requestVote({ term: 7 }) },
    { rpc: "an append", message: append({ term: 7 }) },
    { rpc: "an answer to an append", message: appended({ term: 7, success: false }) },
    { rpc: "a vote", message: { type: "vote", term: 7, voteGranted: false } as const },
  ])("$rpc of a larger term makes a leader a follower of that term", ({ message }) => {
    const replica = leader({ term: 3 });
    replica.hears(2, message);
    expect(replica.state).toMatchObject({ role: "follower", currentTerm: 7 });
  });
});

describe("figure 2, rules for followers and candidates", () => {
  test.each([
    { event: "an append of the current leader", message: append({}), isReset: true },
    { event: "granting a vote", message: requestVote({ term: 2 }), isReset: true },
    { event: "an append of an old leader", message: append({ term: 0 }), isReset: false },
    { event: "refusing a vote", message: requestVote({ term: 0 }), isReset: false },
  ])("$event resets the election timer: $isReset", ({ message, isReset }) => {
    const replica = follower();
    replica.timersUs.clear();
    replica.hears(0, message);
    expect(replica.timersUs.has(TIMER.election)).toBe(isReset);
  });

  test("a candidate whose election is not decided in time starts another, in the next term", () => {
    const replica = follower({ term: 1 });
    replica.rings(TIMER.election);
    replica.syncs();
    replica.rings(TIMER.election);
    replica.syncs();
    expect(replica.state).toMatchObject({ role: "candidate", currentTerm: 3, votedFor: 1 });
    expect(messages(replica).filter((message) => "term" in message && message.term === 3)).toHaveLength(2);
  });
});

describe("figure 2, rules for leaders", () => {
  test("heartbeats are repeated while nothing else is to be sent", () => {
    const replica = leader();
    replica.syncs();
    for (const from of [0, 2]) replica.hears(from, appended({ index: 1 }));
    replica.sent();
    expect(replica.timersUs.has(TIMER.heartbeat)).toBe(true);
    replica.rings(TIMER.heartbeat);
    expect(messages(replica)).toMatchObject([{ entries: [] }, { entries: [] }]);
    expect(replica.timersUs.has(TIMER.heartbeat)).toBe(true);
  });

  test("a follower that is behind is sent what it lacks, from nextIndex on", () => {
    const replica = leader({ term: 2, log: entriesOf(1, 1, 1) });
    replica.sent();
    replica.hears(0, appended({ term: 2, success: false, index: 1 }));
    const [sent] = messages(replica) as AppendEntries[];
    expect(sent).toMatchObject({ prevLogIndex: 1, entries: { length: 3 } });
  });

  test("a success moves nextIndex and matchIndex of that follower forward, and an older one moves nothing back", () => {
    const replica = leader({ term: 2, log: entriesOf(1, 1, 1) });
    replica.hears(0, appended({ term: 2, index: 4 }));
    replica.hears(0, appended({ term: 2, index: 2 }));
    expect(replica.state.progress.matchIndex[0]).toBe(4);
    expect(replica.state.progress.nextIndex[0]).toBe(5);
  });

  test("an entry of this term that a majority has is committed, and nothing that fewer have", () => {
    const replica = leader({ replicas: 5 });
    replica.syncs();
    replica.asked({ kind: "write", argument: 7 });
    replica.syncs();
    replica.hears(0, appended({ index: 2 }));
    replica.hears(2, appended({ index: 1 }));
    expect(replica.state.commitIndex).toBe(1);
  });
});
