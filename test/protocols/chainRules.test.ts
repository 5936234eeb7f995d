import { describe, expect, test } from "vitest";
import { chain } from "../../shared/protocols/chain/chain.ts";
import type { Acknowledged, ChainMessage, Forward, Forwarded } from "../../shared/protocols/chain/messages.ts";
import { TIMER, type ChainState } from "../../shared/protocols/chain/state.ts";
import type { Membership } from "../../shared/protocols/membership.ts";
import { changeMembership, firstMembership } from "../../shared/protocols/membership.ts";
import type { ReplicationConfig, StoreRequest } from "../../shared/protocols/protocol.ts";
import { LoneReplica } from "./loneReplica.ts";

type Replica = LoneReplica<ChainState, ChainMessage>;

/** One of three: replica 0 is the head, 2 the tail. */
function replica(self: number, config: Partial<ReplicationConfig> = {}): Replica {
  return new LoneReplica({ protocol: chain, self, replicas: 3, config });
}
const update = (value: number, key = 1): StoreRequest => {
  return { operation: value, kind: "write", key, argument: value, expected: null, sessionPosition: 0 };
};
const forward = (updates: readonly StoreRequest[], change: Partial<Forward> = {}): Forward => ({
  type: "forward",
  configuration: 0,
  lineage: 0,
  previousIndex: 0,
  updates,
  committedIndex: 0,
  round: 1,
  handOverTo: -1,
  handOverIndex: 0,
  ...change,
});
const forwarded = (index: number, change: Partial<Forwarded> = {}): Forwarded => ({
  type: "forwarded",
  configuration: 0,
  success: true,
  index,
  round: 1,
  stampUs: 0,
  isEstablished: true,
  isEnd: true,
  ...change,
});
const acknowledged = (index: number, configuration = 0): Acknowledged => {
  return { type: "acknowledged", configuration, index, asOfUs: 0 };
};
const sentBy = (of: Replica, type: ChainMessage["type"]) => of.sent().filter(({ message }) => message.type === type);
const told = (of: Replica, membership: Membership): void => {
  of.orders({ type: "members", members: membership.members, membership });
};

/** The chain without one replica, and with that one let in again. */
const without = (gone: number): Membership => {
  return changeMembership(firstMembership(3), [0, 1, 2].filter((member) => member !== gone));
};
const letInAgain = (gone: number): Membership => changeMembership(without(gone), [0, 1, 2]);

describe("section 2: updates go down the chain", () => {
  test("the head passes an update on once it is on its own disk", () => {
    const head = replica(0);
    head.asked({ kind: "write", argument: 1 });
    expect(sentBy(head, "forward")).toEqual([]);
    head.syncs();
    expect(sentBy(head, "forward")).toMatchObject([{ to: 1, message: { updates: [{ argument: 1 }] } }]);
  });

  test("so does every other, to the next in the row only", () => {
    const middle = replica(1);
    middle.hears(0, forward([update(1)]));
    expect(sentBy(middle, "forward")).toEqual([]);
    middle.syncs();
    expect(middle.sent().map(({ to, message }) => [to, message.type])).toEqual([
      [2, "forward"],
      [0, "forwarded"],
    ]);
  });

  test("an update counts when the tail has it on disk, and everybody hears of it", () => {
    const tail = replica(2);
    tail.hears(1, forward([update(1)]));
    expect(tail.state.committedIndex).toBe(0);
    tail.syncs();
    expect(tail.state.committedIndex).toBe(1);
    expect(sentBy(tail, "acknowledged").map(({ to }) => to)).toEqual([0, 1]);
  });

  test("the client is answered then, and not when its update is only on its way", () => {
    const head = replica(0);
    const write = head.asked({ kind: "write", argument: 1 });
    head.syncs();
    head.hears(1, forwarded(1));
    expect(head.answers.has(write)).toBe(false);
    head.hears(2, acknowledged(1));
    expect(head.answers.get(write)).toMatchObject({ outcome: "ok", position: 1 });
  });

  test("a replica that lacks updates before those that came asks for them; what comes twice is known", () => {
    const middle = replica(1);
    middle.hears(0, forward([update(3)], { previousIndex: 2 }));
    expect(sentBy(middle, "forwarded")).toMatchObject([{ message: { success: false, index: 0 } }]);
    middle.hears(0, forward([update(1), update(2)]));
    middle.hears(0, forward([update(2), update(3)], { previousIndex: 1 }));
    expect(middle.state.history.map(({ argument }) => argument)).toEqual([1, 2, 3]);
  });

  test("updates come from the predecessor and nobody else, and not from another configuration", () => {
    const tail = replica(2);
    tail.hears(0, forward([update(1)]));
    tail.hears(1, forward([update(1)], { configuration: 1 }));
    expect(tail.state.history).toEqual([]);
  });

  test("writes go to the head", () => {
    const tail = replica(2);
    const write = tail.asked({ kind: "write", argument: 1 });
    expect(tail.answers.get(write)).toEqual({ outcome: "redirect", to: 0 });
  });
});

