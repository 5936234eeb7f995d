import { describe, expect, test } from "vitest";
import { TIMER } from "../../shared/protocols/raft/state.ts";
import { append, appended, entriesOf, follower, leader, messages, requestVote } from "./raftAlone.ts";
import { CONFIG } from "./weather.ts";

describe("section 5.1, terms", () => {
  test("a server that sees a larger term takes it over and becomes a follower", () => {
    const old = leader({ term: 3 });
    old.hears(2, append({ term: 5 }));
    expect(old.state).toMatchObject({ role: "follower", currentTerm: 5, leader: 2 });
  });

  test("a request with a stale term is rejected, and the answer tells the newer one", () => {
    const replica = follower({ term: 4 });
    replica.hears(0, append({ term: 3 }));
    replica.hears(2, requestVote({ term: 3, lastLogIndex: 9, lastLogTerm: 3 }));
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
    replica.hears(2, requestVote({ term: 1, lastLogIndex: 0, lastLogTerm: 0 }));
    replica.syncs();
    replica.hears(0, requestVote({ term: 1, lastLogIndex: 0, lastLogTerm: 0 }));
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

describe("section 5.4.1, election restriction", () => {
  test.each([
    { candidate: "a last entry of a later term, in a shorter log", lastLogTerm: 3, lastLogIndex: 1, granted: true },
    { candidate: "the same last entry", lastLogTerm: 2, lastLogIndex: 3, granted: true },
    { candidate: "the same last term in a longer log", lastLogTerm: 2, lastLogIndex: 4, granted: true },
    { candidate: "the same last term in a shorter log", lastLogTerm: 2, lastLogIndex: 2, granted: false },
    { candidate: "an earlier last term in a longer log", lastLogTerm: 1, lastLogIndex: 9, granted: false },
  ])("a candidate with $candidate: vote $granted", ({ lastLogTerm, lastLogIndex, granted }) => {
    const replica = follower({ term: 4, log: entriesOf(1, 2, 2) });
    replica.hears(0, requestVote({ term: 5, lastLogIndex, lastLogTerm }));
    replica.syncs();
    expect(messages(replica)).toMatchObject([{ type: "vote", voteGranted: granted }]);
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
