import { historyOf } from "../history/shorthand.ts";
import type { Checker } from "./checker.ts";
import { monotonicReadsRule } from "./monotonicReads.ts";
import { perKey } from "./perKey.ts";
import { readYourWritesRule } from "./readYourWrites.ts";
import { plainRegisterCheck, type RegisterRule } from "./registerCheck.ts";
import { REGISTER_KINDS } from "./registerKinds.ts";
import { registerOrder } from "./registerOrder.ts";

/**
 * What stores sell as session consistency: read your writes and monotonic reads together, each answer blamed once.
 * Simplified: monotonic writes and writes-follow-reads are not part of it, because what they promise can't be seen by
 * the session itself.
 */
export const session = {
  guarantee: "session",
  promise: "A client sees its own writes, and never something older than it has seen before.",
  source: "Terry et al. 1994, section 3.",
  kinds: REGISTER_KINDS,
  begin: () => perKey((key) => plainRegisterCheck(key, sessionRule()), order),
  accepted: historyOf(
    "a writes 1 at 0..10",
    "b writes 2 at 20..30",
    "b reads 2 at 40..50",
    "c reads 1 at 40..50",
    "c reads 2 at 60..70",
  ),
  rejected: historyOf(
    "a writes 1 at 0..10",
    "b writes 2 at 20..30",
    "b reads 1 at 40..50",
    "c reads 2 at 40..50",
    "c reads 1 at 60..70",
  ),
} satisfies Checker;

/** Of what came before an answer, only what the same client did counts. */
const order = registerOrder((before, blamed) => before.session === blamed.session);

function sessionRule(): RegisterRule {
  const own = readYourWritesRule();
  const seen = monotonicReadsRule();
  return {
    observed: (operation, value) => own.observed?.(operation, value) ?? seen.observed?.(operation, value),
    accepted: (operation, value) => seen.accepted?.(operation, value),
    acknowledged: (operation, value) => own.acknowledged?.(operation, value),
  };
}
