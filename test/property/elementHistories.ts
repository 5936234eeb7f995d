import * as fc from "fast-check";
import type { Operation, Outcome } from "../../shared/history/operation.ts";

/** What happens to elements on their way to those who look for them; all false is a system without fault. */
export interface Mishaps {
  /** Answers are out of date at times. */
  readonly lag: boolean;
  /** Elements that were accepted get lost at times. */
  readonly loss: boolean;
  /** Elements take effect twice at times. */
  readonly repetition: boolean;
}

interface Draft {
  readonly publishes: boolean;
  readonly outcome: Outcome;
  readonly key: number;
  readonly thinksUs: number;
  readonly lastsUs: number;
  /** When it takes effect: in quarters of the time between question and answer. */
  readonly quarter: number;
  readonly lagUs: number;
  readonly fate: "once" | "lost" | "twice";
}

/** Histories of clients that hand over elements under two keys, and of others that ask for all elements of a key. */
export function elementHistory(length: number, { lag, loss, repetition }: Mishaps): fc.Arbitrary<Operation[]> {
  const draft: fc.Arbitrary<Draft> = fc.record({
    publishes: fc.boolean(),
    outcome: fc.constantFrom<Outcome>("ok", "ok", "ok", "ok", "unknown", "fail"),
    key: fc.nat(1),
    thinksUs: fc.integer({ min: 0, max: 9 }),
    lastsUs: fc.integer({ min: 0, max: 12 }),
    quarter: fc.nat(4),
    lagUs: fc.constantFrom(0, 0, ...(lag ? [5, 40] : [])),
    fate: fc.constantFrom<Draft["fate"]>("once", "once", "once", ...(loss ? ["lost" as const] : []), ...(repetition ? ["twice" as const] : [])),
  });
  return fc.array(draft, { minLength: 1, maxLength: length }).map(played);
}

/** Each operation is asked by a session of its own; elements are the ids of their operations + 1. */
function played(drafts: readonly Draft[]): Operation[] {
  let atUs = 0;
  const asked = drafts.map((draft, id) => {
    atUs += draft.thinksUs;
    const effectAtUs = atUs + (draft.lastsUs * draft.quarter) / 4;
    return { ...draft, id, invokedAtUs: atUs, effectAtUs };
  });
  const effects = asked
    .filter(({ publishes, outcome, fate }) => publishes && outcome !== "fail" && fate !== "lost")
    .flatMap((one) => (one.fate === "twice" ? [one, one] : [one]))
    .toSorted((a, b) => a.effectAtUs - b.effectAtUs || a.id - b.id);
  return asked.map(({ id, publishes, outcome, key, invokedAtUs, lastsUs, effectAtUs, lagUs }) => {
    const found = effects.filter((one) => one.key === key && one.effectAtUs <= effectAtUs - lagUs).map((one) => one.id + 1);
    const open = outcome === "unknown" && lastsUs % 2 === 0;
    return {
      id,
      session: id,
      component: "articles",
      key,
      other: null,
      kind: publishes ? "publish" : "search",
      argument: publishes ? id + 1 : null,
      expected: null,
      result: null,
      results: !publishes && outcome === "ok" ? found : null,
      invokedAtUs,
      completedAtUs: open ? Infinity : invokedAtUs + lastsUs,
      outcome,
    };
  });
}
