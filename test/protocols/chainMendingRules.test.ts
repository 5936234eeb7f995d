import { describe, expect, test } from "vitest";
import { chain } from "../../shared/protocols/chain/chain.ts";
import { acknowledged, forward, forwarded, letInAgain, replica, sentBy, told, update, without } from "./chainAlone.ts";

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
    emptied.syncs();
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
