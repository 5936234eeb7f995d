import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { problemsOf, ServiceConfig } from "../../shared/components/service/config.ts";
import { ROOT } from "../importsOf.ts";
import { levelFrom } from "../match/level.ts";
import { countArrivals, Yard, type YardSetup } from "./yard.ts";

const seed = "services";
/** A component's lines for a partner that answers in about this long. */
const partner = (p50: string, more: object = {}) => ({ kind: "partner", in: "A", p50, p99: p50, ...more }) as const;
const service = (calls: unknown, more: object = {}) =>
  ({ kind: "service", on: ["oak"], calls, time: "1ms", ...more }) as const;

/** A shop that calls a bank and a fraud service from one machine. */
function shop(more: object, partners: Partial<YardSetup["components"]> = {}): Yard {
  const components = {
    bank: partner("20ms"),
    fraud: partner("20ms"),
    shop: service(["bank", "fraud"], more),
    ...partners,
  };
  return new Yard({ seed, machines: { oak: {} }, components: components });
}

describe("a call without a timeout", () => {
  /** Both partners are asked at 50/s; the bank turns a thousand times slower after two seconds. */
  function slowBank(more: object): { bank: number; fraud: number; busy: number } {
    const yard = shop({ workers: 10, queue: 20, attempts: 1, ...more });
    const bank = yard.ask({ via: "shop", to: "bank", perSecond: 50, untilMs: 12_000, giveUpMs: 2_000 });
    const fraud = yard.ask({ via: "shop", to: "fraud", perSecond: 50, untilMs: 12_000, giveUpMs: 2_000 });
    yard.runUntil(2_000);
    yard.partner("bank").slow(1, 1_000);
    yard.runUntil(12_000);
    return {
      bank: yard.served(bank, 4_000, 12_000),
      fraud: yard.served(fraud, 4_000, 12_000),
      busy: yard.gauge("shop", "busy workers"),
    };
  }

  test("piles up callers until the pool is dead, also for those who need something else", () => {
    const { bank, fraud, busy } = slowBank({ timeout: "0s" });
    expect(busy).toBe(10);
    expect(bank).toBe(0);
    expect(fraud).toBeLessThan(0.02);
  });

  test("is cured by a timeout of 100 ms: the other callee is served on", () => {
    const { bank, fraud } = slowBank({ timeout: "100ms" });
    expect(bank).toBe(0);
    expect(fraud).toBeGreaterThan(0.99);
  });

  test("is cured for the others by a bulkhead: the slow callee fills its own places and no more", () => {
    const calls = [{ to: "bank", bulkhead: { calls: 4 } }, "fraud"];
    const { bank, fraud, busy } = slowBank({ timeout: "0s", calls });
    expect(bank).toBe(0);
    expect(fraud).toBeGreaterThan(0.99);
    expect(busy).toBeLessThan(10);
  });

  test("is cured in the middle of the match by an operator who sets one", () => {
    const yard = shop({ workers: 10, queue: 20, attempts: 1, timeout: "0s" });
    const bank = yard.ask({ via: "shop", to: "bank", perSecond: 50, untilMs: 12_000, giveUpMs: 2_000 });
    yard.set("shop", "timeout", 100);
    yard.partner("bank").slow(1, 1_000);
    yard.runUntil(6_000);
    yard.partner("bank").relieve(1);
    yard.runUntil(12_000);
    expect(yard.served(bank, 0, 5_000)).toBe(0);
    expect(yard.served(bank, 7_000, 11_000)).toBe(1);
  });
});

describe("retries", () => {
  /** Three services in a row before a store whose node is fenced; requests that reached each, per request of a client. */
  function tiers(more: object): number[] {
    const lines = { backoff: "10ms", queue: 1_000, workers: 1_000, ...more };
    const store = { kind: "store", on: ["elm"], protocol: "single", dial: ["linearizable"] } as const;
    const components = {
      store,
      back: service("store", lines),
      middle: service("back", lines),
      front: service("middle", lines),
    };
    const yard = new Yard({ seed, machines: { oak: {}, elm: {} }, components });
    yard.world.machines[1]!.fenced = true;
    const arrivals = countArrivals(yard.world);
    const asked = yard.ask({ via: "front", to: "store", perSecond: 20, untilMs: 20_000 });
    yard.runUntil(30_000);
    return arrivals.map((count) => count / yard.seen(asked).length);
  }

  test("of three tiers multiply: three attempts each are 27 at the last", () => {
    expect(tiers({ attempts: 3 })).toEqual([27, 9, 3, 1]);
  });

  test("within a budget of 10 % add a tenth per tier, and no more", () => {
    const [store, back, middle] = tiers({ attempts: 3, retryBudget: "10%" });
    // A full bucket of ten tokens a tier is spent at first, over some 400 requests.
    expect(middle).toBeCloseTo(1.1, 1);
    expect(back).toBeLessThan(1.3);
    expect(store).toBeLessThan(1.45);
  });

  test("without any budget end with the ten tokens that each tier begins with", () => {
    const requests = 400;
    expect(tiers({ attempts: 3, retryBudget: "0%" })[0]! * requests).toBeLessThan(requests * 1.12);
  });

  test("are fewer when the first is in time: a callee that is well is asked once", () => {
    const yard = shop({ attempts: 3, timeout: "100ms" });
    const flows = (): number => yard.world.flows.take().reduce((sum, { counts }) => sum + counts[2]!, 0);
    yard.ask({ via: "shop", to: "bank", perSecond: 50, untilMs: 4_000 });
    yard.runUntil(5_000);
    expect(flows()).toBe(0);
  });
});

