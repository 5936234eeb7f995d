import type { OperationKind } from "../core/operations.ts";
import { usOf, type Us } from "../core/time.ts";
import type { Operation } from "../history/operation.ts";
import { cartHistory } from "./cartHistory.ts";
import type { Anomaly, Checker } from "./checker.ts";
import { perKey, type KeyCheck } from "./perKey.ts";
import { durationText } from "./telling.ts";
import { witnessOf } from "./writtenValue.ts";

/** What clients ask of a count. */
const COUNT_KINDS: readonly OperationKind[] = ["increment", "read"];

/**
 * A count may be behind, but not for longer than `boundMs`, and counts nothing twice: every increment that was
 * acknowledged longer ago is in it, and it is no more than all increments that were asked for by then.
 */
export const countsWithin = {
  guarantee: "countsWithin",
  promise: "A count has every increment that is older than the bound, and none twice.",
  source: "Jepsen's counter test; bounds on staleness: Bailis & Ghodsi 2013, Eventual consistency today, section 4.",
  kinds: COUNT_KINDS,
  begin: ({ boundMs = 0 }) => perKey((key) => countCheck(key, usOf(boundMs))),
  accepted: cartHistory("a counts 2 at 0..10", "b counts 3 at 5..20", "c reads 2 at 15..18", "c reads 5 at 30..40"),
  rejected: cartHistory("a counts 2 at 0..10", "b reads 0 at 9000..9010"),
} satisfies Checker;

/** Increments of one key: what was asked for and not refused, and of it what was acknowledged. */
function countCheck(key: number, boundUs: Us): KeyCheck {
  const asked = new Map<number, Operation>();
  const acknowledged: Operation[] = [];

  const observe = (read: Operation): Anomaly | undefined => {
    const count = read.result ?? 0;
    const due = acknowledged.filter(({ completedAtUs }) => completedAtUs < read.invokedAtUs - boundUs);
    const isDue = new Set(due.map(({ id }) => id));
    const others = [...asked.values()].filter(({ id }) => !isDue.has(id));
    const sum = (operations: readonly Operation[], sign: number): number =>
      operations.reduce((total, { argument }) => total + (Math.sign(argument!) === sign ? argument! : 0), 0);
    const settled = sum(due, 1) + sum(due, -1);
    if (count < settled + sum(others, -1)) return tooLow(read, [...due, ...others.filter(({ argument }) => argument! < 0)], boundUs);
    return count > settled + sum(others, 1) ? tooHigh(read, [...asked.values()]) : undefined;
  };

  return {
    invoked(operation) {
      if (operation.kind === "increment") asked.set(operation.id, operation);
    },
    completed(operation) {
      if (operation.kind === "read") return operation.outcome === "ok" ? observe(operation) : undefined;
      if (operation.outcome === "fail") asked.delete(operation.id);
      if (operation.outcome === "ok") acknowledged.push(operation);
      return undefined;
    },
    atTheEnd: () => [],
    doubt: undefined,
  };

  function tooLow(read: Operation, proof: readonly Operation[], bound: Us): Anomaly {
    return {
      name: "lostUpdate",
      operation: read.id,
      witness: witnessOf(...proof.map(({ id }) => id), read.id),
      sentence: `Client ${read.session} was told a count of ${read.result ?? 0} for key ${key}, less than what was acknowledged more than ${durationText(bound)} before.`,
    };
  }

  function tooHigh(read: Operation, all: readonly Operation[]): Anomaly {
    return {
      name: "outOfBounds",
      operation: read.id,
      witness: witnessOf(...all.map(({ id }) => id), read.id),
      sentence: `Client ${read.session} was told a count of ${read.result ?? 0} for key ${key}, more than all that anybody had asked to count.`,
    };
  }
}
