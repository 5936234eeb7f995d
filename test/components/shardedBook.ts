import type { Store } from "../../shared/components/store/store.ts";
import { PartitioningRule } from "../../shared/components/store/partitioning/registry.ts";
import { mutates, operations, type OperationKind } from "../../shared/core/operations.ts";
import { usOf, type Ms } from "../../shared/core/time.ts";
import type { Operation } from "../../shared/history/operation.ts";
import { Yard } from "./yard.ts";

/** Lines of the book that a test is about; what is left out is as in `shardedBook`. */
export interface BookSetup {
  readonly seed: string;
  readonly lines?: Readonly<Record<string, unknown>>;
  /** Lines of the service that asks the book. */
  readonly desk?: Readonly<Record<string, unknown>>;
  /** CPU workers of each of the three nodes. */
  readonly workers?: number;
}

/** A desk in a zone of its own asks a book of 64 keys on three nodes, one a zone; its keys are in two shards and may be in four. */
export function shardedBook({ seed, lines = {}, desk = {}, workers = 4 }: BookSetup): Yard {
  return new Yard({
    seed,
    zones: 4,
    linkMs: 2,
    machines: { desk: { zone: "D" }, oak: { zone: "A", workers }, elm: { zone: "B", workers }, moss: { zone: "C", workers } },
    components: {
      book: {
        kind: "store",
        on: ["oak", "elm", "moss"],
        protocol: "raft",
        mode: "sync",
        dial: ["linearizable"],
        keys: 64,
        shards: 2,
        resharding: { shardsMax: 4, batch: 4, pause: "20ms", mapDelay: "300ms" },
        ...lines,
      },
      api: { kind: "service", on: ["desk"], calls: "book", timeout: "150ms", attempts: 3, workers: 200, queue: 1_000, ...desk },
    },
  });
}

/** The book of such a yard. */
export function bookOf(yard: Yard): Store {
  return yard.get("book") as Store;
}

/** Has the book's keys split over so many shards, as an operator would. */
export function reshard(yard: Yard, shards: number, rule: object): void {
  bookOf(yard).resharder!.reshard(shards, PartitioningRule.parse(rule));
}

/** Runs on until all keys are where they are to be; the time that is then. */
export function runUntilMoved(yard: Yard, fromMs: Ms, latestMs: Ms): Ms {
  let atMs = fromMs;
  while (bookOf(yard).resharder!.mover.keysLeft > 0 && atMs < latestMs) yard.runUntil((atMs += 10));
  return atMs;
}

/** Calls `act` at this time of the match, as somebody who does not fail and takes no part. */
export function atTime(yard: Yard, atMs: Ms, act: () => void): void {
  const timer = { receive() {}, timer: act, workDone() {}, synced() {}, crashed() {}, restarted() {} };
  const process = yard.world.addProcess({ zone: 0, network: "backbone" }, () => timer);
  yard.world.setTimer(process, 0, usOf(atMs));
}

/** What clients saw of registers, by the yard's sources and what they ask. */
export function registersSeen(yard: Yard, sources: ReadonlyMap<number, OperationKind>): Operation[] {
  const all = [...sources].flatMap(([source, kind]) => yard.seen(source).map((seen) => ({ ...seen, kind })));
  return all
    .toSorted((a, b) => a.id - b.id)
    .map(({ id, atMs, asked, tookMs, reply, kind }): Operation => {
      const isOk = reply?.outcome === "ok";
      const isDefinite = reply?.outcome === "refused" || reply?.outcome === "fail";
      return {
        id,
        session: asked.session,
        component: "book",
        key: asked.key,
        other: null,
        kind,
        argument: operations[kind].argument === "fresh" ? id + 1 : asked.given,
        expected: asked.expected,
        result: isOk && !mutates(kind) ? reply.value : null,
        results: isOk && !mutates(kind) ? reply.values : null,
        invokedAtUs: usOf(atMs),
        completedAtUs: tookMs === Infinity ? Infinity : usOf(atMs + tookMs),
        outcome: isOk ? "ok" : isDefinite ? "fail" : "unknown",
      };
    });
}

/** Time that all but one in a hundred of these requests took, ms. */
export function p99(yard: Yard, source: number, fromMs: Ms, untilMs: Ms): Ms {
  const times = yard.seen(source, fromMs, untilMs).map(({ tookMs }) => tookMs);
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)]!;
}
