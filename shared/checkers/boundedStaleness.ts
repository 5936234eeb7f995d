import { usOf, type Us } from "../core/time.ts";
import type { Operation } from "../history/operation.ts";
import { historyOf } from "../history/shorthand.ts";
import type { Blame, Checker } from "./checker.ts";
import { NewestByTime } from "./newestByTime.ts";
import { perKey, type OrderOfKey } from "./perKey.ts";
import { plainRegisterCheck, type RegisterRule } from "./registerCheck.ts";
import { durationText, toldText } from "./telling.ts";
import { isOlder, proofOfEffect, witnessOf, type WrittenValue } from "./writtenValue.ts";
import { REGISTER_KINDS } from "./registerKinds.ts";
import { registerOrder } from "./registerOrder.ts";

/**
 * A read may be stale, but not for longer than `boundMs`: it never returns a value when a newer one had been
 * acknowledged, or seen by anybody, more than the bound before the read began.
 */
export const boundedStaleness = {
  guarantee: "boundedStaleness",
  promise: "A read is never older than the bound.",
  source: "Δ-atomicity: Golab, Li & Shah 2011, section 2; sold as bounded staleness by Cosmos DB.",
  kinds: REGISTER_KINDS,
  begin: ({ boundMs = 0 }) => perKey((key) => plainRegisterCheck(key, boundedStalenessRule(usOf(boundMs))), orderWithin(usOf(boundMs))),
  accepted: historyOf("a writes 1 at 0..10", "b writes 2 at 20..30", "c reads 1 at 30..50", "c reads 2 at 60..70"),
  rejected: historyOf("a writes 1 at 0..10", "b writes 2 at 20..30", "c reads 1 at 9000..9010"),
} satisfies Checker;

/** Of what came before an answer, only what had come longer before than the bound counts. */
function orderWithin(boundUs: Us): OrderOfKey {
  return registerOrder((before, blamed) => before.completedAtUs < blamed.invokedAtUs - boundUs);
}

function boundedStalenessRule(boundUs: Us): RegisterRule {
  const shown = new NewestByTime();
  return {
    observed(operation, seen) {
      const newer = shown.before(operation.invokedAtUs - boundUs);
      return newer && isOlder(seen, newer) ? boundExceeded(operation, seen, newer, boundUs) : undefined;
    },
    shown: (value) => shown.add(value, value.shownAtUs),
  };
}

function boundExceeded(operation: Operation, seen: WrittenValue, newer: WrittenValue, boundUs: Us): Blame {
  const ago = durationText(operation.invokedAtUs - newer.shownAtUs);
  return {
    name: "boundExceeded",
    operation: operation.id,
    witness: witnessOf(
      ...proofOfEffect(seen, newer.startUs),
      ...proofOfEffect(newer, operation.invokedAtUs - boundUs),
      operation.id,
    ),
    sentence: `${toldText(operation)}, but ${newer.value} from client ${newer.session} had taken its place ${ago} before: more than the ${durationText(boundUs)} promised.`,
  };
}
