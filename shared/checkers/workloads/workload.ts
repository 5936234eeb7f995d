import type { JepsenEvent, JepsenPair } from "../../history/eventPairing.ts";
import type { CheckerOptions, Verdict } from "../checker.ts";

/** What a history asks of a system, and the guarantees that it can be judged against. */
export interface Workload {
  /** The name people know it by, such as "list-append". */
  readonly model: string;
  /** One sentence: what is asked, and what must come out. */
  readonly about: string;
  /** Paper or program that defines the verdict. */
  readonly source: string;
  /** Names of the guarantees; the first is meant when none is named. */
  readonly guarantees: readonly string[];
  /** Other names of the model, and of its guarantees, by which other tools know them. */
  readonly alsoCalled?: readonly string[];
  readonly guaranteeAliases?: Readonly<Record<string, string>>;
  /** True when it tells keys apart itself; the others judge each key of an independent test by itself. */
  readonly keyed?: boolean;
  /** True when an event makes sense to this workload. */
  fits(event: JepsenEvent): boolean;
  /** Judges a history that fits, given in the order of the questions. The guarantee is one of the names. */
  judge(pairs: readonly JepsenPair[], guarantee: string, options: CheckerOptions): Verdict;
  /** Histories in EDN that the first guarantee accepts and rejects, so that a checker that always says yes can't land. */
  readonly accepted: string;
  readonly rejected: string;
}

/** The fields that every operation shares with its question, for searches over a model. */
export function askedOf({ process, invokedAt, completedAt, outcome }: JepsenPair, id: number) {
  return { id, session: process, invokedAtUs: invokedAt, completedAtUs: completedAt, outcome };
}
