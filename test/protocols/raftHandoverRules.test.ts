import { describe, expect, test } from "vitest";
import { TIMER } from "../../shared/protocols/raft/state.ts";
import { append, appended, entriesOf, follower, leader, messages, requestVote, type Replica } from "./raftAlone.ts";

/** A leader of three whose no-op is committed; follower 2 lacks it. */
function settledLeader(): Replica {
  const replica = leader();
  replica.syncs();
  replica.hears(0, appended({ index: 1, round: replica.state.progress.round }));
  replica.sent();
  return replica;
}

const transfer = (replica: Replica, to: number): boolean => replica.orders({ type: "transfer", to });

describe("dissertation, section 3.10, leadership transfer", () => {
  test("a target that has the whole log is asked to stand at once", () => {
    const replica = settledLeader();
    expect(transfer(replica, 0)).toBe(true);
    expect(replica.sent()).toEqual([{ to: 0, message: { type: "timeoutNow", term: 1 } }]);
  });

  test("a target that lacks entries gets them first", () => {
    const replica = settledLeader();
    transfer(replica, 2);
    expect(messages(replica)).toEqual([]);
    replica.hears(2, appended({ index: 1, round: replica.state.progress.round }));
    expect(messages(replica)).toContainEqual({ type: "timeoutNow", term: 1 });
  });

  test("meanwhile the leader takes no new writes", () => {
    const replica = settledLeader();
    transfer(replica, 2);
    const write = replica.asked({ kind: "write", argument: 7 });
    expect(replica.answers.get(write)).toEqual({ outcome: "refused", reason: "steppedDown" });
  });

  test("a transfer that does not come about within an election timeout is given up, and writes are taken again", () => {
    const replica = settledLeader();
    transfer(replica, 2);
    replica.rings(TIMER.transfer);
    const write = replica.asked({ kind: "write", argument: 7 });
    replica.syncs();
    replica.hears(0, appended({ index: 2, round: replica.state.progress.round }));
    expect(replica.answers.get(write)).toMatchObject({ outcome: "ok" });
    replica.hears(2, appended({ index: 2, round: replica.state.progress.round }));
    expect(messages(replica).some(({ type }) => type === "timeoutNow")).toBe(false);
  });

  test.each([
    { order: "to itself", replica: settledLeader(), to: 1 },
    { order: "to nobody", replica: settledLeader(), to: 7 },
    { order: "given to a follower", replica: follower(), to: 0 },
  ])("an order $order is not taken", ({ replica, to }) => {
    expect(transfer(replica, to)).toBe(false);
  });

  test("who is asked stands without waiting for its timer, and without asking first whether it may", () => {
    const replica = follower({ config: { preVote: true } });
    replica.hears(0, append({}));
    replica.hears(0, { type: "timeoutNow", term: 1 });
    replica.syncs();
    expect(replica.state).toMatchObject({ role: "candidate", currentTerm: 2 });
    expect(messages(replica)).toContainEqual(requestVote({ term: 2, isTransfer: true }));
  });

  test("a call of an older term is too late", () => {
    const replica = follower({ term: 2 });
    replica.hears(0, { type: "timeoutNow", term: 1 });
    expect(replica.state).toMatchObject({ role: "follower", currentTerm: 2 });
  });

  test("nobody holds back a vote for the sake of the leader who wanted this", () => {
    const replica = follower({ config: { preVote: true } });
    replica.hears(0, append({}));
    replica.syncs();
    replica.sent();
    replica.hears(2, requestVote({ term: 2, isTransfer: true }));
    replica.syncs();
    expect(messages(replica)).toMatchObject([{ type: "vote", term: 2, voteGranted: true }]);
  });
});

describe("dissertation, section 9.6, pre-vote", () => {
  const asking = { config: { preVote: true } };
  const yes = { type: "preVote", term: 2, voteGranted: true } as const;

  test("who hears nothing asks first, and raises no term for it", () => {
    const replica = follower(asking);
    replica.rings(TIMER.election);
    expect(replica.state).toMatchObject({ role: "follower", currentTerm: 1, leader: -1 });
    expect(messages(replica)).toMatchObject([
      { type: "requestPreVote", term: 2 },
      { type: "requestPreVote", term: 2 },
    ]);
  });

  test("with a majority of yes it stands, and not with one less", () => {
    const replica = follower({ ...asking, replicas: 5 });
    replica.rings(TIMER.election);
    for (const from of [0, 0]) replica.hears(from, yes);
    expect(replica.state.role).toBe("follower");
    replica.hears(3, yes);
    expect(replica.state).toMatchObject({ role: "candidate", currentTerm: 2 });
  });

  test("a yes for another term counts for nothing", () => {
    const replica = follower(asking);
    replica.rings(TIMER.election);
    replica.hears(0, { ...yes, term: 3 });
    expect(replica.state.role).toBe("follower");
  });

  test("a leader that is heard ends the asking", () => {
    const replica = follower(asking);
    replica.rings(TIMER.election);
    replica.hears(2, append({}));
    replica.hears(0, yes);
    expect(replica.state).toMatchObject({ role: "follower", currentTerm: 1, leader: 2 });
  });

  test.each([
    { asked: "with an up-to-date log", change: {}, granted: true },
    { asked: "with an older log", change: { lastLogIndex: 0, lastLogTerm: 0 }, granted: false },
    { asked: "for a term that has begun", change: { term: 3 }, granted: false },
  ])("asked $asked, the answer is $granted, and nothing changes here", ({ change, granted }) => {
    const replica = follower({ ...asking, term: 3, log: entriesOf(2) });
    const timers = [...replica.timersUs];
    replica.hears(0, { type: "requestPreVote", term: 4, lastLogIndex: 1, lastLogTerm: 2, ...change });
    expect(messages(replica)).toMatchObject([{ type: "preVote", voteGranted: granted }]);
    expect(replica.state).toMatchObject({ currentTerm: 3, votedFor: -1 });
    expect([...replica.timersUs]).toEqual(timers);
  });

  test("who hears a leader says no, so that one that was cut off deposes nobody on its return", () => {
    const replica = follower(asking);
    replica.hears(0, append({}));
    replica.syncs();
    replica.sent();
    replica.hears(2, { type: "requestPreVote", term: 2, lastLogIndex: 9, lastLogTerm: 1 });
    expect(messages(replica)).toMatchObject([{ voteGranted: false, term: 1 }]);
  });

  test("a no of a newer term brings that term", () => {
    const replica = follower(asking);
    replica.rings(TIMER.election);
    replica.hears(0, { type: "preVote", term: 5, voteGranted: false });
    expect(replica.state).toMatchObject({ role: "follower", currentTerm: 5 });
  });

  test("a leader of one is elected by its own yes", () => {
    const replica = follower({ replicas: 2, config: { preVote: true, spares: 0 } });
    replica.state.members = [1];
    replica.rings(TIMER.election);
    replica.syncs();
    expect(replica.state.role).toBe("leader");
  });
});
