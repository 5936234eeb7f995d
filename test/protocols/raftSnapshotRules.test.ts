import { describe, expect, test } from "vitest";
import { lastIndex } from "../../shared/protocols/raft/log.ts";
import type { InstallSnapshot, Snapshot } from "../../shared/protocols/raft/messages.ts";
import { TIMER } from "../../shared/protocols/raft/state.ts";
import { createRegisters } from "../../shared/protocols/registers.ts";
import { append, appended, entriesOf, follower, leader, messages, onlyReplica, type Replica } from "./raftAlone.ts";

const EVERY_4 = { snapshotEvery: 4 };

/** A snapshot of key 1 at 10, after entry 5 of term 2. */
function snapshot(change: Partial<Snapshot> = {}): Snapshot {
  const registers = { ...createRegisters(), values: new Map([[1, 10]]), appliedIndex: 5 };
  return { lastIncludedIndex: 5, lastIncludedTerm: 2, members: [0, 1, 2], registers, rows: 1, ...change };
}

const part = (change: Partial<InstallSnapshot> = {}): InstallSnapshot => ({
  type: "installSnapshot",
  term: 3,
  snapshot: snapshot(),
  offset: 0,
  rows: 1,
  round: 1,
  ...change,
});

/** A leader of term 1 alone in its group, after so many writes that are durable. */
function writer(writes: number, config = EVERY_4): Replica {
  const replica = onlyReplica(config);
  for (let value = 1; value <= writes; value++) {
    replica.asked({ kind: "write", argument: value });
    replica.syncs();
  }
  return replica;
}

describe("section 7, log compaction", () => {
  test("a replica takes a snapshot of what it applied, each on its own, every so many entries", () => {
    const replica = follower({ config: EVERY_4 });
    replica.hears(0, append({ entries: entriesOf(1, 1, 1), leaderCommit: 3 }));
    expect(replica.state.snapshot).toBeNull();
    replica.hears(0, append({ prevLogIndex: 3, prevLogTerm: 1, entries: entriesOf(1, 1), leaderCommit: 4 }));
    expect(replica.state.snapshot).toMatchObject({ lastIncludedIndex: 4, lastIncludedTerm: 1, members: [0, 1, 2] });
  });

  test("a snapshot is not changed by what is applied after it", () => {
    const replica = writer(3);
    expect(replica.state.snapshot?.registers.values.get(1)).toBe(3);
    replica.asked({ kind: "write", argument: 99 });
    replica.syncs();
    expect(replica.state.snapshot?.registers.values.get(1)).toBe(3);
  });

  test("the log is discarded only when the snapshot is durable", () => {
    const replica = onlyReplica(EVERY_4);
    for (let value = 1; value <= 11; value++) replica.asked({ kind: "write", argument: value });
    replica.syncs();
    expect(replica.state.snapshot?.lastIncludedIndex).toBe(12);
    expect(replica.state.base.index).toBe(0);
    replica.asked({ kind: "write", argument: 12 });
    replica.syncs();
    expect(replica.state.base.index).toBe(8);
  });

  test("in a long run the log stays bounded: twice the interval, and what comes until a snapshot is durable", () => {
    const replica = onlyReplica(EVERY_4);
    let longest = 0;
    for (let value = 1; value <= 500; value++) {
      replica.asked({ kind: "write", argument: value });
      replica.syncs();
      longest = Math.max(longest, replica.state.log.length);
    }
    expect(lastIndex(replica.state)).toBe(501);
    expect(longest).toBeLessThanOrEqual(10);
  });

  test("0: the log is never shortened", () => {
    expect(writer(50, { snapshotEvery: 0 }).state.log).toHaveLength(51);
  });

  test("after a crash the state machine is the snapshot and the log after it", () => {
    const replica = writer(13);
    expect(replica.state.base.index).toBeGreaterThan(0);
    replica.crashesAndRestarts();
    expect(lastIndex(replica.state)).toBe(14);
    replica.rings(TIMER.election);
    replica.syncs();
    const read = replica.asked({});
    expect(replica.answers.get(read)).toMatchObject({ outcome: "ok", value: 13 });
  });

  test("a retry of what only the snapshot knows takes no second effect (dissertation, section 6.3)", () => {
    const replica = onlyReplica(EVERY_4);
    const first = replica.asked({ operation: 7, kind: "cas", argument: 1 });
    for (let value = 1; value <= 20; value++) {
      replica.asked({ kind: "write", key: 2, argument: value });
      replica.syncs();
    }
    replica.crashesAndRestarts();
    replica.rings(TIMER.election);
    replica.syncs();
    const again = replica.asked({ operation: 7, kind: "cas", argument: 1 });
    expect(replica.answers.get(again)).toEqual(replica.answers.get(first));
  });
});

