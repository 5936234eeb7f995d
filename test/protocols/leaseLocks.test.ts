import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRefusal } from "../../shared/core/refusal.ts";
import { createFence, passes } from "../../shared/protocols/lease/fence.ts";
import { hold, stillHolds, type Holding } from "../../shared/protocols/lease/holding.ts";
import {
  acquire,
  createLockTable,
  expire,
  type Lease,
  leaseOf,
  release,
  renew,
} from "../../shared/protocols/lease/lockTable.ts";

const LEASE_US = 10_000;
const LOCK = 7;
const ann = { lock: LOCK, holder: 1, leaseUs: LEASE_US };
const bob = { ...ann, holder: 2 };

function granted(answer: ReturnType<typeof acquire>): Lease {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}

describe("a lock table", () => {
  test("grants a lock to one at a time, and a higher token to each", () => {
    const table = createLockTable();
    const first = granted(acquire(table, ann, 0));
    expect(acquire(table, bob, LEASE_US - 1)).toMatchObject({ code: "lockHeld" });
    const second = granted(acquire(table, bob, LEASE_US));
    expect(second.fencingToken).toBeGreaterThan(first.fencingToken);
    expect(leaseOf(table, LOCK, LEASE_US)).toEqual(second);
  });

  test("gives a holder that asks again a new lease, which a late release of the old one does not free", () => {
    const table = createLockTable();
    const first = granted(acquire(table, ann, 0));
    const second = granted(acquire(table, ann, 500));
    release(table, first);
    expect(leaseOf(table, LOCK, 600)).toEqual(second);
    expect(renew(table, first, LEASE_US, 600)).toMatchObject({ code: "leaseExpired" });
  });

  test("renews what has not expired, and nothing else", () => {
    const table = createLockTable();
    const lease = granted(acquire(table, ann, 0));
    const renewed = granted(renew(table, lease, LEASE_US, 9_000));
    expect(renewed.expiresAtUs).toBe(19_000);
    expect(renew(table, lease, LEASE_US, 19_000)).toMatchObject({ code: "leaseExpired" });
    granted(acquire(table, bob, 19_000));
    expect(renew(table, lease, LEASE_US, 19_001)).toMatchObject({ code: "leaseExpired" });
  });

  test("frees a lock that is given back, but not by who held it before", () => {
    const table = createLockTable();
    const first = granted(acquire(table, ann, 0));
    release(table, first);
    const second = granted(acquire(table, bob, 1));
    release(table, first);
    expect(leaseOf(table, LOCK, 2)).toEqual(second);
  });

  test("tells which leases have run out, each once", () => {
    const table = createLockTable();
    const lease = granted(acquire(table, ann, 0));
    granted(acquire(table, { ...bob, lock: 8 }, 5_000));
    expect(expire(table, LEASE_US)).toEqual([lease]);
    expect(expire(table, LEASE_US)).toEqual([]);
  });
});

/** One step of somebody: how long after the step before, how long its messages take, and how long it is paused. */
interface Step {
  readonly who: number;
  readonly what: "acquire" | "renew" | "release" | "write";
  readonly afterUs: number;
  readonly thereUs: number;
  readonly backUs: number;
  readonly pausedUs: number;
}

/** How wrong the clocks are: rate of each holder's and, last, of the server's; and how far they are apart. */
interface Clocks {
  readonly rates: readonly number[];
  readonly skewsUs: readonly number[];
}

interface Seen {
  /** Moments at which two thought that they held the lock. */
  readonly twoHolders: number;
  /** Tokens of the writes that reached the resource, in order, and of those that its fence let pass. */
  readonly written: readonly number[];
  readonly passed: readonly number[];
}

const HOLDERS = 3;

