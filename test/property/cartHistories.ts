import * as fc from "fast-check";
import type { OperationKind } from "../../shared/core/operations.ts";
import type { Operation, Outcome } from "../../shared/history/operation.ts";

interface Draft {
  readonly kind: OperationKind;
  readonly outcome: Outcome;
  readonly amount: number;
  readonly pick: number;
  readonly thinksUs: number;
  readonly lastsUs: number;
  /** When it takes effect: in quarters of the time between question and answer. */
  readonly quarter: number;
  readonly lagUs: number;
  readonly fate: "once" | "lost" | "twice";
}

/** Histories of one cart (`add`) or one count (`increment`); mishaps make it lag, lose and repeat. */
export function cartHistories(of: "add" | "increment", mishaps: boolean): fc.Arbitrary<Operation[]> {
  const kinds: readonly OperationKind[] = of === "add" ? ["add", "add", "remove", "read", "read"] : ["increment", "read"];
  const draft: fc.Arbitrary<Draft> = fc.record({
    kind: fc.constantFrom(...kinds),
    outcome: fc.constantFrom<Outcome>("ok", "ok", "ok", "ok", "unknown", "fail"),
    amount: fc.constantFrom(1, 2, 5, -1),
    pick: fc.nat(20),
    thinksUs: fc.integer({ min: 0, max: 12 }),
    lastsUs: fc.integer({ min: 0, max: 12 }),
    quarter: fc.nat(4),
    lagUs: fc.constantFrom(0, 0, ...(mishaps ? [5, 60] : [])),
    fate: fc.constantFrom<Draft["fate"]>("once", "once", "once", ...(mishaps ? (["lost", "twice"] as const) : [])),
  });
  return fc.array(draft, { minLength: 1, maxLength: 40 }).map(played);
}

/** Each operation is asked by a session of its own; elements are the ids of their operations + 1. */
function played(drafts: readonly Draft[]): Operation[] {
  let atUs = 0;
  const added: number[] = [];
  const asked = drafts.map((draft, id) => {
    atUs += draft.thinksUs;
    const argument = argumentOf(draft, id, added);
    if (draft.kind === "add") added.push(id + 1);
    return { ...draft, id, argument, invokedAtUs: atUs, effectAtUs: atUs + (draft.lastsUs * draft.quarter) / 4 };
  });
  const effects = asked
    .filter(({ kind, outcome, fate }) => kind !== "read" && outcome !== "fail" && fate !== "lost")
    .flatMap((one) => (one.fate === "twice" && one.kind === "increment" ? [one, one] : [one]))
    .toSorted((a, b) => a.effectAtUs - b.effectAtUs || a.id - b.id);
  return asked.map(({ id, kind, outcome, argument, invokedAtUs, lastsUs, effectAtUs, lagUs }): Operation => {
    const seen = effects.filter((one) => one.effectAtUs <= effectAtUs - lagUs);
    const told = kind === "read" && outcome === "ok";
    const isCount = drafts.some((one) => one.kind === "increment");
    return {
      id,
      session: id,
      component: "carts",
      key: 0,
      other: null,
      kind,
      argument,
      expected: null,
      result: told && isCount ? seen.reduce((sum, one) => sum + one.argument!, 0) : null,
      results: told && !isCount ? elementsOf(seen) : null,
      invokedAtUs,
      completedAtUs: outcome === "unknown" && lastsUs % 2 === 0 ? Infinity : invokedAtUs + lastsUs,
      outcome,
    };
  });
}

function argumentOf({ kind, amount, pick }: Draft, id: number, added: readonly number[]): number | null {
  if (kind === "add") return id + 1;
  if (kind === "increment") return amount;
  return kind === "remove" ? (added[pick % Math.max(1, added.length)] ?? 0) : null;
}

/** A removal takes out what was put in, whichever took effect first: whoever removes has seen it. */
function elementsOf(effects: readonly { readonly kind: OperationKind; readonly argument: number | null }[]): number[] {
  const gone = new Set(effects.filter(({ kind }) => kind === "remove").map(({ argument }) => argument));
  return effects.filter(({ kind, argument }) => kind === "add" && !gone.has(argument)).map(({ argument }) => argument!);
}
