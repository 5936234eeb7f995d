import { describe, expect, test } from "vitest";
import { expectAgreement } from "./agreement.ts";
import reference from "./reference/swim.json" with { type: "json" };
import { firstDetections, unansweredShare } from "./swimCrashes.ts";

describe("a group that watches itself by SWIM", () => {
  test.each(reference.firstDetection.filter(({ members }) => members === 5 || members === 8))(
    "of $members first pings a crashed member in vain after as many periods as chance says",
    ({ members, periods }) => {
      const ours = firstDetections(members, 4_000, "crashes").meanPeriods;
      expectAgreement({ what: "periods", reference: periods, ours, allowed: { share: 0.03 } });
    },
  );

  test.each(reference.falsePositives.filter(({ loss, k }) => loss >= 0.1 && k < 3))(
    "suspects the living as often as loss of $loss and $k helpers make it",
    ({ loss, k, P }) => {
      const ours = unansweredShare({ loss, helpers: k, probes: 40_000, seed: "loss" });
      expectAgreement({ what: "share", reference: P, ours, allowed: { share: 0.1 } });
    },
  );

  test("never takes longer than two rounds of turns, where by chance it may take any time", () => {
    const members = 5;
    const turns = firstDetections(members, 1_500, "turns", "roundRobin");
    const chance = firstDetections(members, 1_500, "turns");
    expect(turns.worstPeriods).toBeLessThanOrEqual(2 * members - 1);
    expect(turns.worstPeriods).toBeLessThan(chance.worstPeriods);
  });
});