/** Plays the steps of three holders, a lock server and a resource; the times of all messages are given. */
function play(steps: readonly Step[], { rates, skewsUs }: Clocks, marginUs: number): Seen {
  const table = createLockTable();
  const fence = createFence();
  const holdings = new Map<number, { holding: Holding; lease: Lease }>();
  /** When each gave the lock back last. */
  const releases = new Map<number, number>();
  const seen = { twoHolders: 0, written: [] as number[], passed: [] as number[] };
  const events: { atUs: number; act: (nowUs: number) => void }[] = [];
  const clock = (who: number, nowUs: number): number => nowUs * rates[who]! + skewsUs[who]!;
  const at = (atUs: number, act: (nowUs: number) => void): void => void events.push({ atUs, act });

  const ask = ({ who, what, thereUs, backUs }: Step, nowUs: number): void => {
    const asking = { askedAtUs: clock(who, nowUs), leaseUs: LEASE_US, marginUs };
    const known = holdings.get(who)?.lease;
    const asked = releases.get(who);
    at(nowUs + thereUs, (arrivedUs) => {
      const serverUs = clock(HOLDERS, arrivedUs);
      const request = { lock: LOCK, holder: who, leaseUs: LEASE_US };
      const answer = what === "renew" && known ? renew(table, known, LEASE_US, serverUs) : acquire(table, request, serverUs);
      at(arrivedUs + backUs, () => {
        // What was asked before giving the lock back means nothing after it.
        if (isRefusal(answer) || asked !== releases.get(who)) return;
        const before = holdings.get(who)?.holding;
        const holding = hold(answer, asking);
        // An answer that comes late says less than one that came before it.
        if (before === undefined || before.untilUs < holding.untilUs) holdings.set(who, { holding, lease: answer });
      });
    });
  };
  const step = (it: Step, nowUs: number): void => {
    const own = holdings.get(it.who);
    const holds = own !== undefined && stillHolds(own.holding, clock(it.who, nowUs));
    if (it.what === "acquire" || it.what === "renew") ask(it, nowUs);
    else if (holds && it.what === "release") {
      holdings.delete(it.who);
      releases.set(it.who, nowUs);
      at(nowUs + it.thereUs, () => release(table, own.lease));
    } else if (holds) {
      // It looked, and is paused before its write arrives.
      at(nowUs + it.pausedUs, () => {
        seen.written.push(own.holding.fencingToken);
        if (passes(fence, own.holding.fencingToken)) seen.passed.push(own.holding.fencingToken);
      });
    }
  };

  let startUs = 1_000;
  for (const it of steps) {
    startUs += it.afterUs;
    at(startUs, (nowUs) => step(it, nowUs));
  }
  while (events.length > 0) {
    events.sort((a, b) => a.atUs - b.atUs);
    const { atUs, act } = events.shift()!;
    act(atUs);
    const believers = [...holdings].filter(([who, { holding }]) => stillHolds(holding, clock(who, atUs)));
    if (believers.length > 1) seen.twoHolders += 1;
  }
  return seen;
}

const aStep: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(HOLDERS - 1),
  what: fc.constantFrom("acquire", "acquire", "renew", "release", "write", "write", "write"),
  afterUs: fc.nat(2_000),
  thereUs: fc.nat(2_000),
  backUs: fc.nat(2_000),
  pausedUs: fc.nat(12_000),
});
const steps = fc.array(aStep, { minLength: 20, maxLength: 100 });

/** Clocks that run wrong by at most this share, and are any amount apart. */
const clocksWithin = (drift: number): fc.Arbitrary<Clocks> =>
  fc.record({
    rates: fc.array(fc.double({ min: 1 - drift, max: 1 + drift, noNaN: true }), { minLength: 4, maxLength: 4 }),
    skewsUs: fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 4, maxLength: 4 }),
  });
const isGrowing = (tokens: readonly number[]): boolean => tokens.every((token, at) => at === 0 || token >= tokens[at - 1]!);
const RUNS = { seed: 1989, numRuns: 1_000 };

describe("leases and fencing tokens, whatever messages do", () => {
  test("clocks that part by less than the margin: never two holders at once", () => {
    // Two clocks that are each off by 4 % part by 8 % of a lease, at most 1/0.96 as long.
    const property = fc.property(steps, clocksWithin(0.04), (taken, clocks) => {
      expect(play(taken, clocks, LEASE_US * 0.09).twoHolders).toBe(0);
    });
    fc.assert(property, RUNS);
  });

  test("clocks that part by more: some schedule has two", () => {
    const property = fc.property(steps, clocksWithin(0.4), (taken, clocks) => {
      expect(play(taken, clocks, LEASE_US * 0.09).twoHolders).toBe(0);
    });
    expect(fc.check(property, RUNS).failed).toBe(true);
  });

  test("with right clocks a holder that is paused between looking and writing still writes after the next one", () => {
    const right: Clocks = { rates: [1, 1, 1, 1], skewsUs: [0, 0, 0, 0] };
    const property = fc.property(steps, (taken) => {
      expect(isGrowing(play(taken, right, LEASE_US * 0.09).written)).toBe(true);
    });
    expect(fc.check(property, RUNS).failed).toBe(true);
  });

  test("with tokens checked where it writes, no write of an old holder follows one of a later holder, be clocks as they may", () => {
    const property = fc.property(steps, clocksWithin(0.9), (taken, clocks) => {
      expect(isGrowing(play(taken, clocks, 0).passed)).toBe(true);
    });
    fc.assert(property, RUNS);
  });

  test("the schedules are eventful: writes pass, and writes are refused", () => {
    const seen = fc
      .sample(fc.tuple(steps, clocksWithin(0.4)), RUNS)
      .map(([taken, clocks]) => play(taken, clocks, 0));
    const total = (count: (one: Seen) => number): number => seen.reduce((sum, one) => sum + count(one), 0);
    expect(total(({ passed }) => passed.length)).toBeGreaterThan(1_000);
    expect(total(({ written, passed }) => written.length - passed.length)).toBeGreaterThan(10);
  });
});
