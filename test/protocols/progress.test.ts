import { describe, expect, test } from "vitest";
import { reachedByQuorum, majority } from "../../shared/protocols/majority.ts";
import {
  accepted,
  beat,
  createProgress,
  heard,
  isSilent,
  type Progress,
  rejected,
  sent,
  windowOpen,
} from "../../shared/protocols/progress.ts";

/** Sends appends of one entry to replica 1 while its window is open; says how many went. */
function sendAll(progress: Progress): number {
  let count = 0;
  while (windowOpen(progress, 1) && count < 100) {
    progress.round += 1;
    sent(progress, 1, 1);
    count += 1;
  }
  return count;
}

describe("what a leader knows of its followers", () => {
  test("appends are pipelined until the window is full; an answer makes room for what it answers", () => {
    const progress = createProgress(3, 0);
    expect(sendAll(progress)).toBe(8);
    heard(progress, 1, 3);
    expect(sendAll(progress)).toBe(3);
  });

  test("one answer may be for many appends", () => {
    const progress = createProgress(3, 0);
    sendAll(progress);
    heard(progress, 1, progress.round);
    expect(sendAll(progress)).toBe(8);
  });

  test("after a rejection one append goes at a time, always the same entries, until one is accepted", () => {
    const progress = createProgress(3, 10);
    sendAll(progress);
    expect(rejected(progress, 1, 4)).toBe(true);
    expect(sendAll(progress)).toBe(1);
    expect(progress.nextIndex[1]).toBe(5);
    heard(progress, 1, progress.round);
    accepted(progress, 1, 5);
    expect(sendAll(progress)).toBe(8);
  });

  test("the rest of the pipeline is rejected as well, which is no news", () => {
    const progress = createProgress(3, 10);
    sendAll(progress);
    expect([rejected(progress, 1, 4), rejected(progress, 1, 5), rejected(progress, 1, 3)]).toEqual([true, false, true]);
  });

  test("a late rejection never makes a leader forget what is durable", () => {
    const progress = createProgress(3, 10);
    accepted(progress, 1, 8);
    rejected(progress, 1, 2);
    expect(progress.nextIndex[1]).toBe(9);
  });

  test("a replica that does not answer heartbeats gets nothing else, until it is heard again", () => {
    const progress = createProgress(3, 10);
    accepted(progress, 1, 10);
    sendAll(progress);
    for (let heartbeats = 0; heartbeats < 4; heartbeats++) beat(progress, 1);
    expect(isSilent(progress, 1)).toBe(true);
    expect(sendAll(progress)).toBe(0);
    expect(progress.nextIndex[1]).toBe(11);
    heard(progress, 1, progress.round);
    expect(sendAll(progress)).toBe(1);
  });
});

describe("what a quorum has reached", () => {
  test.each([
    { values: [5], reached: 5 },
    { values: [5, 3], reached: 3 },
    { values: [5, 0, 7], reached: 5 },
    { values: [9, 9, 1, 2], reached: 2 },
    { values: [4, 4, 8, 1, 0], reached: 4 },
    { values: [0, 0, 0], reached: 0 },
  ])("$values: $reached", ({ values, reached }) => {
    expect(reachedByQuorum(values, majority(values.length))).toBe(reached);
  });
});