describe("a circuit breaker", () => {
  const breaker = { window: 20, minimumCalls: 10, openFor: "1s", trials: 3 };

  function outage(lines: object): { yard: Yard; source: number; states: string[] } {
    const yard = shop({ attempts: 1, timeout: "200ms", ...lines });
    const source = yard.ask({ via: "shop", to: "bank", perSecond: 50, untilMs: 12_000 });
    const states: string[] = [];
    const watch = (untilMs: number): void => {
      for (let atMs = yard.world.kernel.nowUs / 1_000; atMs < untilMs; atMs += 5) {
        yard.runUntil(atMs);
        const state = ["closed", "halfOpen", "open"][yard.gauge("shop", "breaker")]!;
        if (states.at(-1) !== state) states.push(state);
      }
    };
    watch(2_000);
    yard.partner("bank").slow(1, 100);
    watch(4_500);
    yard.partner("bank").relieve(1);
    watch(12_000);
    return { yard, source, states };
  }

  test("opens when half the calls fail, tries again half open, and closes when the trials succeed", () => {
    const { states, yard, source } = outage({ breaker });
    expect(states.slice(0, 4)).toEqual(["closed", "open", "halfOpen", "open"]);
    expect(states.slice(-3)).toEqual(["open", "halfOpen", "closed"]);
    expect(yard.served(source, 8_000, 11_900)).toBe(1);
  });

  test("spares callers the wait: while it is open they know at once", () => {
    const waitOf = (lines: object): number => {
      const { yard, source } = outage(lines);
      const failed = yard.seen(source, 2_500, 4_400).filter(({ reply }) => reply?.outcome !== "ok");
      return failed.reduce((sum, { tookMs }) => sum + tookMs, 0) / failed.length;
    };
    expect(waitOf({})).toBeGreaterThan(200);
    expect(waitOf({ breaker })).toBeLessThan(50);
  });

  test("says so: what it holds back is refused, and took no effect", () => {
    const { yard, source } = outage({ breaker });
    const held = yard.seen(source).filter(({ reply }) => reply?.reason === "breakerOpen");
    expect(held.length).toBeGreaterThan(50);
    expect(held.every(({ reply }) => reply?.outcome === "refused")).toBe(true);
  });
});

describe("a bulkhead", () => {
  /** Twenty calls at a time arrive at five places of 20 ms each. */
  function crowd(wait: string): { served: number; full: number } {
    const yard = shop({ attempts: 1, workers: 100, calls: [{ to: "bank", bulkhead: { calls: 5, wait } }, "fraud"] });
    const source = yard.ask({ via: "shop", to: "bank", perSecond: 230, untilMs: 20_000 });
    yard.runUntil(25_000);
    const all = yard.seen(source);
    return {
      served: yard.served(source),
      full:
        all.filter(({ reply }) => reply?.reason === "bulkheadFull" && reply.outcome === "refused").length / all.length,
    };
  }

  test("turns away what finds no place, as Erlang's formula says for 4.6 erlang and 5 places", () => {
    const { full, served } = crowd("0ms");
    expect(full + served).toBeCloseTo(1, 10);
    expect(Math.abs(full - 0.253)).toBeLessThan(0.03);
  });

  test("lets more through when they may wait for a place", () => {
    expect(crowd("50ms").full).toBeLessThan(0.1);
    expect(crowd("5s").served).toBe(1);
  });
});

