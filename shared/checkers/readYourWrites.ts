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
 * A session sees its own writes: after its write was acknowledged it never reads a value older than that write. It may
 * read the value of another write that overlapped with its own or came later.
 */
export const readYourWrites = {
  guarantee: "readYourWrites",
  promise: "A client always sees at least its own last acknowledged write.",
  source: "Terry et al. 1994, section 3.1.",
  kinds: REGISTER_KINDS,
  begin: () => perKey((key) => plainRegisterCheck(key, readYourWritesRule()), order),
  accepted: historyOf(
    "a writes 1 at 0..10",
    "b writes 2 at 20..30",
    "a reads 1 at 40..50",
    "b reads 2 at 40..50",
    "c reads 1 at 60..70",
  ),
  rejected: historyOf("a writes 1 at 0..10", "b writes 2 at 20..30", "b reads 1 at 40..50"),
} satisfies Checker;

/** Of what came before an answer, only what the same client had written counts. */
const order = registerOrder((before, blamed) => before.session === blamed.session && before.kind !== "read");

/** The rule for one key: remembers the last acknowledged write of every session. */
export function readYourWritesRule(): RegisterRule {
  const ownWrites = new Map<number, WrittenValue>();
  return {
    observed(operation: Operation, seen: WrittenValue): Blame | undefined {
      const own = ownWrites.get(operation.session);
      if (own === undefined || own === seen || !isOlder(seen, own)) return undefined;
      return {
        name: "readYourWritesViolation",
        operation: operation.id,
        witness: witnessOf(...proofOfEffect(seen, own.startUs), own.write, operation.id),
        sentence: `${toldText(operation)}, although its own write of ${own.value} had been acknowledged before.`,
      };
    },
    acknowledged(operation, value) {
      ownWrites.set(operation.session, value);
    },
  };
}
