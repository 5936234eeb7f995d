import { describe, expect, test } from "vitest";
import type { AppendEntries, Entry } from "../../shared/protocols/raft/messages.ts";
import { TIMER } from "../../shared/protocols/raft/state.ts";
import { append, appended, entriesOf, follower, leader, messages, requestVote, whereabouts } from "./raftAlone.ts";
import type { Replica, Standing } from "./raftAlone.ts";

/** An entry of a term that says who votes from there on. */
const configuration = (term: number, ...members: number[]): Entry => ({ term, command: null, members });

/** Replica 1 leads 0, 1 and 2; 3 and 4 stand by. Its no-op is committed. */
function leaderOfThree(standing: Standing = {}): Replica {
  const replica = leader({ replicas: 5, ...standing, config: { spares: 2, ...standing.config } });
  replica.syncs();
  for (const from of [0, 2]) replica.hears(from, answer(replica));
  replica.sent();
  return replica;
}

/** A follower has all of the leader's log. */
const answer = ({ state }: Replica): ReturnType<typeof appended> =>
  appended({ term: state.currentTerm, index: state.base.index + state.log.length, round: state.progress.round });

const add = (replica: Replica, added: number): boolean => replica.orders({ type: "addReplica", replica: added });
const remove = (replica: Replica, gone: number): boolean => replica.orders({ type: "removeReplica", replica: gone });

describe("dissertation, section 4.1, one server at a time", () => {
  test("the change goes through the log, and is in force at the leader as soon as it is appended", () => {
    const replica = leaderOfThree();
    expect(remove(replica, 2)).toBe(true);
    expect(replica.state.log.at(-1)).toEqual(configuration(1, 0, 1));
    expect(replica.state.members).toEqual([0, 1]);
    expect(replica.state.commitIndex).toBe(1);
  });

  test("a follower uses the newest configuration in its log, committed or not", () => {
    const replica = follower();
    replica.hears(0, append({ entries: [configuration(1, 0, 1)] }));
    expect(replica.state).toMatchObject({ members: [0, 1], commitIndex: 0 });
  });

  test("a follower whose configuration entry is overwritten falls back to the one before", () => {
    const replica = follower({ term: 2 });
    replica.hears(0, append({ term: 2, entries: [configuration(1, 0, 1), configuration(2, 0, 1, 2)] }));
    replica.hears(0, append({ term: 3, prevLogIndex: 1, prevLogTerm: 1, entries: entriesOf(3) }));
    expect(replica.state).toMatchObject({ members: [0, 1], membersIndex: 1 });
  });

  test("no second change begins while one is not committed", () => {
    const replica = leaderOfThree();
    remove(replica, 2);
    expect(remove(replica, 0)).toBe(false);
    expect(add(replica, 3)).toBe(false);
    replica.syncs();
    replica.hears(0, answer(replica));
    expect(add(replica, 3)).toBe(true);
  });

  test("no change begins before the leader has committed an entry of its own term (the published correction)", () => {
    const replica = leader({ term: 2, log: entriesOf(1) });
    expect(remove(replica, 2)).toBe(false);
    replica.syncs();
    replica.hears(0, answer(replica));
    expect(remove(replica, 2)).toBe(true);
  });

  test("a change needs the majority of the new configuration", () => {
    const replica = leaderOfThree();
    add(replica, 3);
    replica.hears(3, answer(replica));
    expect(replica.state.members).toEqual([0, 1, 2, 3]);
    replica.syncs();
    replica.hears(0, answer(replica));
    expect(replica.state.commitIndex).toBe(1);
    replica.hears(3, answer(replica));
    expect(replica.state.commitIndex).toBe(2);
  });

  test.each([
    { order: "adding a member", run: (replica: Replica) => add(replica, 0) },
    { order: "adding nobody that exists", run: (replica: Replica) => add(replica, 9) },
    { order: "taking out who is no member", run: (replica: Replica) => remove(replica, 4) },
  ])("$order is not taken", ({ run }) => {
    const replica = leaderOfThree();
    expect(run(replica)).toBe(false);
    expect(replica.state.log).toHaveLength(1);
  });

  test("the last member stays", () => {
    const replica = leaderOfThree();
    for (const gone of [0, 2]) {
      expect(remove(replica, gone)).toBe(true);
      replica.syncs();
      replica.hears(2, answer(replica));
    }
    expect(remove(replica, 1)).toBe(false);
  });

  test("a follower takes no such order", () => {
    expect(remove(follower(), 2)).toBe(false);
  });
});

describe("dissertation, section 4.2.1, catching up new servers", () => {
  test("a new server gets the log before it gets a vote", () => {
    const replica = leaderOfThree();
    add(replica, 3);
    expect(replica.sent().filter(({ to }) => to === 3)).toMatchObject([{ message: { type: "appendEntries" } }]);
    expect(replica.state.members).toEqual([0, 1, 2]);
    replica.asked({ kind: "write", argument: 7 });
    replica.syncs();
    replica.hears(3, appended({ index: 2, round: replica.state.progress.round }));
    expect(replica.state.commitIndex).toBe(1);
  });

  test("a round that takes longer than an election timeout is followed by another", () => {
    const replica = leaderOfThree();
    add(replica, 3);
    replica.asked({ kind: "write", argument: 7 });
    replica.clockUs += 300_000;
    replica.hears(3, appended({ index: 1, round: replica.state.progress.round }));
    expect(replica.state.members).toEqual([0, 1, 2]);
    expect(replica.state.joining).toMatchObject({ round: 2, untilIndex: 2 });
    replica.clockUs += 20_000;
    replica.hears(3, appended({ index: 2, round: replica.state.progress.round }));
    expect(replica.state.members).toEqual([0, 1, 2, 3]);
  });

  test("after ten slow rounds the new server is given up", () => {
    const replica = leaderOfThree();
    add(replica, 3);
    for (let round = 1; round <= 10; round++) {
      expect(replica.state.joining).toMatchObject({ round });
      replica.clockUs += 300_000;
      replica.hears(3, appended({ index: 1, round: replica.state.progress.round }));
    }
    expect(replica.state).toMatchObject({ joining: null, members: [0, 1, 2] });
  });

  test("one that is never heard is given up as well, and does not block other changes for good", () => {
    const replica = leaderOfThree();
    add(replica, 3);
    for (let check = 0; check < 10; check++) {
      for (let beat = 0; beat < 5; beat++) replica.rings(TIMER.heartbeat);
      for (const from of [0, 2]) replica.hears(from, answer(replica));
      replica.rings(TIMER.checkQuorum);
    }
    expect(replica.state.joining).toBeNull();
    expect(remove(replica, 2)).toBe(true);
  });
});

