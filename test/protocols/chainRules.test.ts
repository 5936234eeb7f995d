import { describe, expect, test } from "vitest";
import { TIMER } from "../../shared/protocols/chain/state.ts";
import { acknowledged, forward, forwarded, replica, sentBy, update, type Replica } from "./chainAlone.ts";

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
