import { describe, expect, test } from "vitest";
import type { AppendEntries } from "../../shared/protocols/raft/messages.ts";
import { TIMER } from "../../shared/protocols/raft/state.ts";
import { append, appended, entriesOf, follower, leader, messages, termsIn, requestVote } from "./raftAlone.ts";

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
    replica.hears(2, requestVote({ term: 1, lastLogIndex: 0, lastLogTerm: 0 }));
    expect(replica.sent()).toEqual([]);
    replica.syncs();
    expect(messages(replica)).toMatchObject([{ voteGranted: true }]);
    replica.crashesAndRestarts();
    replica.hears(0, requestVote({ term: 1, lastLogIndex: 0, lastLogTerm: 0 }));
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
