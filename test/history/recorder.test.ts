import { describe, expect, test } from "vitest";
import type { Operation } from "../../shared/history/operation.ts";
import { History, type Invocation } from "../../shared/history/recorder.ts";

const write = (session: number, argument: number, atUs: number): Invocation => ({
  session,
  component: "ledger",
  key: 7,
  other: null,
  kind: "write",
  argument,
  expected: null,
  atUs,
});
const read = (session: number, atUs: number): Invocation => ({
  session,
  component: "feed",
  key: 7,
  other: null,
  kind: "read",
  argument: null,
  expected: null,
  atUs,
});

describe("a history", () => {
  test("hands out operations in the order of invocation, as their clients know them", () => {
    const history = new History();
    const first = history.invoke(write(1, 40, 1_000));
    const second = history.invoke(read(2, 2_000));
    history.complete(second, { outcome: "ok", result: null, results: null, atUs: 2_500 });
    history.complete(first, { outcome: "ok", result: null, results: null, atUs: 9_000 });
    const third = history.invoke(read(2, 9_500));
    const common = { key: 7, other: null, expected: null, result: null, results: null };
    expect([...history]).toEqual<Operation[]>([
      {
        ...common,
        id: first,
        session: 1,
        component: "ledger",
        kind: "write",
        argument: 40,
        invokedAtUs: 1_000,
        completedAtUs: 9_000,
        outcome: "ok",
      },
      {
        ...common,
        id: second,
        session: 2,
        component: "feed",
        kind: "read",
        argument: null,
        invokedAtUs: 2_000,
        completedAtUs: 2_500,
        outcome: "ok",
      },
      {
        ...common,
        id: third,
        session: 2,
        component: "feed",
        kind: "read",
        argument: null,
        invokedAtUs: 9_500,
        completedAtUs: Infinity,
        outcome: "unknown",
      },
    ]);
  });

  test("tells the value 0 from the value that nobody wrote", () => {
    const history = new History();
    const zero = history.invoke(read(1, 0));
    history.complete(zero, { outcome: "ok", result: 0, results: null, atUs: 1 });
    const empty = history.invoke(read(1, 2));
    history.complete(empty, { outcome: "ok", result: null, results: null, atUs: 3 });
    expect([...history].map((it) => it.result)).toEqual([0, null]);
  });

  test("keeps every operation while it grows", () => {
    const history = new History();
    for (let i = 0; i < 5_000; i++)
      history.complete(history.invoke(write(i % 10, i, i)), { outcome: "ok", result: null, results: null, atUs: i });
    expect(history.length).toBe(5_000);
    expect([...history].every((it, id) => it.id === id && it.argument === id && it.session === id % 10)).toBe(true);
  });

  test("lets a session ask one thing at a time", () => {
    const history = new History();
    const id = history.invoke(write(1, 40, 0));
    expect(() => history.invoke(read(1, 5))).toThrow("session 1 asks while");
    history.complete(id, { outcome: "fail", result: null, results: null, atUs: 6 });
    expect(history.invoke(read(1, 7))).toBe(1);
  });

  test("closes a session whose operation ended unknown", () => {
    const history = new History();
    history.complete(history.invoke(write(1, 40, 0)), { outcome: "unknown", result: null, results: null, atUs: 400 });
    expect(history.isFree(1)).toBe(false);
    expect(() => history.invoke(read(1, 500))).toThrow("session 1 asks while");
    expect(history.isFree(2)).toBe(true);
  });

  test("refuses to run backwards, and to complete what is not open", () => {
    const history = new History();
    const id = history.invoke(write(1, 40, 100));
    expect(() => history.invoke(read(2, 99))).toThrow("time went back");
    expect(() => history.complete(id, { outcome: "ok", result: null, results: null, atUs: 99 })).toThrow("before it was invoked");
    history.complete(id, { outcome: "ok", result: null, results: null, atUs: 100 });
    expect(() => history.complete(id, { outcome: "ok", result: null, results: null, atUs: 101 })).toThrow("not open");
    expect(() => history.complete(7, { outcome: "ok", result: null, results: null, atUs: 101 })).toThrow("not open");
  });
});
