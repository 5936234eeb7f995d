import { describe, expect, test } from "vitest";
import { gossip } from "../../shared/protocols/gossip/gossip.ts";
import type { GossipMessage, News } from "../../shared/protocols/gossip/messages.ts";
import { type GossipState, TIMER } from "../../shared/protocols/gossip/state.ts";
import type { GossipConfig, ReplicationConfig } from "../../shared/protocols/protocol.ts";
import { LoneReplica } from "./loneReplica.ts";

type Replica = LoneReplica<GossipState, GossipMessage>;

/** Oak, number 0 of two, so that luck leaves no choice whom it calls. */
function oak(set: Partial<GossipConfig> = {}, config: Partial<ReplicationConfig> = {}): Replica {
  const gossips: GossipConfig = { style: "pushPull", fanout: 1, intervalMs: 100, ...set };
  const whole = { stop: "eventual", data: "gCounter", gossip: gossips, ...config } as const;
  return new LoneReplica<GossipState, GossipMessage>({ protocol: gossip, self: 0, replicas: 2, config: whole });
}

function counts(replica: Replica, key: number, argument = 1): void {
  replica.asked({ kind: "increment", key, argument });
  replica.syncs();
}

/** The next round's one message. */
function calls(replica: Replica): GossipMessage {
  replica.sent();
  replica.rings(TIMER.round);
  const [call] = replica.sent();
  return call!.message;
}

const keysOf = (message: GossipMessage): number[] => (message as News).entries.map(({ key }) => key);

const NEWS: News = {
  type: "news",
  data: "gCounter",
  life: 0,
  since: 0,
  upTo: 1,
  entries: [{ key: 5, state: [{ actor: 1, count: 3 }] }],
  heard: { life: 0, position: 0 },
  answer: "none",
};

describe("rules of answering", () => {
  test("a read is answered at once, from what is on disk", () => {
    const replica = oak();
    replica.asked({ kind: "increment", key: 1, argument: 2 });
    const early = replica.asked({ kind: "read", key: 1 });
    expect(replica.answers.get(early)).toMatchObject({ value: 0 });
    replica.syncs();
    const late = replica.asked({ kind: "read", key: 1 });
    expect(replica.answers.get(late)).toMatchObject({ value: 2 });
  });

  test("an update is answered when it is on disk here, whoever else has it", () => {
    const replica = oak();
    const request = replica.asked({ kind: "increment", key: 1, argument: 2 });
    expect(replica.answers.has(request)).toBe(false);
    replica.syncs();
    expect(replica.answers.get(request)).toMatchObject({ outcome: "ok" });
    expect(replica.sent()).toEqual([]);
  });

  test("what was not on disk is gone after a crash, and so is its news", () => {
    const replica = oak();
    counts(replica, 1);
    replica.asked({ kind: "increment", key: 2, argument: 2 });
    replica.crashesAndRestarts();
    expect(keysOf(calls(replica))).toEqual([1]);
  });
});

