import { refusal, type Refusal } from "../core/refusal.ts";
import type { Outcome } from "./operation.ts";

/** One line of a history as Jepsen writes it: a process asks, or is told how that ended. */
export interface JepsenEvent {
  readonly process: number;
  readonly type: "invoke" | "ok" | "fail" | "info";
  readonly f: string;
  /** Where the history names it beside the value, as key-value histories do. */
  readonly key?: unknown;
  /** null when the event has none. */
  readonly value: unknown;
}

/** A question and how it ended; `asked` and `told` are the values of the two events. */
export interface JepsenPair {
  readonly process: number;
  /** The component asked, where the history tells. */
  readonly component?: string;
  readonly f: string;
  readonly key?: unknown;
  readonly asked: unknown;
  readonly told: unknown;
  /** Position of the event counted from 0, or its time where the history has times that can be trusted. */
  readonly invokedAt: number;
  /** Infinity when no event told. */
  readonly completedAt: number;
  readonly outcome: Outcome;
}

const OUTCOMES: Readonly<Record<string, Outcome>> = { ok: "ok", fail: "fail", info: "unknown" };

/**
 * Pairs every question with its end, in the order of the questions. Such histories carry no times that could be trusted,
 * only their order, so an event happens at its position. Refuses an end without a question and a second question of a
 * process that has one open; `place` says where an event stands, such as "Line 3".
 */
export function pairEvents(
  events: readonly JepsenEvent[],
  place: (position: number) => string,
): JepsenPair[] | Refusal {
  const pairs: JepsenPair[] = [];
  const open = new Map<number, number>();
  for (const [position, { process, type, f, key, value }] of events.entries()) {
    const pair = open.get(process);
    if (type === "invoke") {
      if (pair !== undefined) return refuse(`${place(position)}: process ${process} has two operations open at once.`);
      open.set(process, pairs.length);
      pairs.push({
        process,
        f,
        key,
        asked: value,
        told: null,
        invokedAt: position,
        completedAt: Infinity,
        outcome: "unknown",
      });
      continue;
    }
    const question = pair === undefined ? undefined : pairs[pair];
    if (pair === undefined || question?.f !== f) {
      return refuse(`${place(position)}: process ${process} is told the end of a ${f} that it did not begin.`);
    }
    open.delete(process);
    pairs[pair] = { ...question, told: value, completedAt: position, outcome: OUTCOMES[type] ?? "unknown" };
  }
  return pairs;
}

function refuse(sentence: string): Refusal {
  return refusal("badHistory", sentence);
}
