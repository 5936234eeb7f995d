import { describe, expect, test } from "vitest";
import { TIMER } from "../../shared/protocols/primaryBackup/state.ts";
import { append, appended, entry, EVERYBODY, messages, replica, valuesIn } from "./primaryBackupAlone.ts";

describe("a view", () => {
  test("is announced by its primary once it is durable, and a crash before that undoes it", () => {
    const promoted = replica(1);
    promoted.orders({ type: "promote", members: EVERYBODY });
    promoted.rings(TIMER.heartbeat);
    expect(promoted.sent()).toEqual([]);
    promoted.crashesAndRestarts();
    expect(promoted.state).toMatchObject({ view: 0, leading: false });
    promoted.orders({ type: "promote", members: EVERYBODY });
    promoted.syncs();
    expect(messages(promoted)).toMatchObject([{ view: 1 }, { view: 1 }]);
    promoted.crashesAndRestarts();
    expect(promoted.state).toMatchObject({ view: 1, leading: true });
  });

  test("is acknowledged by a backup once it is durable, so that it never confirms an older one again", () => {
    const backup = replica(2);
    backup.hears(1, append({ view: 1 }));
    expect(backup.sent()).toEqual([]);
    backup.syncs();
    expect(messages(backup)).toMatchObject([{ type: "appended", view: 1, success: true }]);
    backup.crashesAndRestarts();
    backup.hears(0, append({ view: 0 }));
    expect(messages(backup)).toMatchObject([{ view: 1, success: false }]);
  });

  test("belongs to one replica: two that are promoted apart lead different views", () => {
    const views = [1, 2].map((self) => {
      const promoted = replica(self);
      promoted.orders({ type: "promote", members: EVERYBODY });
      return promoted.state.view;
    });
    expect(views).toEqual([1, 2]);
  });

  test("ends when a later one is heard of: reads that waited are refused, writes are never answered", () => {
    const old = replica(0, { mode: "sync" });
    const read = old.asked({});
    const write = old.asked({ kind: "write", argument: 1 });
    old.hears(2, appended({ view: 1, success: false, index: 0 }));
    expect(old.state).toMatchObject({ leading: false, primary: 1 });
    expect(old.answers.get(read)).toEqual({ outcome: "refused", reason: "steppedDown" });
    expect(old.answers.has(write)).toBe(false);
  });
});

describe("the log", () => {
  test("is sent only as far as it is durable, so no backup has what its primary could lose in a crash", () => {
    const primary = replica(0);
    primary.asked({ kind: "write", argument: 1 });
    primary.rings(TIMER.heartbeat);
    expect(messages(primary)).toMatchObject([{ entries: [] }, { entries: [] }]);
    primary.syncs();
    expect(messages(primary)).toMatchObject([{ entries: { length: 1 } }, { entries: { length: 1 } }]);
  });

  test("loses what the new primary never had as soon as its view is heard of, and what that had done is undone", () => {
    const old = replica(0);
    for (const value of [1, 2]) old.asked({ kind: "write", argument: value });
    old.syncs();
    old.hears(1, append({ view: 1, previousIndex: 1, previousView: 0, committedIndex: 1, inheritedIndex: 1 }));
    expect(valuesIn(old)).toEqual([1]);
    expect(old.state.registers.values.get(1)).toBe(1);
  });

  test("keeps what comes twice or late", () => {
    const backup = replica(2);
    backup.hears(0, append({ entries: [entry(0, 1), entry(0, 2)] }));
    backup.hears(0, append({ entries: [entry(0, 1)] }));
    expect(valuesIn(backup)).toEqual([1, 2]);
  });
});

describe("mode sync", () => {
  test("a write is acknowledged when every member has it on disk", () => {
    const primary = replica(0, { mode: "sync" });
    const write = primary.asked({ kind: "write", argument: 1 });
    primary.syncs();
    primary.hears(1, appended({ index: 1 }));
    expect(primary.answers.has(write)).toBe(false);
    primary.hears(2, appended({ index: 1 }));
    expect(primary.answers.get(write)).toMatchObject({ outcome: "ok", position: 1 });
  });

  test("a member that has less than it told before has lost its disk, and counts no more", () => {
    const primary = replica(0, { mode: "sync" });
    const write = primary.asked({ kind: "write", argument: 1 });
    primary.syncs();
    primary.hears(1, appended({ index: 1 }));
    primary.hears(1, appended({ success: false, index: 0 }));
    primary.hears(2, appended({ index: 1 }));
    expect(primary.answers.has(write)).toBe(false);
  });

  test("a new primary reads only after every member has what it inherited", () => {
    const promoted = replica(1, { mode: "sync" });
    promoted.hears(0, append({ entries: [entry(0, 1)] }));
    promoted.orders({ type: "promote", members: EVERYBODY });
    promoted.syncs();
    const read = promoted.asked({});
    for (const from of [0, 2]) {
      promoted.hears(from, appended({ view: 1, index: 0, round: 9 }));
    }
    expect(promoted.answers.has(read)).toBe(false);
    for (const from of [0, 2]) {
      promoted.hears(from, appended({ view: 1, index: 1, round: 9 }));
    }
    expect(promoted.answers.get(read)).toMatchObject({ outcome: "ok", value: 1 });
  });
});