describe("dissertation, section 4.2.2, removing the current leader", () => {
  test("it leads until the change is committed, without counting itself, and then steps down", () => {
    const replica = leaderOfThree();
    remove(replica, 1);
    replica.syncs();
    replica.hears(0, answer(replica));
    expect(replica.state).toMatchObject({ role: "leader", commitIndex: 1 });
    replica.hears(2, answer(replica));
    expect(replica.state).toMatchObject({ role: "follower", commitIndex: 2, members: [0, 2] });
    expect(replica.protocol.status(replica.state).role).toBe("learner");
  });

  test("who is taken out may still stand until it knows that the change is committed, with no vote of its own", () => {
    const replica = follower({ replicas: 3 });
    replica.hears(0, append({ entries: [configuration(1, 0, 2)] }));
    replica.rings(TIMER.election);
    replica.syncs();
    expect(replica.state.role).toBe("candidate");
    replica.hears(0, { type: "vote", term: 2, voteGranted: true });
    expect(replica.state.role).toBe("candidate");
    replica.hears(2, { type: "vote", term: 2, voteGranted: true });
    expect(replica.state.role).toBe("leader");
  });

  test("and no more once it knows", () => {
    const replica = follower({ replicas: 3 });
    replica.hears(0, append({ entries: [configuration(1, 0, 2)], leaderCommit: 1 }));
    replica.rings(TIMER.election);
    replica.syncs();
    expect(replica.state).toMatchObject({ role: "follower", currentTerm: 1 });
  });

  test("who is taken out hears of it", () => {
    const replica = leaderOfThree();
    remove(replica, 2);
    replica.syncs();
    replica.hears(2, answer(replica));
    replica.hears(0, answer(replica));
    const told = replica.sent().filter(({ to }) => to === 2);
    expect((told.at(-1)!.message as AppendEntries).leaderCommit).toBe(2);
    replica.rings(TIMER.heartbeat);
    expect(replica.sent().map(({ to }) => to)).toEqual([0]);
  });
});

describe("section 6, who is no member", () => {
  test("a spare neither votes for itself nor stands", () => {
    const spare = follower({ replicas: 3, config: { spares: 2 } });
    spare.rings(TIMER.election);
    spare.syncs();
    expect(spare.sent()).toEqual([]);
    expect(spare.state).toMatchObject({ role: "follower", currentTerm: 1 });
  });

  test("a vote is given without asking whether the candidate is a member: this log may be behind", () => {
    const replica = follower({ replicas: 4, config: { spares: 1 } });
    replica.hears(3, requestVote({ term: 2 }));
    replica.syncs();
    expect(messages(replica)).toMatchObject([{ type: "vote", voteGranted: true }]);
  });

  test("entries of a leader that is no member by this log are taken", () => {
    const replica = follower({ replicas: 4, config: { spares: 1 } });
    replica.hears(3, append({ entries: entriesOf(1) }));
    expect(replica.state.log).toHaveLength(1);
  });

  test("a vote of somebody who is no member does not count", () => {
    const replica = follower({ replicas: 5, config: { spares: 2 } });
    replica.rings(TIMER.election);
    replica.syncs();
    for (const from of [3, 4]) replica.hears(from, { type: "vote", term: 2, voteGranted: true });
    expect(replica.state.role).toBe("candidate");
  });

  test("within an election timeout of hearing a leader a request for votes is disregarded, term and all", () => {
    const replica = follower({ replicas: 4, config: { spares: 1 } });
    replica.hears(0, append({}));
    replica.syncs();
    replica.sent();
    replica.clockUs += 249_000;
    replica.hears(2, requestVote({ term: 9 }));
    expect(replica.state.currentTerm).toBe(1);
    expect(replica.sent()).toEqual([]);
    replica.clockUs += 2_000;
    replica.hears(2, requestVote({ term: 9 }));
    expect(replica.state.currentTerm).toBe(9);
  });

  test("a client is sent on to the leader, whatever the dial says", () => {
    const spare = follower({ replicas: 4, config: { spares: 3, stop: "eventual" } });
    spare.hears(0, append({}));
    const read = spare.asked({});
    expect(spare.answers.get(read)).toEqual({ outcome: "redirect", to: 0 });
  });

  test("a replica that lost its disk and was taken out starts anew without waiting for the dead", () => {
    const replica = follower({ term: 3 });
    replica.crashesAndRestarts(true);
    replica.hears(0, whereabouts({ term: 3, leaderLastIndex: 2, members: [0, 2] }));
    expect(replica.state).toMatchObject({ whereabouts: null, currentTerm: 3, electableFrom: 2 });
  });
});
