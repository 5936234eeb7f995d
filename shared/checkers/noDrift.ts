import { usOf, type Us } from "../core/time.ts";
import type { Operation } from "../history/operation.ts";
import type { Blame, Checker } from "./checker.ts";
import { ELEMENT_KINDS, elementCheck, foundText, type Element, type ElementRule } from "./elementCheck.ts";
import { elementsHistory } from "./elementsHistory.ts";
import { missedOrder } from "./missedOrder.ts";
import { perKey } from "./perKey.ts";
import { durationText } from "./telling.ts";
import { witnessOf } from "./writtenValue.ts";

/**
 * Derived data may be behind its source, but not for longer than `boundMs`: whatever was accepted more than the bound
 * before a search was asked for is found by it.
 */
export const noDrift = {
  guarantee: "noDrift",
  promise: "A search finds everything that was accepted longer ago than the bound.",
  source: "Dual writes and their drift: Kleppmann 2017, chapter 11, section \"Keeping Systems in Sync\"; Δ-atomicity: Golab, Li & Shah 2011, section 2.",
  kinds: ELEMENT_KINDS,
  begin: ({ boundMs = 0 }) => perKey((key) => elementCheck(key, noDriftRule(usOf(boundMs)))),
  accepted: elementsHistory("a hands over 1 at 0..10", "b finds nothing at 5..20", "b finds 1 at 30..40"),
  rejected: elementsHistory("a hands over 1 at 0..10", "b finds nothing at 9000..9010"),
} satisfies Checker;

function noDriftRule(boundUs: Us): ElementRule {
  return {
    observed(read, values, elements) {
      const found = new Set(values);
      const dueUs = read.invokedAtUs - boundUs;
      for (const element of elements.values()) {
        if (element.acknowledgedAtUs < dueUs && !found.has(element.value)) return missing(read, element, boundUs);
      }
      return undefined;
    },
  };
}

function missing(read: Operation, { value, publish, session, acknowledgedAtUs }: Element, boundUs: Us): Blame {
  const ago = durationText(read.invokedAtUs - acknowledgedAtUs);
  return {
    name: "missingElement",
    operation: read.id,
    witness: witnessOf(publish, read.id),
    sentence: `${foundText(read)}, but not ${value} from client ${session}, accepted ${ago} before: more than the ${durationText(boundUs)} promised.`,
    order: missedOrder(publish, read.id),
  };
}
