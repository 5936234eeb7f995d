import { describe, expect, test } from "vitest";
import { invariant } from "../../shared/core/invariant.ts";
import type { Match } from "../../shared/match/match.ts";
import { bankOf, historyOf } from "../components/moneyLevel.ts";
import { ESCROW, shopLevel, shopOf } from "../components/sagaLevel.ts";
import { failures, playTroubled } from "./moneyTroubles.ts";

const FILE = "saga.test.ts";
const totals = { done: 0, undone: 0, unknown: 0 };

/** Every order is done or undone: none is open, and no money of an order is left between two accounts. */
function wholeOrNothing(match: Match): void {
  for (const node of shopOf(match).nodes) {
    const [open, back, calls] = node.gauges();
    invariant(open === 0 && back === 0 && calls === 0, `orders are open after healing: ${node.gauges().join()}`);
  }
  const inEscrow = bankOf(match).nodes[ESCROW % 2]!.balances[ESCROW]!;
  invariant(inEscrow === 100, `${inEscrow - 100} of orders half done is left in escrow`);
  const orders = historyOf(match, "shop").filter(({ kind }) => kind === "order");
  totals.done += orders.filter(({ outcome }) => outcome === "ok").length;
  totals.undone += orders.filter(({ outcome }) => outcome === "fail").length;
  totals.unknown += orders.filter(({ outcome }) => outcome === "unknown").length;
}

/** What clients saw is explained by orders done as a whole or not at all. */
function neverSeenHalf(match: Match): void {
  const verdict = match.record.verdict("shop");
  invariant(verdict.outcome === "valid", JSON.stringify(verdict).slice(0, 600));
}

describe("orders in random schedules of crashes, cuts, lost and repeated messages", () => {
  test.each(["orchestration", "choreography"])("are all done or undone by %s once everything is well", (mode) => {
    const level = shopLevel({ saga: `mode: ${mode}`, lasts: "16s" });
    expect(failures(FILE, 20, (seed) => wholeOrNothing(playTroubled(level, `${mode}/${seed}`, 8_000)))).toEqual([]);
  });

  test("are never seen half done by who reads through semantic locks", () => {
    const level = shopLevel({ saga: "semanticLocks: true", lasts: "16s" });
    const run = (seed: string): void => {
      const match = playTroubled(level, `locks/${seed}`, 8_000);
      wholeOrNothing(match);
      neverSeenHalf(match);
    };
    expect(failures(FILE, 20, run)).toEqual([]);
  });

  test("are never seen half done as one transaction", () => {
    const level = shopLevel({ saga: "mode: twoPhaseCommit", rate: 4, lasts: "16s" });
    const run = (seed: string): void => {
      const match = playTroubled(level, `commit/${seed}`, 8_000);
      wholeOrNothing(match);
      neverSeenHalf(match);
    };
    expect(failures(FILE, 20, run)).toEqual([]);
  });

  test("were many of each sort", () => {
    if (process.env["SEED"] !== undefined) return;
    expect(totals.done).toBeGreaterThan(500);
    expect(totals.undone).toBeGreaterThan(200);
    expect(totals.unknown).toBeGreaterThan(100);
  });
});
