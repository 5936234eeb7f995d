import { mutates, operations, type OperationKind } from "../../shared/core/operations.ts";
import { usOf } from "../../shared/core/time.ts";
import { judge } from "../../shared/checkers/judge.ts";
import type { AnomalyName, Checker } from "../../shared/checkers/checker.ts";
import type { Operation } from "../../shared/history/operation.ts";
import type { Yard } from "./yard.ts";

/** Sources of a yard by what their clients ask; all sources of the yard, so that operations keep their ids. */
export type Sources = ReadonlyMap<number, OperationKind>;

/** What the clients of a yard saw, as a history of elements that were handed over and found. */
export function elementsSeen(yard: Yard, sources: Sources): Operation[] {
  const all = [...sources].flatMap(([source, kind]) => yard.seen(source).map((seen) => ({ ...seen, kind })));
  return all
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ atMs, asked, tookMs, reply, kind }, id): Operation => {
      const outcome = reply === null || reply.outcome === "unknown" ? "unknown" : reply.outcome === "ok" ? "ok" : "fail";
      return {
        id,
        session: asked.session,
        component: "articles",
        key: asked.key,
        other: null,
        kind,
        argument: operations[kind].argument === "fresh" ? id + 1 : asked.given,
        expected: null,
        result: null,
        results: outcome === "ok" && !mutates(kind) ? (reply?.values ?? []) : null,
        invokedAtUs: usOf(atMs),
        completedAtUs: tookMs === Infinity ? Infinity : usOf(atMs + tookMs),
        outcome,
      };
    });
}

/** How many wrong answers of each name a guarantee finds in what clients saw. */
export function wrongs(checker: Checker, history: readonly Operation[], boundMs = 0): Partial<Record<AnomalyName, number>> {
  const verdict = judge(checker, history, { boundMs });
  const counts: Partial<Record<AnomalyName, number>> = {};
  if (verdict.outcome === "invalid") for (const { name } of verdict.anomalies) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