describe("CRAQ, section 2.3: any replica reads", () => {
  const dirty = (): Replica => {
    const middle = replica(1);
    middle.hears(0, forward([update(1, 1), update(2, 2)]));
    middle.syncs();
    middle.hears(2, acknowledged(1));
    middle.sent();
    return middle;
  };

  test("a clean key at once", () => {
    const middle = dirty();
    expect(middle.answers.get(middle.asked({ key: 1 }))).toMatchObject({ value: 1, position: 1 });
  });

  test("a dirty key once the tail has said which of its versions counts", () => {
    const middle = dirty();
    const [early, late] = [middle.asked({ key: 2 }), middle.asked({ key: 2 })];
    expect(sentBy(middle, "versionQuery").map(({ to }) => to)).toEqual([2, 2]);
    middle.hears(2, { type: "version", configuration: 0, query: 1, index: 1 });
    expect(middle.answers.get(early)).toMatchObject({ value: null });
    middle.hears(2, { type: "version", configuration: 0, query: 2, index: 2 });
    expect(middle.answers.get(late)).toMatchObject({ value: 2, position: 2 });
  });

  test("a dirty key not at all when the tail does not answer", () => {
    const middle = dirty();
    const read = middle.asked({ key: 2 });
    for (let sweeps = 0; sweeps < 4; sweeps++) middle.rings(TIMER.sweep);
    expect(middle.answers.get(read)).toEqual({ outcome: "refused", reason: "quorumUnreachable" });
  });

  test("only the tail says what counts", () => {
    const middle = dirty();
    middle.hears(0, { type: "versionQuery", configuration: 0, query: 1 });
    expect(sentBy(middle, "version")).toEqual([]);
  });

  test("section 2.4: at eventual the clean version of a dirty key will do", () => {
    const middle = replica(1, { stop: "eventual" });
    middle.hears(0, forward([update(1)]));
    expect(middle.answers.get(middle.asked({}))).toMatchObject({ value: null, position: 0 });
  });
});

describe("section 3.1: the master mends the chain", () => {
  test("without the head the next one takes writes", () => {
    const next = replica(1);
    told(next, without(0));
    next.asked({ kind: "write", argument: 1 });
    expect(next.state.history.length).toBe(1);
    expect(chain.status(next.state)).toMatchObject({ role: "head", term: 1, follows: -1 });
  });

  test("without the tail the one before is tail, and all that is on its disk counts", () => {
    const middle = replica(1);
    middle.hears(0, forward([update(1)]));
    middle.syncs();
    expect(middle.state.committedIndex).toBe(0);
    told(middle, without(2));
    expect(middle.state.committedIndex).toBe(1);
    expect(chain.status(middle.state).role).toBe("tail");
  });

  test("without the middle the head sends the tail what that lacks of Sent", () => {
    const head = replica(0);
    for (const value of [1, 2, 3]) head.asked({ kind: "write", argument: value });
    head.syncs();
    told(head, without(1));
    head.syncs();
    head.sent();
    head.hears(2, forwarded(1, { success: false, configuration: 1 }));
    expect(sentBy(head, "forward")).toMatchObject([{ to: 2, message: { previousIndex: 1, updates: { length: 2 } } }]);
  });

  test("whoever is let in keeps only what it knows to count, and joins behind the tail", () => {
    const old = replica(0);
    for (const value of [1, 2]) old.asked({ kind: "write", argument: value });
    old.syncs();
    old.hears(2, acknowledged(1));
    told(old, without(0));
    told(old, letInAgain(0));
    expect(old.state.history.length).toBe(1);
    expect(chain.status(old.state)).toMatchObject({ role: "joining", follows: 2 });
    expect(old.answers.get(old.asked({}))).toEqual({ outcome: "redirect", to: 1 });
  });

  test("the tail stays tail until it has sent a newcomer everything; then it hands over, once that is on its disk", () => {
    const tail = replica(1);
    tail.hears(0, forward([update(1)]));
    tail.syncs();
    told(tail, without(2));
    told(tail, letInAgain(2));
    expect(tail.state.committedIndex).toBe(1);
    const joining = { configuration: 2, stampUs: 70, isEstablished: false };
    tail.hears(2, forwarded(0, { ...joining, success: false }));
    expect(tail.state.handedTo).toBe(-1);
    tail.hears(2, forwarded(1, joining));
    expect(tail.state.handedTo).toBe(70);
    for (const { message } of sentBy(tail, "forward")) expect(message).toMatchObject({ handOverTo: -1 });
    tail.syncs();
    expect(sentBy(tail, "forward").at(-1)).toMatchObject({ message: { handOverTo: 70, handOverIndex: 1 } });
  });

  test("a newcomer is tail once it holds all that it was handed", () => {
    const newcomer = replica(2);
    newcomer.clockUs = 70;
    told(newcomer, without(2));
    told(newcomer, letInAgain(2));
    const { stampUs } = newcomer.state;
    const handOver = { configuration: 2, handOverTo: stampUs, handOverIndex: 2 };
    newcomer.hears(1, forward([update(1)], handOver));
    newcomer.syncs();
    expect(chain.status(newcomer.state).role).toBe("joining");
    newcomer.hears(1, forward([update(2)], { ...handOver, previousIndex: 1 }));
    newcomer.syncs();
    expect(chain.status(newcomer.state).role).toBe("tail");
    expect(newcomer.state.committedIndex).toBe(2);
  });

  test("a replica that slept through its own absence joins anew: the order alone would not tell", () => {
    const tail = replica(2);
    told(tail, letInAgain(2));
    expect(chain.status(tail.state).role).toBe("joining");
  });
});