describe("section 7, InstallSnapshot RPC, at the leader", () => {
  /** A leader of three whose log begins after entry 8; follower 0 has everything, follower 2 nothing. */
  function shortened(): Replica {
    const replica = leader({ config: EVERY_4 });
    for (let value = 1; value <= 14; value++) {
      replica.asked({ kind: "write", argument: value });
      replica.syncs();
      replica.hears(0, appended({ index: value + 1, round: replica.state.progress.round }));
    }
    replica.syncs();
    expect(replica.state.base.index).toBeGreaterThan(4);
    replica.sent();
    return replica;
  }

  test("a follower that needs entries which are gone is sent the snapshot", () => {
    const replica = shortened();
    replica.hears(2, appended({ success: false, index: 0, round: replica.state.progress.round }));
    const sent = replica.sent().filter(({ to }) => to === 2);
    expect(sent).toMatchObject([{ message: { type: "installSnapshot", offset: 0, term: 1 } }]);
  });

  test("a follower that lacks less is sent entries", () => {
    const replica = shortened();
    replica.hears(
      2,
      appended({ success: false, index: replica.state.base.index, round: replica.state.progress.round }),
    );
    expect(replica.sent().filter(({ to }) => to === 2)).toMatchObject([{ message: { type: "appendEntries" } }]);
  });

  test("the snapshot goes part by part, the next when the last was answered, and then the log goes on", () => {
    const replica = leader({ config: { snapshotEvery: 1_500 } });
    for (let key = 1; key <= 3_200; key++) replica.asked({ kind: "write", key, argument: key });
    replica.syncs();
    replica.hears(0, appended({ index: 3_201, round: replica.state.progress.round }));
    replica.asked({ kind: "write", argument: 1 });
    replica.syncs();
    replica.sent();
    const { round } = replica.state.progress;
    replica.hears(2, appended({ success: false, index: 0, round }));
    const offsets: number[] = [];
    for (;;) {
      const message = replica.sent().find(({ to }) => to === 2)?.message;
      if (message?.type !== "installSnapshot") break;
      const { offset, rows, snapshot } = message;
      offsets.push(offset);
      const { lastIncludedIndex } = snapshot;
      if (offset + rows < snapshot.rows) {
        replica.hears(2, { type: "snapshotReceived", term: 1, lastIncludedIndex, rows: offset + rows, round });
      } else replica.hears(2, appended({ index: lastIncludedIndex, round }));
    }
    expect(offsets).toEqual([0, 1_024, 2_048, 3_072, 4_096, 5_120, 6_144]);
    expect(replica.state.progress.matchIndex[2]).toBe(3_201);
  });

  test("a follower that turns out to have more than the snapshot it was being sent is sent a newer one", () => {
    const replica = shortened();
    const { round } = replica.state.progress;
    replica.hears(2, appended({ success: false, index: 0, round }));
    const { snapshot } = replica.sent().find(({ to }) => to === 2)!.message as InstallSnapshot;
    for (let value = 15; value <= 30; value++) {
      replica.asked({ kind: "write", argument: value });
      replica.syncs();
      replica.hears(0, appended({ index: value + 1, round: replica.state.progress.round }));
    }
    replica.syncs();
    replica.sent();
    replica.hears(2, appended({ index: snapshot.lastIncludedIndex, round: replica.state.progress.round }));
    const newer = replica.sent().find(({ to }) => to === 2)!.message as InstallSnapshot;
    expect(newer.snapshot.lastIncludedIndex).toBeGreaterThan(replica.state.base.index);
  });

  test("a part that was lost is sent again with the next heartbeat", () => {
    const replica = shortened();
    replica.hears(2, appended({ success: false, index: 0, round: replica.state.progress.round }));
    replica.sent();
    replica.rings(TIMER.heartbeat);
    const sent = replica.sent().filter(({ to }) => to === 2);
    expect(sent).toMatchObject([{ message: { type: "installSnapshot", offset: 0 } }]);
  });
});

