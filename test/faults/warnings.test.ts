import { describe, expect, test } from "vitest";
import { play } from "../match/play.ts";
import { shop } from "./shop.ts";

describe("the pager", () => {
  /** Texts of all alerts, with the first second in which each burned. */
  function paged(fault: string): Map<string, number> {
    const { match } = play(shop({ faults: [fault] }), { seed: "shop" });
    return new Map(match.pager.alerts.map(({ text, sinceMs }) => [text, sinceMs]));
  }

  test.each([
    ["{ at: 15s, kind: diskFull, node: moss, telegraph: 5s }", "Moss: disk nearly full", "Moss: disk full"],
    ["{ at: 15s, kind: clockSkew, node: moss, by: 400ms, telegraph: 5s }", "Moss: clock ahead", "Moss: clock ahead"],
    ["{ at: 15s, kind: clockJump, node: elm, by: -2s, telegraph: 5s }", "Elm: clock behind", "Elm: clock behind"],
    ["{ at: 15s, kind: clockDrift, node: elm, ppm: -80000, telegraph: 5s }", "Elm: clock behind", "Elm: clock behind"],
    ["{ at: 15s, kind: diskCorruption, node: moss, telegraph: 5s }", "Moss: CPU throttled", "Moss is down"],
    ["{ at: 15s, kind: restart, node: moss, telegraph: 5s }", "Moss: CPU throttled", "Moss is down"],
    ["{ at: 15s, kind: zoneLoss, zone: C, telegraph: 5s }", "Moss: CPU throttled", "Moss unreachable"],
    [
      "{ at: 15s, kind: bandwidthLimit, between: [A, B], limit: 1kB/s, telegraph: 5s }",
      "Link A–B is slow",
      "Link A–B loses messages",
    ],
  ])("tells of %s before it strikes, and again when it does", (fault, before, after) => {
    const alerts = paged(fault);
    expect(alerts.get(before)).toBeGreaterThan(10_000);
    expect(alerts.get(before)).toBeLessThan(15_000);
    expect([...alerts.keys()]).toContain(after);
  });

  test.each([
    "{ at: 5s, kind: duplicate, between: [A, B], share: 50% }",
    "{ at: 5s, kind: reorder, between: [A, B], share: 50%, by: 900ms }",
  ])("tells of %s", (fault) => {
    expect([...paged(fault).keys()]).toContain("Link A–B: probes twice or out of order");
  });

  test("has nothing to tell of a quiet day", () => {
    expect([...paged("{ at: 29s, kind: pause, node: moss, for: 1ms }")]).toEqual([]);
  });
});
