import { describe, expect, test } from "vitest";
import { Ejection, EjectionConfig } from "../../shared/components/balancing/ejection.ts";
import { lookUp, put, type Entry, type Shelf } from "../../shared/components/cache/shelf.ts";
import { fullBucket, takeToken } from "../../shared/components/rateLimit.ts";
import { letIn, takeNext, type Waiting, type WaitingPolicy } from "../../shared/components/service/waitingRoom.ts";
import { US_PER_SECOND } from "../../shared/core/time.ts";
import type { Request } from "../../shared/sim/message.ts";

const FAIR: WaitingPolicy = { queueCap: 3, discipline: "fifo", shedByPriority: false, dropAbandoned: false };

/** A request that came at this second and is waited for so many. */
function waiting(atS: number, { priority = 1, patienceS = Infinity } = {}): Waiting {
  const request = { operation: atS, priority, patienceUs: patienceS * US_PER_SECOND } as Request;
  return { request, sinceUs: atS * US_PER_SECOND };
}

describe("a waiting room", () => {
  const full = (): Waiting[] => [waiting(1, { priority: 2 }), waiting(2, { priority: 0 }), waiting(3, { priority: 0 })];

  test("turns the newcomer away when it is full, or by priority the newest of the lowest", () => {
    const late = waiting(4);
    expect(letIn(full(), late, FAIR)).toBe(late);
    expect(letIn(full(), late, { ...FAIR, shedByPriority: true })?.request.operation).toBe(3);
    const least = waiting(4, { priority: 0 });
    expect(letIn(full(), least, { ...FAIR, shedByPriority: true })).toBe(least);
  });

  test("gives up on the oldest when the newest is served first", () => {
    expect(letIn(full(), waiting(4), { ...FAIR, discipline: "lifo" })?.request.operation).toBe(1);
    expect(letIn(full(), waiting(4), { ...FAIR, discipline: "lifo", shedByPriority: true })?.request.operation).toBe(2);
    expect(letIn([], waiting(4), { ...FAIR, discipline: "lifo", queueCap: 0 })?.request.operation).toBe(4);
  });

  test("serves the oldest or the newest, and passes over those whose sender has stopped waiting", () => {
    const room = (): Waiting[] => [waiting(1, { patienceS: 2 }), waiting(2, { patienceS: 9 }), waiting(3)];
    const nowUs = 4 * US_PER_SECOND;
    const taken = (change: Partial<WaitingPolicy>) => {
      const { next, dropped } = takeNext(room(), { ...FAIR, ...change }, nowUs);
      return [next?.request.operation, dropped.map(({ request }) => request.operation)];
    };
    expect(taken({})).toEqual([1, []]);
    expect(taken({ dropAbandoned: true })).toEqual([2, [1]]);
    expect(taken({ dropAbandoned: true, discipline: "lifo" })).toEqual([3, []]);
  });
});

test("a shelf of two keeps what was used last, and nothing that is too old", () => {
  const shelf: Shelf = new Map();
  const entry = (storedAtUs: number): Entry => ({ storedAtUs }) as Entry;
  put(shelf, "a", entry(0), 2);
  put(shelf, "b", entry(0), 2);
  expect(lookUp(shelf, "a", 5, 10)).toBeDefined();
  put(shelf, "c", entry(5), 2);
  expect([...shelf.keys()]).toEqual(["a", "c"]);
  expect(lookUp(shelf, "a", 10, 10)).toBeUndefined();
  expect([...shelf.keys()]).toEqual(["c"]);
});

test("a bucket that was left alone for an hour still holds one burst", () => {
  const limit = { perSecond: 10, burst: 5 };
  const bucket = fullBucket(limit, 0);
  const taken = (atS: number): number =>
    Array.from({ length: 20 }, () => takeToken(bucket, limit, atS * US_PER_SECOND)).filter(Boolean).length;
  expect([taken(0), taken(0.3), taken(3_600)]).toEqual([5, 3, 5]);
});

describe("a target that answers with errors", () => {
  const config = EjectionConfig.parse({ interval: "1s", for: "10s", minimumAnswers: 4 });

  /** Seconds at which the first of two targets is left out, if it fails whenever it is asked. */
  function outAt(untilS: number): number[] {
    const ejection = new Ejection(config, [7, 8]);
    const out: number[] = [];
    for (let second = 1; second <= untilS; second++) {
      const nowUs = second * US_PER_SECOND;
      if (!ejection.isOut(7, nowUs)) for (let answer = 0; answer < 4; answer++) ejection.note(7, true, 1);
      for (let answer = 0; answer < 4; answer++) ejection.note(8, answer > 2, 1);
      ejection.judge(nowUs);
      if (ejection.isOut(7, nowUs)) out.push(second);
      expect(ejection.isOut(8, nowUs)).toBe(false);
    }
    return out;
  }

  test("is left out for ten seconds, and the next time for twenty", () => {
    const out = outAt(40);
    expect(out.slice(0, 10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(out.filter((second) => second > 10 && second <= 31).length).toBeGreaterThanOrEqual(20);
  });

  test("is not judged by fewer answers than it takes, and counts a late answer as an error", () => {
    const ejection = new Ejection(config, [7, 8]);
    for (let answer = 0; answer < 3; answer++) ejection.note(7, true, 1);
    for (let answer = 0; answer < 4; answer++) ejection.note(8, false, 5 * US_PER_SECOND);
    ejection.judge(US_PER_SECOND);
    expect([7, 8].map((target) => ejection.isOut(target, US_PER_SECOND))).toEqual([false, true]);
  });
});