describe("section 7, InstallSnapshot RPC, receiver implementation", () => {
  test("1. a part of an older term is refused with the newer one", () => {
    const replica = follower({ term: 4 });
    replica.hears(0, part());
    expect(messages(replica)).toMatchObject([{ type: "snapshotReceived", term: 4, rows: 0 }]);
    expect(replica.state.incoming).toBeNull();
  });

  test("2. to 4. parts are taken in order, and each but the last is answered with what is here", () => {
    const replica = follower({ term: 3 });
    const whole = snapshot({ rows: 3 });
    for (const offset of [0, 2, 1]) replica.hears(0, part({ snapshot: whole, offset }));
    expect(messages(replica)).toMatchObject([{ rows: 1 }, { rows: 1 }, { rows: 2 }]);
    replica.hears(0, part({ snapshot: whole, offset: 2 }));
    replica.syncs();
    expect(messages(replica)).toMatchObject([{ type: "appended", success: true, index: 5 }]);
  });

  test("5. it counts when it is durable: a crash before that leaves the old log", () => {
    const replica = follower({ term: 3, log: entriesOf(1) });
    replica.hears(0, part());
    expect(replica.state.base.index).toBe(0);
    replica.crashesAndRestarts();
    expect(lastIndex(replica.state)).toBe(1);
    expect(replica.state.commitIndex).toBe(0);
  });

  test("6. entries that follow it stay when the log agrees with it", () => {
    const replica = follower({ term: 3, log: entriesOf(1, 1, 2, 2, 2, 2, 3) });
    replica.hears(0, part());
    replica.syncs();
    expect(replica.state.base).toMatchObject({ index: 5, term: 2 });
    expect(replica.state.log.map(({ term }) => term)).toEqual([2, 3]);
  });

  test("7. else the whole log goes", () => {
    const replica = follower({ term: 3, log: entriesOf(1, 1, 1, 1, 1, 1, 1) });
    replica.hears(0, part());
    replica.syncs();
    expect(lastIndex(replica.state)).toBe(5);
    expect(replica.state.log).toEqual([]);
  });

  test("8. the state machine is the snapshot's, and so is the configuration", () => {
    const replica = follower({ term: 3 });
    replica.hears(0, part({ snapshot: snapshot({ members: [0, 1] }) }));
    replica.syncs();
    expect(replica.state.registers.values.get(1)).toBe(10);
    expect(replica.state).toMatchObject({ commitIndex: 5, members: [0, 1] });
    replica.crashesAndRestarts();
    expect(replica.state.registers.values.get(1)).toBe(10);
  });

  test("a snapshot of what is committed here already changes nothing and is answered like a duplicate", () => {
    const replica = follower({ term: 3 });
    replica.hears(0, append({ term: 3, entries: entriesOf(2, 2, 2, 2, 2, 2), leaderCommit: 6 }));
    replica.syncs();
    replica.sent();
    replica.hears(0, part());
    expect(messages(replica)).toMatchObject([{ type: "appended", success: true, index: 6 }]);
    expect(replica.state.commitIndex).toBe(6);
  });

  test("parts keep a follower from standing for election, as appends do", () => {
    const replica = follower({ term: 3 });
    replica.timersUs.clear();
    replica.hears(0, part({ snapshot: snapshot({ rows: 3 }) }));
    expect(replica.timersUs.has(TIMER.election)).toBe(true);
    expect(replica.state.leader).toBe(0);
  });
});
