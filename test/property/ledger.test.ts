import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { invariant } from "../../shared/core/invariant.ts";
import { claim, createLocks, locksHeld, locksWaiting, release } from "../../shared/components/ledger/locks.ts";
import {
  createBook,
  enter,
  haveOf,
  missingFrom,
  newIn,
  totalOf,
  type Entry,
} from "../../shared/components/ledger/book.ts";
import type { Match } from "../../shared/match/match.ts";
import { bankOf, historyOf, moneyLevel } from "../components/moneyLevel.ts";
import { failures, playTroubled } from "./moneyTroubles.ts";

const FILE = "ledger.test.ts";
const totals = { moved: 0, asked: 0, wrong: 0 };

function bank(lines: string, guarantee: string) {
  return moneyLevel({
    components: `  bank: { kind: ledger, on: [oak, elm, moss], accounts: 10, opening: 100, ${lines} }`,
    workload: `
  - { from: [A, B, C], to: bank, op: transfer, rate: 15/s, amount: "5..60" }
  - { from: [A, B, C], to: bank, op: read, rate: 8/s }
  - { from: [A, C], to: bank, op: audit, rate: 2/s }`,
    contract: `  bank: { guarantee: ${guarantee}, wrongCosts: 5, answerWithin: 500ms, giveUpAfter: 2s, opening: 100 }`,
    lasts: "14s",
  });
}

/** After peace every copy knows every payment, no account is locked, and nothing is in doubt. */
function settled(match: Match): void {
  const { nodes } = bankOf(match);
  for (const node of nodes) {
    invariant(
      node.balances.join() === nodes[0]!.balances.join(),
      `copies disagree: ${nodes.map(({ balances }) => balances.join()).join(" | ")}`,
    );
    const [held, waiting, doubtful] = node.gauges();
    invariant(held === 0 && waiting === 0 && doubtful === 0, `not at rest: ${node.gauges().join()}`);
  }
  const asked = historyOf(match).filter(({ kind }) => kind === "transfer");
  totals.asked += asked.length;
  totals.moved += asked.filter(({ outcome }) => outcome === "ok").length;
  totals.wrong += match.record.wrong.length;
}

function right(match: Match): void {
  const verdict = match.record.verdict("bank");
  invariant(verdict.outcome === "valid", JSON.stringify(verdict).slice(0, 600));
}

describe("a ledger in random schedules", () => {
  test.each(["strong, shards: 1", "strong, shards: 3", "strong, decides: asker"])(
    "spends nothing twice at %s",
    (consistency) => {
      const level = bank(`consistency: ${consistency}`, "noDoubleSpend");
      const run = (seed: string): void => {
        const match = playTroubled(level, seed, 8_000);
        right(match);
        settled(match);
        const least = Math.min(...bankOf(match).nodes[0]!.balances);
        invariant(least >= 0, `an account is overdrawn, at ${least}`);
      };
      expect(failures(FILE, 20, run)).toEqual([]);
    },
  );

  test("makes and loses no money even where every copy decides by itself", () => {
    const level = bank("consistency: local", "moneyConserved");
    const run = (seed: string): void => {
      const match = playTroubled(level, `local/${seed}`, 8_000);
      const sums = match.record.wrong.map(({ anomaly }) => anomaly.name);
      invariant(!sums.includes("wrongTotal"), "an audit did not add up");
      settled(match);
    };
    expect(failures(FILE, 15, run)).toEqual([]);
  });

  test("shows the same money spent twice where every copy decides by itself", () => {
    const before = totals.wrong;
    const level = bank("consistency: local", "noDoubleSpend");
    expect(failures(FILE, 5, (seed) => settled(playTroubled(level, `spree/${seed}`, 8_000)))).toEqual([]);
    if (process.env["SEED"] === undefined) expect(totals.wrong - before).toBeGreaterThan(20);
  });

  test("moved a good part of what was asked, in the middle of all that", () => {
    if (process.env["SEED"] !== undefined) return;
    expect(totals.moved / totals.asked).toBeGreaterThan(0.25);
  });
});

describe("books", () => {
  const entries = fc.array(
    fc.record({ id: fc.nat(30).map(String), from: fc.nat(4), to: fc.nat(4), amount: fc.nat(50) }),
    { maxLength: 40 },
  );
  /** Two entries with one id are the same entry. */
  const same = (list: readonly Entry[]): Entry[] => list.map(({ id }) => list.find((other) => other.id === id)!);

  test("agree once they have exchanged what they lack, in whatever order and however often", () => {
    fc.assert(
      fc.property(entries, fc.nat(40), (list, split) => {
        const all = same(list);
        const [one, other] = [createBook(5, 100), createBook(5, 100)];
        for (const entry of all.slice(0, split)) enter(one, "one", entry);
        for (const entry of all.slice(split)) enter(other, "other", entry);
        for (let round = 0; round < 30; round++) {
          for (const [from, to] of [
            [one, other],
            [other, one],
            [one, other],
          ] as const) {
            for (const batch of missingFrom(from, haveOf(to), 3))
              for (const entry of newIn(to, batch)) enter(to, batch.origin, entry);
          }
        }
        expect(one.balances).toEqual(other.balances);
        expect(totalOf(one)).toBe(500);
      }),
    );
  });
});

describe("locks", () => {
  test("belong to one claim at a time, are handed on in order, and leave nobody waiting for ever", () => {
    const step = fc.record({ accounts: fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }), ends: fc.nat(9) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const table = createLocks();
        const complete = new Set<number>();
        const end = (id: number): void => {
          complete.delete(id);
          for (const next of release(table, id)) complete.add(next);
        };
        steps.forEach(({ accounts, ends }, id) => {
          if (claim(table, id, accounts)) complete.add(id);
          const owned = [...complete].flatMap((holder) => table.claims.get(holder)!.accounts);
          expect(new Set(owned).size).toBe(owned.length);
          const open = [...table.claims.keys()];
          if (ends < 5 && open.length > 0) end(open[ends % open.length]!);
        });
        while (complete.size > 0) end([...complete][0]!);
        expect([locksHeld(table), locksWaiting(table), table.claims.size]).toEqual([0, 0, 0]);
      }),
    );
  });
});
