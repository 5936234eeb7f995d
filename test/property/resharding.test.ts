import alea from "seedrandom/lib/alea.js";
import { describe, expect, test } from "vitest";
import { checkers } from "../../shared/checkers/registry.ts";
import type { OperationKind } from "../../shared/core/operations.ts";
import type { Operation } from "../../shared/history/operation.ts";
import { bookOf, atTime, registersSeen, reshard, shardedBook } from "../components/shardedBook.ts";
import { wrongs } from "../components/elementsSeen.ts";
import { storm } from "../components/storm.ts";
import type { Yard } from "../components/yard.ts";

const RULES = [{ by: "modulo" }, { by: "hash" }, { by: "range" }];
const SEEDS = Array.from({ length: 5 }, (_, seed) => `resharding ${seed}`);

/** Operators who can't make up their minds: every second or so another order, or an interruption. */
function orders(yard: Yard, seed: string, untilMs: number): void {
  const luck = alea(`orders/${seed}`);
  for (let atMs = 300; atMs < untilMs; atMs += 200 + Math.floor(luck() * 1_200)) {
    const dice = luck();
    const shards = 1 + Math.floor(luck() * 4);
    const rule = RULES[Math.floor(luck() * RULES.length)]!;
    atTime(yard, atMs, () => {
      const { resharder } = bookOf(yard);
      if (dice < 0.25) resharder!.mover.interrupt();
      else if (dice < 0.4) resharder!.mover.go();
      else if (dice < 0.55 && resharder!.refuseSplit(shards - 1) === null) resharder!.split(shards - 1);
      else reshard(yard, shards, rule);
    });
  }
}

/** What clients saw of a book through six seconds of storm and orders, and then of peace. */
function weather(seed: string, lines: Readonly<Record<string, unknown>>): { history: Operation[]; yard: Yard } {
  const yard = shardedBook({ seed, lines });
  const kinds: readonly OperationKind[] = ["read", "write", "cas", ...(lines["scans"] === undefined ? [] : (["scan"] as const))];
  const ask = { via: "api", to: "book", untilMs: 9_000, keys: 12, giveUpMs: 1_000, perSecond: 50, amount: 4 };
  const sources = new Map(kinds.map((kind) => [yard.ask({ ...ask, kind }), kind]));
  orders(yard, seed, 6_000);
  storm(yard, { seed, machines: ["oak", "elm", "moss"], untilMs: 6_000 });
  yard.runUntil(7_500);
  reshard(yard, 3, { by: "hash" });
  yard.runUntil(14_000);
  return { history: registersSeen(yard, sources), yard };
}

/** Requests of the last second and a half that were answered. */
function answeredLately(history: readonly Operation[]): number {
  const late = history.filter(({ invokedAtUs }) => invokedAtUs > 7_500_000);
  return late.filter(({ outcome }) => outcome !== "unknown").length / late.length;
}

describe("keys that move through crashes, pauses, cuts and losses", () => {
  describe.each(["raft", "chain", "primaryBackup", "single"])("by %s", (protocol) => {
    test.each(SEEDS)("stay linearizable, and all arrive, seed %s", (seed) => {
      const { history, yard } = weather(seed, { protocol });
      expect(wrongs(checkers.linearizable, history), seed).toEqual({});
      expect(bookOf(yard).resharder!.mover.keysLeft, seed).toBe(0);
      expect(bookOf(yard).map.epoch, seed).toBeGreaterThan(10);
      expect(answeredLately(history), seed).toBeGreaterThan(0.9);
    });
  });

  test.each(SEEDS)("keep what each session has seen and written at the stop session, seed %s", (seed) => {
    const { history, yard } = weather(seed, { dial: ["session"] });
    expect(wrongs(checkers.session, history), seed).toEqual({});
    expect(bookOf(yard).resharder!.mover.keysLeft, seed).toBe(0);
  });

  describe.each(["raft", "primaryBackup", "single"])("by %s", (protocol) => {
    test.each(SEEDS)("are found by scans that are linearizable key by key, seed %s", (seed) => {
      const { history } = weather(seed, { protocol, scans: { timeout: "100ms", partial: true } });
      const scans = history.filter(({ kind, outcome }) => kind === "scan" && outcome === "ok");
      expect(scans.filter(({ result }) => result === 4).length, seed).toBeGreaterThan(50);
      expect(wrongs(checkers.linearizable, history), seed).toEqual({});
    });
  });
});
