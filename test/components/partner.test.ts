import { describe, expect, test } from "vitest";
import type { OperationKind } from "../../shared/core/operations.ts";
import { Yard } from "./yard.ts";

const seed = "partner";

interface Asking {
  readonly kind?: OperationKind;
  readonly trouble?: (yard: Yard) => void;
}

/** Clients who ask a partner straight away, 100 a second for ten seconds. */
function asking(lines: object, { kind = "read", trouble }: Asking = {}) {
  const yard = new Yard({ seed, machines: {}, components: { bank: { kind: "partner", in: "A", ...lines } } });
  const source = yard.ask({
    via: "bank",
    to: "bank",
    kind,
    perSecond: 100,
    untilMs: 10_000,
    keys: 5,
    giveUpMs: 60_000,
  });
  trouble?.(yard);
  yard.runUntil(80_000);
  const seen = yard.seen(source);
  const share = (reason: string): number => seen.filter(({ reply }) => reply?.reason === reason).length / seen.length;
  const times = seen.flatMap(({ tookMs, reply }) => (reply?.outcome === "ok" ? [tookMs] : [])).sort((a, b) => a - b);
  return { yard, seen, share, quantileMs: (of: number) => times[Math.floor(of * times.length)]! };
}

describe("a partner", () => {
  test("takes as long as it says: median and 99th percentile", () => {
    const { quantileMs, seen } = asking({ p50: "40ms", p99: "200ms" });
    expect(seen.every(({ reply }) => reply?.outcome === "ok")).toBe(true);
    expect(Math.abs(quantileMs(0.5) / 40 - 1)).toBeLessThan(0.1);
    expect(Math.abs(quantileMs(0.99) / 200 - 1)).toBeLessThan(0.3);
  });

  test("refuses what goes beyond its rate limit, and takes the rest", () => {
    const { share } = asking({ rateLimit: 30, burst: 10 });
    expect(Math.abs(share("rateLimited") - 0.7)).toBeLessThan(0.03);
  });

  test("refuses more at once than it can do, as Erlang's formula says", () => {
    // 100/s of 50 ms each are 5 erlang; 5 places turn away 28.5 %.
    const { share } = asking({ p50: "50ms", p99: "50ms", concurrent: 5 });
    expect(Math.abs(share("partnerBusy") - 0.285)).toBeLessThan(0.03);
  });

  test("fails now and then, and half of what fails took effect", () => {
    const { share, yard, seen } = asking({ errors: "20%" }, { kind: "increment" });
    expect(Math.abs(share("partnerError") - 0.2)).toBeLessThan(0.03);
    const silent = 1 - yard.partner("bank").effects() / seen.length;
    expect(Math.abs(silent - 0.1)).toBeLessThan(0.03);
  });

  test("in an outage turns away its share of requests, and in another takes longer; both end", () => {
    const down = asking({}, { trouble: (yard) => yard.partner("bank").outage(1, 0.5) });
    expect(Math.abs(down.share("partnerDown") - 0.5)).toBeLessThan(0.05);
    const slow = asking({ p50: "40ms", p99: "40ms" }, { trouble: (yard) => yard.partner("bank").slow(2, 10) });
    expect(slow.quantileMs(0.5)).toBeCloseTo(400, 0);
    const over = asking(
      { p50: "40ms", p99: "40ms" },
      {
        trouble: (yard) => {
          yard.partner("bank").outage(1, 1);
          yard.partner("bank").slow(2, 10);
          yard.partner("bank").relieve(1);
          yard.partner("bank").relieve(2);
        },
      },
    );
    expect(over.share("partnerDown")).toBe(0);
    expect(over.quantileMs(0.5)).toBeCloseTo(40, 0);
  });

  test("has the same luck with every request, whatever ails it", () => {
    const times = (trouble: (yard: Yard) => void) =>
      new Map(
        asking({}, { trouble }).seen.flatMap(({ atMs, tookMs, reply }) =>
          reply?.outcome === "ok" ? [[atMs, tookMs] as const] : [],
        ),
      );
    const well = times(() => undefined);
    const ill = times((yard) => yard.partner("bank").outage(1, 0.5));
    expect(ill.size).toBeGreaterThan(400);
    for (const [atMs, tookMs] of ill) expect(tookMs).toBe(well.get(atMs));
  });

  test("keeps the sum of what was ordered of each key, for whoever reads it", () => {
    const { yard, seen } = asking({}, { kind: "order" });
    const source = yard.ask({ via: "bank", to: "bank", perSecond: 50, fromMs: 80_000, untilMs: 82_000, keys: 5 });
    yard.runUntil(84_000);
    const sums = new Map(yard.seen(source).map(({ asked, reply }) => [asked.key, reply!.value!]));
    expect([...sums.values()].reduce((sum, value) => sum + value, 0)).toBe(seen.length);
  });

  test("is reached through a balancer like any other, and answers its health checks", () => {
    const components = {
      bank: { kind: "partner", in: "B", p50: "20ms", p99: "20ms" },
      edge: { kind: "balancer", in: ["A"], to: "bank", failAfter: 2, local: false },
    } as const;
    const yard = new Yard({ seed, zones: 2, linkMs: 10, machines: {}, components });
    const source = yard.ask({ via: "edge", to: "bank", perSecond: 20, untilMs: 20_000 });
    yard.runUntil(25_000);
    expect(yard.served(source)).toBe(1);
    expect(Math.min(...yard.seen(source).map(({ tookMs }) => tookMs))).toBeGreaterThan(39);
  });
});