describe("a crash", () => {
  test("keeps what is on disk, and a tail that restarts counts all of it", () => {
    const tail = replica(2);
    tail.hears(1, forward([update(1)]));
    tail.syncs();
    tail.hears(1, forward([update(2)], { previousIndex: 1 }));
    tail.crashesAndRestarts();
    expect(tail.state).toMatchObject({ committedIndex: 1, history: { length: 1 } });
    expect(chain.status(tail.state).role).toBe("tail");
  });

  test("with the disk makes a replica catch up in its place; it says so, and its predecessor is tail meanwhile", () => {
    const tail = replica(2);
    tail.clockUs = 500;
    tail.crashesAndRestarts(true);
    tail.hears(1, forward([], { previousIndex: 4 }));
    const [answer] = sentBy(tail, "forwarded");
    expect(answer).toMatchObject({ message: { success: false, index: 0, stampUs: 500, isEstablished: false } });
    const middle = replica(1);
    middle.hears(0, forward([update(1)]));
    middle.syncs();
    middle.hears(2, answer!.message);
    expect(middle.state.committedIndex).toBe(1);
  });

  test("with the disk in the middle of the chain makes nobody tail before it: somebody behind it still is", () => {
    const head = replica(0);
    head.asked({ kind: "write", argument: 1 });
    head.syncs();
    head.hears(1, forwarded(0, { success: false, stampUs: 500, isEstablished: false, isEnd: false }));
    expect(head.state.committedIndex).toBe(0);
  });

  test("does not make a tail forget that it handed over", () => {
    const tail = replica(1);
    told(tail, without(2));
    told(tail, letInAgain(2));
    tail.hears(2, forwarded(0, { configuration: 2, stampUs: 70, isEstablished: false }));
    tail.syncs();
    tail.crashesAndRestarts();
    tail.hears(2, forwarded(0, { configuration: 2, stampUs: 70, isEstablished: false }));
    tail.hears(0, forward([update(1)], { configuration: 2 }));
    tail.syncs();
    expect(tail.state.committedIndex).toBe(0);
  });
});

describe("beginning anew", () => {
  test("is for the head of a chain in which nobody has everything", () => {
    const [whole, emptied] = [replica(0), replica(0)];
    expect(whole.orders({ type: "promote", members: [0, 1, 2] })).toBe(false);
    emptied.crashesAndRestarts(true);
    expect(emptied.orders({ type: "promote", members: [0, 1, 2] })).toBe(false);
    emptied.hears(1, forwarded(0, { success: false, stampUs: 9, isEstablished: false, isEnd: true }));
    expect(emptied.orders({ type: "promote", members: [0, 1, 2] })).toBe(true);
    expect(chain.status(emptied.state).role).toBe("head");
  });

  test("makes who joins drop what it has, even what counted", () => {
    const newcomer = replica(2);
    newcomer.hears(1, forward([update(1), update(2)], { committedIndex: 2 }));
    newcomer.syncs();
    newcomer.crashesAndRestarts();
    told(newcomer, without(2));
    told(newcomer, letInAgain(2));
    expect(newcomer.state.history.length).toBe(2);
    newcomer.hears(1, forward([update(3)], { configuration: 2, lineage: 2 }));
    newcomer.syncs();
    expect(newcomer.state.history.map(({ argument }) => argument)).toEqual([3]);
    newcomer.crashesAndRestarts();
    expect(newcomer.state).toMatchObject({ lineage: 2, committedIndex: 0, history: [] });
  });
});