describe("rules of rounds (Demers 1987, section 1.3)", () => {
  test("push: who is called is told, and says so once it is on disk", () => {
    const replica = oak({ style: "push" });
    counts(replica, 1);
    expect(calls(replica)).toMatchObject({ type: "news", answer: "heard", entries: [{ key: 1 }] });
    replica.hears(1, { ...NEWS, answer: "heard" });
    expect(replica.sent()).toEqual([]);
    replica.syncs();
    expect(replica.sent()).toEqual([{ to: 1, message: { type: "heard", life: 0, heard: { life: 0, position: 1 } } }]);
  });

  test("pull: who is called is asked, and tells", () => {
    const replica = oak({ style: "pull" });
    counts(replica, 1);
    expect(calls(replica)).toMatchObject({ type: "ask", heard: { life: 0, position: 0 } });
    replica.hears(1, { type: "ask", life: 0, heard: { life: 0, position: 0 } });
    expect(replica.sent()).toMatchObject([{ to: 1, message: { type: "news", answer: "none", entries: [{ key: 1 }] } }]);
  });

  test("push-pull: who is called is told, and tells in return", () => {
    const replica = oak();
    counts(replica, 1);
    expect(calls(replica)).toMatchObject({ type: "news", answer: "news" });
    replica.hears(1, { ...NEWS, answer: "news" });
    replica.syncs();
    expect(replica.sent()).toMatchObject([
      { to: 1, message: { type: "news", answer: "none", heard: { position: 1 } } },
    ]);
  });

  test("what the other one is known to know is not sent again", () => {
    const replica = oak();
    counts(replica, 1);
    counts(replica, 2);
    replica.hears(1, { type: "heard", life: 0, heard: { life: 0, position: 1 } });
    expect(keysOf(calls(replica))).toEqual([2]);
    replica.hears(1, { type: "heard", life: 0, heard: { life: 0, position: 2 } });
    expect(keysOf(calls(replica))).toEqual([]);
  });

  test("a key that changed many times travels once, as it is now", () => {
    const replica = oak();
    for (let time = 0; time < 500; time++) counts(replica, time % 3);
    expect(keysOf(calls(replica))).toHaveLength(3);
    expect(replica.state.changes.length).toBeLessThan(100);
  });

  test("what one was told by the other is not told back to it", () => {
    const replica = oak();
    replica.hears(1, NEWS);
    replica.syncs();
    expect(keysOf(calls(replica))).toEqual([]);
    counts(replica, 5);
    expect(keysOf(calls(replica))).toEqual([5]);
  });

  test("messages are bounded: what is left over goes in the next", () => {
    const replica = oak();
    for (let key = 0; key < 100; key++) counts(replica, key);
    const first = calls(replica) as News;
    expect(first.entries).toHaveLength(64);
    replica.hears(1, { type: "heard", life: 0, heard: { life: 0, position: first.upTo } });
    const second = calls(replica) as News;
    expect([...keysOf(first), ...keysOf(second)]).toEqual(Array.from({ length: 100 }, (_, key) => key));
  });
});

describe("rules of lost messages and lost disks", () => {
  test("news that come after a gap are merged, but what is missing is asked for again", () => {
    const replica = oak({ style: "pull" });
    replica.hears(1, { ...NEWS, since: 7, upTo: 9 });
    replica.syncs();
    const read = replica.asked({ kind: "read", key: 5 });
    expect(replica.answers.get(read)).toMatchObject({ value: 3 });
    expect(calls(replica)).toMatchObject({ heard: { position: 0 } });
  });

  test("a replica that lost its disk is told everything, its own words included", () => {
    const replica = oak();
    replica.hears(1, NEWS);
    replica.syncs();
    replica.hears(1, { type: "heard", life: 1, heard: { life: 0, position: 0 } });
    expect(keysOf(calls(replica))).toEqual([5]);
  });

  test("what was said in an earlier life counts for nothing in the next", () => {
    const replica = oak({ style: "pull" });
    counts(replica, 1);
    replica.crashesAndRestarts(true);
    counts(replica, 2);
    replica.hears(1, { type: "ask", life: 0, heard: { life: 0, position: 1 } });
    expect(keysOf(replica.sent().at(-1)!.message)).toEqual([2]);
    replica.hears(1, { ...NEWS, life: 1, upTo: 4 });
    replica.syncs();
    replica.hears(1, { ...NEWS, life: 0, upTo: 9 });
    replica.syncs();
    expect(calls(replica)).toMatchObject({ heard: { life: 1, position: 4 } });
  });

  test("a replica that lost its disk counts as a new actor, so that its old count is not counted over", () => {
    const replica = oak();
    counts(replica, 5, 4);
    replica.crashesAndRestarts(true);
    counts(replica, 5, 1);
    replica.hears(1, { ...NEWS, entries: [{ key: 5, state: [{ actor: 0, count: 4 }] }] });
    replica.syncs();
    const read = replica.asked({ kind: "read", key: 5 });
    expect(replica.answers.get(read)).toMatchObject({ value: 5 });
  });
});
