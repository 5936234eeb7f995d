import * as fc from "fast-check";
import type { OperationKind } from "../../shared/core/operations.ts";
import type { Operation, Outcome } from "../../shared/history/operation.ts";

/** An operation before it has met a register. */
interface Draft {
  readonly kind: OperationKind;
  readonly outcome: Outcome;
  readonly session: number;
  readonly key: number;
  /** How long the session waits before it asks, and how long the answer takes. */
  readonly thinksUs: number;
  readonly lastsUs: number;
  /** When it takes effect: in quarters of the time between question and answer. */
  readonly quarter: number;
  /** How far behind the replica is that answers. */
  readonly lagUs: number;
}

/** What a generated store is like. With `lagsUs: [0]` it is a correct register for each key. */
export interface StoreShape {
  readonly length: number;
  readonly sessions: number;
  readonly keys: number;
  readonly lagsUs: readonly number[];
}

/**
 * Histories of a store whose replicas lag behind: every operation takes effect at one moment between question and
 * answer, but what it finds is what a replica knew `lagUs` earlier, and a lagging replica may refuse a write and yet
 * keep it. Operations without an answer take effect at some moment after the question, or never.
 */
export function storeHistory({ length, sessions, keys, lagsUs }: StoreShape): fc.Arbitrary<Operation[]> {
  const draft: fc.Arbitrary<Draft> = fc.record({
    kind: fc.constantFrom<OperationKind>("read", "read", "write", "cas"),
    outcome: fc.constantFrom<Outcome>("ok", "ok", "ok", "ok", "ok", "ok", "unknown", "fail"),
    session: fc.nat(sessions - 1),
    key: fc.nat(keys - 1),
    thinksUs: fc.integer({ min: 1, max: 6 }),
    lastsUs: fc.integer({ min: 0, max: 12 }),
    quarter: fc.nat(4),
    lagUs: fc.constantFrom(...lagsUs),
  });
  return fc.array(draft, { minLength: 1, maxLength: length }).map((drafts) => played(scheduled(drafts)));
}

/** Small histories of one register with unique values and arbitrary answers: most of them wrong somewhere. */
export const anyHistory: fc.Arbitrary<Operation[]> = storeHistory({
  length: 9,
  sessions: 5,
  keys: 1,
  lagsUs: [0],
}).chain((history) => {
  const values = [null, ...history.filter((it) => it.kind !== "read").map((it) => it.argument)];
  return fc
    .array(fc.constantFrom(...values), { minLength: history.length, maxLength: history.length })
    .map((answers) => history.map((it, place) => answered(it, answers[place]!)));
});

/** Small histories of a correct register with one answer falsified afterwards: wrong, if at all, in a subtle way. */
export const nearlyRightHistory: fc.Arbitrary<Operation[]> = fc
  .tuple(storeHistory({ length: 9, sessions: 5, keys: 1, lagsUs: [0] }), fc.nat(), fc.nat())
  .map(([history, which, value]) => {
    const values = [null, ...history.filter((it) => it.kind !== "read").map((it) => it.argument)];
    return history.map((it) => (it.id === which % history.length ? answered(it, values[value % values.length]!) : it));
  });

function answered(operation: Operation, value: number | null): Operation {
  if (operation.kind === "cas") return { ...operation, expected: value };
  return operation.kind === "read" && operation.outcome === "ok" ? { ...operation, result: value } : operation;
}

/** An operation with its times, and the moment of its effect; never when that is Infinity. */
type Scheduled = Operation & { readonly effectAtUs: number; readonly lagUs: number };

/** Lets every session ask one thing after the other; one that got no answer goes on under a new name. */
function scheduled(drafts: readonly Draft[]): Scheduled[] {
  const freeAtUs = new Map<number, number>();
  const renamed = new Map<number, number>();
  const rows = drafts.map((it, place) => {
    const invokedAtUs = (freeAtUs.get(it.session) ?? 0) + it.thinksUs;
    freeAtUs.set(it.session, invokedAtUs + it.lastsUs);
    const session = renamed.get(it.session) ?? it.session;
    if (it.outcome === "unknown") renamed.set(it.session, 1_000 + place);
    const never = it.outcome === "unknown" && it.quarter === 4;
    const effectAtUs = never ? Infinity : invokedAtUs + (it.lastsUs * it.quarter) / (it.outcome === "unknown" ? 1 : 4);
    const completedAtUs = it.outcome === "unknown" && it.quarter % 2 === 0 ? Infinity : invokedAtUs + it.lastsUs;
    return { ...it, session, invokedAtUs, completedAtUs, effectAtUs };
  });
  return rows
    .toSorted((a, b) => a.invokedAtUs - b.invokedAtUs)
    .map(({ thinksUs: _, lastsUs: __, quarter: ___, ...it }, id) =>
      Object.assign(it, {
        id,
        component: "register",
        argument: it.kind === "read" ? null : id + 1,
        other: null,
        expected: null,
        result: null,
        results: null,
      }),
    );
}

/** Plays operations on real registers, each at its moment; a cas expects what the register held when it was asked. */
function played(operations: readonly Scheduled[]): Operation[] {
  const history: Operation[] = operations.map(({ effectAtUs: _, lagUs: __, ...it }) => it);
  const log: { readonly key: number; readonly atUs: number; readonly value: number | null }[] = [];
  const held = (key: number, atUs: number) => log.findLast((it) => it.key === key && it.atUs <= atUs)?.value ?? null;
  const moments = operations.flatMap((it) => [
    { ...it, atUs: it.invokedAtUs, asks: true },
    { ...it, atUs: it.effectAtUs, asks: false },
  ]);
  for (const { id, key, kind, outcome, atUs, lagUs, asks } of moments.toSorted(
    (a, b) => a.atUs - b.atUs || a.id - b.id,
  )) {
    if (atUs === Infinity) break;
    const it = history[id]!;
    const found = held(key, atUs - lagUs);
    if (asks) {
      if (kind === "cas") history[id] = { ...it, expected: found };
    } else if (kind === "read") {
      if (outcome === "ok") history[id] = { ...it, result: found };
    } else if (kind === "cas" && it.expected !== found) {
      if (outcome === "ok") history[id] = { ...it, outcome: "fail" };
    } else if (outcome !== "fail" || lagUs > 0) {
      log.push({ key, atUs, value: it.argument });
    }
  }
  return history;
}