describe("a payment whose answer comes too late and is asked for again", () => {
  /** The bank takes 300 ms, and the shop waits 100 ms for each of its attempts. */
  function impatient(more: object, bank: object = {}): { repeated: number; effects: number; asked: number } {
    const yard = shop(
      { timeout: "100ms", attempts: 3, backoff: "10ms", workers: 100, ...more },
      { bank: partner("300ms", bank) },
    );
    const source = yard.ask({ via: "shop", to: "bank", kind: "increment", perSecond: 20, untilMs: 5_000, keys: 10 });
    yard.runUntil(10_000);
    const { repeated, effects } = yard.partner("bank");
    return { repeated: repeated(), effects: effects(), asked: yard.seen(source).length };
  }

  test("is charged once, if all attempts carry its key", () => {
    const { repeated, effects, asked } = impatient({});
    expect(asked).toBeGreaterThan(80);
    expect({ repeated, effects }).toEqual({ repeated: 0, effects: asked });
  });

  test("is charged three times without a key", () => {
    const { repeated, effects, asked } = impatient({ idempotencyKeys: false });
    expect({ repeated, effects }).toEqual({ repeated: asked, effects: 3 * asked });
  });

  test("is charged three times by a bank that does not look at keys", () => {
    const { effects, asked } = impatient({}, { idempotent: false });
    expect(effects).toBe(3 * asked);
  });

  test("is charged once by a service that remembers, even before such a bank, as long as it remembers", () => {
    const payments = (remember: string): number => {
      const components = {
        bank: partner("300ms", { idempotent: false }),
        till: service("bank", { timeout: "2s", attempts: 1, workers: 100, remember }),
        shop: service("till", { timeout: "100ms", attempts: 3, backoff: "10ms", workers: 100 }),
      };
      const yard = new Yard({ seed, machines: { oak: {} }, components });
      const source = yard.ask({ via: "shop", to: "bank", kind: "increment", perSecond: 20, untilMs: 5_000 });
      yard.runUntil(10_000);
      return yard.partner("bank").effects() / yard.seen(source).length;
    };
    expect(payments("10s")).toBe(1);
    expect(payments("0s")).toBe(3);
  });
});

describe("a write to a store that is slow to answer, and is tried again", () => {
  /** How many entries the store's log has for each write of a client. */
  function entries(more: object): number {
    const store = {
      kind: "store",
      on: ["elm"],
      protocol: "primaryBackup",
      dial: ["eventual"],
      writeTime: "60ms",
    } as const;
    const shop = {
      kind: "service",
      on: ["oak"],
      calls: "stock",
      timeout: "50ms",
      backoff: "5ms",
      workers: 100,
      ...more,
    } as const;
    const yard = new Yard({ seed, machines: { oak: {}, elm: { workers: 16 } }, components: { stock: store, shop } });
    const source = yard.ask({ via: "shop", to: "stock", kind: "write", perSecond: 40, untilMs: 5_000, keys: 10 });
    yard.runUntil(8_000);
    const last = yard.ask({ via: "shop", to: "stock", kind: "write", perSecond: 10, fromMs: 8_000, untilMs: 9_000 });
    yard.runUntil(12_000);
    const newest = Math.max(...yard.seen(last).map(({ reply }) => reply!.position));
    return newest / (yard.seen(source).length + yard.seen(last).length);
  }

  test("is in its log once, if all attempts carry one key", () => {
    expect(entries({})).toBeLessThanOrEqual(1);
  });

  test("is in its log again and again without a key", () => {
    expect(entries({ idempotencyKeys: false })).toBeGreaterThan(1.3);
  });
});

