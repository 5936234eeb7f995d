import { refusal, type Refusal } from "../core/refusal.ts";
import { AnonymousProcesses } from "./anonymousProcesses.ts";
import type { Outcome } from "./operation.ts";

/** One line of a history as Jepsen writes it: a process asks, or is told how that ended. */
export interface JepsenEvent {
  /** null where the history does not name processes. */
  readonly process: number | null;
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

/** A pair whose end is still to come. */
export type OpenPair = { -readonly [Field in keyof JepsenPair]: JepsenPair[Field] };

const OUTCOMES: Readonly<Record<string, Outcome>> = { ok: "ok", fail: "fail", info: "unknown" };

/**
 * Pairs every question with its end, in the order of the questions, one event after the other. Such histories carry no
 * times that could be trusted, only their order, so an event happens at its position. Refuses an end without a question
 * and a second question of a process that has one open; the place says where an event stands, such as "Line 3".
 */
export class EventPairing {
  readonly pairs: OpenPair[] = [];
  readonly #open = new Map<number, OpenPair>();
  readonly #anonymous = new AnonymousProcesses();
  #position = 0;

  /** Adds the next event, or says why it can't be. */
  add(event: JepsenEvent, place: string): Refusal | undefined {
    const position = this.#position++;
    const wrong = event.type === "invoke" ? this.#ask(event, position) : this.#end(event, position);
    return wrong === undefined ? undefined : refusal("badHistory", `${place}: ${wrong}.`);
  }

  #ask({ process, f, key, value }: JepsenEvent, position: number): string | undefined {
    if (process !== null && this.#open.has(process)) return `process ${process} has two operations open at once`;
    const pair: OpenPair = {
      process: process ?? this.#anonymous.ask(),
      f,
      key,
      asked: value,
      told: null,
      invokedAt: position,
      completedAt: Infinity,
      outcome: "unknown",
    };
    this.#open.set(pair.process, pair);
    this.pairs.push(pair);
    return undefined;
  }

  #end(event: JepsenEvent, position: number): string | undefined {
    const { process, type, f, value } = event;
    const asked = process === null ? this.#anonymous.whoAsked(event, this.#open.values()) : this.#open.get(process);
    if (typeof asked === "string") return asked;
    if (asked?.f !== f) return `process ${process} is told the end of a ${f} that it did not begin`;
    asked.told = value;
    if (type === "ok" && f === "txn") asked.asked = value; // which repeats the question with its answers
    asked.completedAt = position;
    asked.outcome = OUTCOMES[type] ?? "unknown";
    this.#open.delete(asked.process);
    if (process === null) this.#anonymous.ended(asked);
    return undefined;
  }
}
