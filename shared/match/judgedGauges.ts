import { usOf, type Ms } from "../core/time.ts";
import type { Bucket } from "./debrief.ts";
import { Ledger } from "./ledger.ts";
import type { Match } from "./match.ts";
import type { GaugesView } from "./view.ts";

/** The part of the gauges that depends on how answers were judged. */
export type JudgedGauges = Pick<GaugesView, "availability" | "correctness" | "score" | Bucket>;

/**
 * The gauges of a match that is over, at one moment after the other (in order of time), as if every answer had been
 * judged when it was given: a checker may take until the end of the match to find out about one.
 */
export function judgedGauges({ record }: Match, momentsMs: readonly Ms[]): JudgedGauges[] {
  const { history } = record;
  const ids = Array.from({ length: history.length }, (_, id) => id);
  const endedAt = ids.map((id) => history.operation(id).completedAtUs);
  const inOrder = ids.sort((one, other) => endedAt[one]! - endedAt[other]!);
  const ledger = new Ledger();
  let next = 0;
  return momentsMs.map((ms) => {
    for (; next < inOrder.length && endedAt[inOrder[next]!]! <= usOf(ms); next++) {
      const entry = record.entryOf(inOrder[next]!);
      if (entry !== undefined) ledger.add(entry);
    }
    const { availability, correctness } = ledger;
    return { availability, correctness, score: Math.round(ledger.score * 10) / 10, ...ledger.counts };
  });
}
