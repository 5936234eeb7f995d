import type { Operation } from "../history/operation.ts";
import { historyOf } from "../history/shorthand.ts";
import type { Blame, Checker } from "./checker.ts";
import { perKey } from "./perKey.ts";
import { plainRegisterCheck, type RegisterRule } from "./registerCheck.ts";
import { toldText } from "./telling.ts";
import { isOlder, proofOfEffect, witnessOf, type WrittenValue } from "./writtenValue.ts";
import { REGISTER_KINDS } from "./registerKinds.ts";
import { registerOrder } from "./registerOrder.ts";

/**
 * Time never runs backwards for a session: once it has read a value, it never reads an older one. Two values whose
 * writes overlapped are in the order in which the session first read them.
 */
export const monotonicReads = {
  guarantee: "monotonicReads",
  promise: "A client that has read a value never reads an older one afterwards.",
  source: "Terry et al. 1994, section 3.2.",
  kinds: REGISTER_KINDS,
  begin: () => perKey((key) => plainRegisterCheck(key, monotonicReadsRule()), order),
  accepted: historyOf(
    "a writes 1 at 0..10",
    "a writes 2 at 20..30",
    "b reads 1 at 40..50",
    "c reads 2 at 40..50",
    "b reads 2 at 60..70",
    "a reads 1 at 60..70",
  ),
  rejected: historyOf("a writes 1 at 0..10", "a writes 2 at 20..30", "b reads 2 at 40..50", "b reads 1 at 60..70"),
} satisfies Checker;

/** Of what came before an answer, only what the same client had read counts. */
const order = registerOrder((before, blamed) => before.session === blamed.session && before.kind !== "write");

/** A value and the id of the read with which the session saw it. */
interface Sight {
  readonly value: WrittenValue;
  readonly read: number;
}

/** What a session has read of one key. */
interface Reader {
  latest: Sight;
  /** The value seen so far whose write began last. */
  newest: Sight;
  /** Values seen and then left for one that overlapped with them, so that only this session's reads order the two. */
  left: Map<WrittenValue, number> | undefined;
}

/** The rule for one key: remembers for every session what it has read. */
export function monotonicReadsRule(): RegisterRule {
  const readers = new Map<number, Reader>();
  return {
    observed(operation, seen) {
      const reader = readers.get(operation.session);
      if (reader === undefined || reader.latest.value === seen) return undefined;
      if (isOlder(seen, reader.newest.value)) return backwards(operation, seen, reader.newest, []);
      const earlierRead = reader.left?.get(seen);
      return earlierRead === undefined ? undefined : backwards(operation, seen, reader.latest, [earlierRead]);
    },
    accepted(operation, seen) {
      const sight = { value: seen, read: operation.id };
      const reader = readers.get(operation.session);
      if (reader === undefined) {
        readers.set(operation.session, { latest: sight, newest: sight, left: undefined });
        return;
      }
      const { value, read } = reader.latest;
      if (value !== seen && !isOlder(value, seen)) (reader.left ??= new Map()).set(value, read);
      reader.latest = sight;
      if (seen.startUs > reader.newest.value.startUs) reader.newest = sight;
    },
  };
}

function backwards(operation: Operation, seen: WrittenValue, newer: Sight, reads: readonly number[]): Blame {
  return {
    name: "nonMonotonicRead",
    operation: operation.id,
    witness: witnessOf(
      ...(reads.length > 0 ? [seen.write, ...reads] : proofOfEffect(seen, newer.value.startUs)),
      newer.value.write,
      newer.read,
      operation.id,
    ),
    sentence: `${toldText(operation)}, although the same client had already read ${newer.value.value ?? "it empty"}, which is newer.`,
  };
}
