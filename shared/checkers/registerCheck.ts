import type { Operation } from "../history/operation.ts";
import type { Blame } from "./checker.ts";
import type { KeyCheck } from "./perKey.ts";
import { toldText } from "./telling.ts";
import { WrittenValue, witnessOf } from "./writtenValue.ts";

/**
 * What one guarantee says about the answers of one key: a file of its own for each. The check around it finds the write
 * that an answer names, and judges by itself what every guarantee forbids: values that nobody wrote.
 * A compare-and-set that succeeded is judged as a read of what it expected, and then counts as a write.
 */
export interface RegisterRule<Value extends WrittenValue = WrittenValue> {
  /** A read or a successful cas saw this value. Returns the anomaly if it was not allowed to. */
  observed?(operation: Operation, seen: Value): Blame | undefined;
  /** An answer has shown for the first time that this value took effect. */
  shown?(value: Value): void;
  /** The client was told that its write or cas has taken effect. */
  acknowledged?(operation: Operation, value: Value): void;
  /** An observation was accepted: from now on it is evidence. */
  accepted?(operation: Operation, seen: Value): void;
  /** The operations that show a value's effect, where it takes more than the one that first did. */
  evidenceOf?(value: Value): readonly number[];
  /** The cas that wrote this value was blamed: what it claimed is left out, what it wrote may still be seen. */
  blamedCas?(value: Value): void;
  atTheEnd?(): readonly Blame[];
}

/** All values of one key, by value. */
export type ValuesOfKey<Value extends WrittenValue> = Map<number | null, Value>;

/**
 * The check of one key under a rule.
 * Simplified: a compare-and-set that failed is not judged. Its answer does not tell whether the value was another or the
 * store declined, so it claims nothing about the key's value.
 * Simplified: when two writes of a key have the same value, reads of it are accepted and the verdict is at best unknown.
 */
export function registerCheck<Value extends WrittenValue>(
  key: number,
  values: ValuesOfKey<Value>,
  written: (write: Operation) => Value,
  rule: RegisterRule<Value>,
): KeyCheck {
  let doubt: string | undefined;

  const show = (value: Value, operation: Operation) => {
    if (value.shownAtUs <= operation.completedAtUs) return;
    value.shownAtUs = operation.completedAtUs;
    value.shownBy = operation.id;
    rule.shown?.(value);
  };

  const observe = (operation: Operation, saw: number | null): Blame | undefined => {
    const seen = values.get(saw);
    if (seen === undefined || seen.failed) return phantomRead(operation, seen);
    if (seen.repeated) return undefined;
    const anomaly = rule.observed?.(operation, seen);
    if (anomaly !== undefined) return anomaly;
    show(seen, operation);
    rule.accepted?.(operation, seen);
    return undefined;
  };

  const acknowledge = (operation: Operation, value: Value) => {
    value.acknowledgedAtUs = operation.completedAtUs;
    show(value, operation);
    rule.acknowledged?.(operation, value);
  };

  return {
    invoked(operation) {
      if (operation.kind === "read") return;
      const earlier = values.get(operation.argument);
      if (earlier === undefined || earlier.failed) {
        values.set(operation.argument, written(operation));
      } else {
        earlier.repeated = true;
        doubt ??= `Key ${key} was written the value ${operation.argument} twice, so its reads do not tell which write they saw.`;
      }
    },

    completed(operation) {
      if (operation.outcome === "unknown") return undefined;
      if (operation.outcome === "ok" && operation.kind === "read") return observe(operation, operation.result);
      const own = operation.kind === "read" ? undefined : values.get(operation.argument);
      const mine = own?.write === operation.id ? own : undefined;
      if (operation.outcome === "fail") {
        return mine && refused(operation, mine, rule.evidenceOf?.(mine) ?? [mine.shownBy]);
      }
      const anomaly = operation.kind === "cas" ? observe(operation, operation.expected) : undefined;
      if (mine === undefined) return anomaly;
      if (anomaly === undefined) acknowledge(operation, mine);
      else rule.blamedCas?.(mine);
      return anomaly;
    },

    atTheEnd: () => (doubt === undefined ? (rule.atTheEnd?.() ?? []) : []),
    get doubt() {
      return doubt;
    },
  };
}

/** The check of one key under a rule that needs to know no more of a value than any rule does. */
export function plainRegisterCheck(key: number, rule: RegisterRule): KeyCheck {
  return registerCheck(key, new Map([[null, new WrittenValue()]]), (write) => new WrittenValue(write), rule);
}

/** A value that nobody wrote, or whose writer had been told that it took no effect (Adya 1999, G1a: aborted reads). */
function phantomRead(operation: Operation, seen: WrittenValue | undefined): Blame {
  const saw = operation.kind === "cas" ? operation.expected : operation.result;
  return {
    name: "phantomRead",
    operation: operation.id,
    witness: witnessOf(seen?.write ?? -1, operation.id),
    sentence: seen
      ? `${toldText(operation)}, but client ${seen.session} had been told that its write of ${saw} failed.`
      : `${toldText(operation)}, but nobody had ever written ${saw} there.`,
  };
}

/** A definite no to a write is wrong when somebody has already seen that write's effect. */
function refused(operation: Operation, value: WrittenValue, evidence: readonly number[]): Blame | undefined {
  if (value.repeated) return undefined;
  if (value.shownAtUs === Infinity) {
    value.failed = true;
    return undefined;
  }
  return {
    name: "phantomRead",
    operation: operation.id,
    witness: witnessOf(operation.id, ...evidence),
    sentence: `Client ${operation.session} was told that its write of ${operation.argument} to key ${operation.key} failed, but the value had already been seen.`,
  };
}