describe("steps of one request", () => {
  const steps = [{ ask: "fraud", op: "read" }];
  const pay = { attempts: 1, timeout: "100ms" };

  test("are taken in order, and what the request is for comes last: a payment that was not checked is not charged", () => {
    const yard = shop({ ...pay, steps });
    const source = yard.ask({ via: "shop", to: "bank", kind: "increment", perSecond: 20, untilMs: 4_000 });
    yard.runUntil(2_000);
    yard.partner("fraud").outage(1, 1);
    const before = yard.seen(source).length;
    yard.runUntil(5_000);
    const late = yard.seen(source, 2_000);
    expect(late.length).toBeGreaterThan(20);
    expect(late.every(({ reply }) => reply?.outcome === "refused" && reply.reason === "partnerDown")).toBe(true);
    expect(yard.partner("bank").effects()).toBeLessThanOrEqual(before);
  });

  test("may be optional: the payment goes on unchecked", () => {
    const yard = shop({ ...pay, steps: [{ ask: "fraud", op: "read", optional: true }] });
    yard.partner("fraud").outage(1, 1);
    const source = yard.ask({ via: "shop", to: "bank", kind: "increment", perSecond: 20, untilMs: 2_000 });
    yard.runUntil(3_000);
    expect(yard.served(source)).toBe(1);
  });

  test("that fail after the money moved leave the end unclear: a refusal would be a lie", () => {
    const yard = shop({ ...pay, steps: [{ ask: "bank" }, { ask: "fraud" }] });
    yard.partner("fraud").outage(1, 1);
    const source = yard.ask({ via: "shop", to: "bank", kind: "increment", perSecond: 20, untilMs: 2_000 });
    yard.runUntil(3_000);
    const seen = yard.seen(source);
    expect(seen.every(({ reply }) => reply?.outcome === "unknown")).toBe(true);
    expect(yard.partner("bank").effects()).toBe(seen.length);
  });

  test("taken together take as long as the longest, in order as long as all", () => {
    const meanOf = (lines: object): number => {
      const yard = shop({ timeout: "1s", ...lines }, { fraud: partner("200ms"), bank: partner("100ms") });
      const source = yard.ask({ via: "shop", to: "bank", perSecond: 5, untilMs: 10_000 });
      yard.runUntil(12_000);
      const all = yard.seen(source);
      return all.reduce((sum, { tookMs }) => sum + tookMs, 0) / all.length;
    };
    expect(meanOf({ steps })).toBeGreaterThan(300);
    const together = meanOf({ steps: [{ together: [{ ask: "fraud", op: "read" }, { ask: "bank" }] }] });
    expect(together).toBeGreaterThan(200);
    expect(together).toBeLessThan(205);
  });

  test("that ask one component twice carry keys of their own: the second is not taken for the first", () => {
    const twice = [{ ask: "bank", op: "increment" }, { ask: "fraud" }, { ask: "bank", op: "increment" }];
    const yard = shop({ ...pay, steps: twice });
    const source = yard.ask({ via: "shop", to: "fraud", kind: "write", perSecond: 20, untilMs: 2_000 });
    yard.runUntil(3_000);
    expect(yard.partner("bank").effects()).toBe(2 * yard.seen(source).length);
  });
});

describe("when reads fail", () => {
  function readsInOutage(fallback: string) {
    const yard = shop({ attempts: 1, timeout: "100ms", fallback, fallbackValue: -1 });
    yard.ask({ via: "shop", to: "bank", kind: "increment", perSecond: 50, untilMs: 2_000 });
    const source = yard.ask({ via: "shop", to: "bank", perSecond: 50, untilMs: 6_000 });
    yard.runUntil(2_500);
    const last = yard.seen(source, 2_300, 2_400)[0]!.reply!.value;
    yard.partner("bank").outage(1, 1);
    yard.runUntil(7_000);
    return { last, replies: yard.seen(source, 2_600).map(({ reply }) => reply!) };
  }

  test("a service without a fallback shows the error", () => {
    expect(readsInOutage("none").replies.every(({ outcome }) => outcome === "refused")).toBe(true);
  });

  test("a stale answer is the last that it knew", () => {
    const { last, replies } = readsInOutage("stale");
    expect(last).toBeGreaterThan(50);
    expect(new Set(replies.map(({ outcome, value }) => `${outcome} ${value}`))).toEqual(new Set([`ok ${last}`]));
  });

  test("a default answer is always the same", () => {
    const replies = readsInOutage("default").replies;
    expect(new Set(replies.map(({ outcome, value }) => `${outcome} ${value}`))).toEqual(new Set(["ok -1"]));
  });

  test("an empty answer says that there is nothing", () => {
    expect(new Set(readsInOutage("empty").replies.map(({ outcome, value }) => `${outcome} ${value}`))).toEqual(
      new Set(["ok null"]),
    );
  });
});

describe("a level's steps", () => {
  const path = "test/levels/03-calls.yaml";
  const text = readFileSync(join(ROOT, path), "utf8");
  const ask = "ask: fraud, op: read";

  test.each([
    [
      "ask: nobody, op: read",
      'components.till.steps: there is no component that answers read "nobody", only stock, bank, fraud',
    ],
    ["ask: shop, op: read", 'components.till.steps: there is no component that answers read "shop"'],
    ["ask: fraud, op: search", 'components.till.steps: there is no component that answers search "fraud"'],
  ])("that %s are a mistake that is named", (instead, sentence) => {
    expect(text).toContain(ask);
    expect(() => levelFrom(text.replace(ask, instead), path)).toThrow(sentence);
  });

  test("may be as many as there are keys for", () => {
    const steps = (count: number) => Array.from({ length: count }, () => ({ ask: "bank" }));
    const config = (count: number) =>
      ServiceConfig.parse({
        kind: "service",
        on: ["oak"],
        calls: "bank",
        steps: [...steps(count - 2), { together: steps(2) }],
      });
    expect(problemsOf(config(31))).toEqual([]);
    expect(problemsOf(config(32))).toEqual(["steps: expected at most 31 in all, got 32"]);
  });
});
