import { describe, expect, test } from "vitest";
import {
  append,
  appended,
  entriesOf,
  follower,
  leader,
  messages,
  onlyReplica,
  requestVote,
  whereabouts,
} from "./raftAlone.ts";

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

describe("a replica that lost its disk", () => {
  test("gives no vote and acknowledges nothing until all others have told where they are", () => {
    const replica = follower({ term: 3, log: entriesOf(1, 3) });
    replica.crashesAndRestarts(true);
    expect(messages(replica)).toEqual([{ type: "diskLost" }, { type: "diskLost" }]);
    replica.hears(0, requestVote({ term: 9, lastLogIndex: 9, lastLogTerm: 9 }));
    replica.hears(2, append({ term: 3 }));
    replica.hears(0, whereabouts({ term: 3, leaderLastIndex: -1 }));
    replica.syncs();
    expect(replica.sent()).toEqual([]);
    replica.hears(2, whereabouts({ term: 3, leaderLastIndex: 2 }));
    replica.hears(2, append({ term: 3 }));
    replica.syncs();
    expect(messages(replica)).toMatchObject([{ type: "appended", term: 3, success: true }]);
  });

  test("gives no vote either until its log is as long as that leader's was", () => {
    const replica = follower({ term: 3, log: entriesOf(1, 3) });
    replica.crashesAndRestarts(true);
    replica.hears(0, whereabouts({ term: 3, leaderLastIndex: -1 }));
    replica.hears(2, whereabouts({ term: 3, leaderLastIndex: 2 }));
    replica.hears(0, requestVote({ term: 4, lastLogIndex: 2, lastLogTerm: 3 }));
    replica.syncs();
    expect(messages(replica).filter(({ type }) => type === "vote")).toMatchObject([{ voteGranted: false }]);
    replica.hears(2, append({ term: 5, entries: entriesOf(1, 3) }));
    replica.syncs();
    replica.hears(0, requestVote({ term: 6, lastLogIndex: 2, lastLogTerm: 3 }));
    replica.syncs();
    expect(messages(replica).filter(({ type }) => type === "vote")).toMatchObject([{ voteGranted: true }]);
  });
});
